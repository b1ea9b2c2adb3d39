// What one hears of and what one does not: conversations, a followed thread, the line in home, and why a post is not seen.
import { check, that, until } from "../support/checks.mjs";
import { choose, idOf, place, post, told } from "./page.mjs";
import { shoot } from "./shots.mjs";

export async function hearing(story) {
  await converse(story);
  await followThread(story);
  await comeBack(story);
  await ask(story);
  await followList(story);
}

async function converse({ alice, bob, page }) {
  await check("what bob writes to alice alone is a conversation, new until it is opened", async () => {
    await place(page, "Conversations").click();
    await page.getByRole("heading", { name: "Conversations", exact: true }).waitFor();
    await shoot(page, "conversations-none");
    await bob.post("/api/v1/statuses", { status: `@alice@${new URL(alice.base).host} Between us: the lettuce was not worth it.`, visibility: "direct" });
    const row = page.locator(".conversation", { hasText: "not worth it" });
    await row.waitFor();
    that((await row.getAttribute("data-new")) !== null, "the conversation is not marked as new");
    await shoot(page, "conversations");
    await row.locator("a").click();
    await post(page, "not worth it").waitFor();
    await page.goBack();
    await until("the mark is gone", async () => (await row.getAttribute("data-new")) === null);
    await until("the server knows that it is read", async () => !(await page.evaluate(() => fetch("/api/v1/conversations").then((answer) => answer.json())))[0].unread);
  });
}

async function followThread({ bob, page }) {
  await check("of a followed thread every new answer is told", async () => {
    await place(page, "Home").click();
    const begun = await bob.post("/api/v1/statuses", { status: "A thread about hedges." });
    await choose(page, post(page, "about hedges"), "Tell me of every new answer");
    await told(page, "You will be told of every new answer.");
    await bob.post("/api/v1/statuses", { status: "Hornbeam, since you ask.", in_reply_to_id: begun.id });
    await page.locator('[data-place="bell"][data-new]').waitFor();
    await place(page, "Notifications").click();
    await post(page, "Hornbeam").waitFor();
  });
}

async function comeBack({ alice, bob, page }) {
  await check("who comes back sees one line between what is new and what was there", async () => {
    await place(page, "Home").click();
    await post(page, "Hornbeam").waitFor();
    const newest = await idOf(post(page, "Hornbeam"));
    await until("the server knows how far she has read", async () => (await page.evaluate(() => fetch("/api/v1/markers?timeline[]=home").then((answer) => answer.json()))).home?.last_read_id === newest);
    await page.goto(`${alice.base}/settings`);
    for (const status of ["First while you were out.", "Second while you were out.", "Third while you were out."]) await bob.post("/api/v1/statuses", { status });
    await until("alice has them", async () => page.evaluate(() => fetch("/api/v1/timelines/home?limit=1").then(async (answer) => (await answer.json())[0].content.includes("Third"))));
    await page.goto(`${alice.base}/home`);
    await page.locator(".since", { hasText: "Since you left · 3 new posts" }).waitFor();
    await post(page, "First while").waitFor();
    await shoot(page, "since");
    const third = await idOf(post(page, "Third while"));
    await until("the server knows again how far she has read", async () => (await page.evaluate(() => fetch("/api/v1/markers?timeline[]=home").then((answer) => answer.json()))).home?.last_read_id === third);
  });
}

async function ask({ bob, page }) {
  await check("a post that never came is explained, and one press fetches it", async () => {
    const aliceId = bob.aliceId;
    await bob.post(`/api/v1/accounts/${aliceId}/remove_from_followers`);
    const quiet = await bob.post("/api/v1/statuses", { status: "The gate creaks." });
    await page.goto(new URL("/why", page.url()).href);
    await page.getByText("What is it that you do not see").waitFor();
    await shoot(page, "why-empty");
    await page.getByLabel("Link of a post or profile").fill(quiet.url);
    await page.keyboard.press("Enter");
    await page.getByText("It never came here").waitFor();
    await page.getByText("shows it to everybody").waitFor();
    await shoot(page, "why");
    await page.getByRole("button", { name: "Fetch it now" }).click();
    await page.getByText("It is here, but not in your home timeline.").waitFor();
    await post(page, "The gate creaks.").waitFor();
    await shoot(page, "why-fetched");
  });
}

async function followList({ alice, bob, page }) {
  await check("a list is looked at, followed by one press, and says who could not be found", async () => {
    const address = `@bob@${new URL(bob.base).host}`;
    await page.goto(`${alice.base}/find`);
    await page.getByRole("link", { name: "Follow a whole list" }).click();
    await page.getByLabel("The list").fill(`${address}\n@alice@${new URL(alice.base).host}\nthe cat`);
    await page.getByRole("button", { name: "Look at it" }).click();
    await page.getByText("One line was left out").waitFor();
    await page.getByText("That is you").waitFor();
    await shoot(page, "follow-list");
    await page.getByRole("button", { name: "Follow 1 person" }).click();
    await page.getByText("1 person followed.").waitFor();
    await page.getByRole("button", { name: "Look at it" }).click();
    await page.getByText("You follow them").waitFor();
    await page.getByLabel("The list").fill(`nobody@${new URL(bob.base).host}`);
    await page.getByRole("button", { name: "Look at it" }).click();
    await page.getByRole("button", { name: "Follow 1 person" }).click();
    await page.getByText("1 to come").waitFor();
    await shoot(page, "follow-list-going");
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stop" }).click();
    await page.getByText("1 to come").waitFor({ state: "detached" });
  });
}
