// A second Calf on this machine: followed, followed by, and everything live in the open page.
import { check, same, that, until } from "../support/checks.mjs";
import { place, post, stays, told, words, write } from "./page.mjs";
import { shoot } from "./shots.mjs";

export async function neighbour(story) {
  const { bob } = story;
  await check("a second Calf is set up by the command line", async () => {
    await bob.setUp("bob", "Bob Next Door");
    await bob.start();
    for (const status of ["The fence is mended.", "Has anybody seen my **ladder**? It is the long one, and it was leaning on the apple tree until Tuesday."])
      await bob.post("/api/v1/statuses", { status });
  });
  await follow(story);
  await live(story);
  await approve(story);
  await deliver(story);
  await hear(story);
}

async function follow({ bob, page }) {
  await check("bob is found by his handle, with his latest posts", async () => {
    await place(page, "Find").click();
    await page.getByLabel("Find people and posts").fill(`@bob@${new URL(bob.base).host}`);
    await page.keyboard.press("Enter");
    await page.locator(".person", { hasText: "Bob Next Door" }).waitFor();
    await post(page, "The fence is mended.").waitFor();
    await post(page, "ladder").locator("strong").waitFor();
    await shoot(page, "find");
  });
  await check("bob is followed from the page, and his server knows", async () => {
    await page.locator(".person").getByRole("button", { name: "Follow", exact: true }).click();
    await page.locator(".person").getByRole("button", { name: "Following" }).waitFor();
    await until("bob has a follower", async () => (await bob.get("/api/v1/accounts/verify_credentials")).followers_count === 1);
  });
}

async function live({ bob, page }) {
  await check("what bob posts now arrives in the open page by itself", async () => {
    await place(page, "Home").click();
    await post(page, "half full").waitFor();
    const stayed = await stays(page);
    await bob.post("/api/v1/statuses", { status: "Found it. It was behind the *other* apple tree." });
    await post(page, "Found it").locator("em").waitFor();
    await stayed();
    await shoot(page, "home");
  });
  await check("bob's profile opens in the app", async () => {
    await post(page, "Found it").locator("a.post-who").click();
    await page.locator(".profile h2", { hasText: "Bob Next Door" }).waitFor();
    await post(page, "Found it").waitFor();
    await shoot(page, "profile");
  });
  await check("bob is put on a list, by his profile and by the list, and what he wrote is there", async () => {
    await place(page, "Lists").click();
    await page.getByLabel("Name of the new list").fill("Neighbours");
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByLabel("Find people to add").fill("bob");
    await page.getByRole("button", { name: "Find", exact: true }).click();
    await page.locator(".found .person", { hasText: "Bob Next Door" }).getByRole("button", { name: "Add" }).click();
    await page.locator("calf-feed .person", { hasText: "Bob Next Door" }).getByRole("button", { name: "Take off" }).waitFor();
    await shoot(page, "list-members");
    await page.getByRole("link", { name: "Posts", exact: true }).click();
    await post(page, "Found it").locator("a.post-who").click();
    await page.getByRole("button", { name: "More", exact: true }).first().click();
    await page.getByRole("menuitem", { name: "Lists with them" }).click();
    that(await page.getByRole("checkbox", { name: "Neighbours" }).isChecked(), "bob is not on the list");
    await page.getByRole("checkbox", { name: "Neighbours" }).uncheck();
    await until("bob is on no list", async () => (await page.evaluate(() => fetch("/api/v1/lists").then((answer) => answer.json()).then(([list]) => fetch(`/api/v1/lists/${list.id}/accounts`)).then((answer) => answer.json()))).length === 0);
    await page.getByRole("button", { name: "Done" }).click();
  });
}

async function approve({ alice, bob, page }) {
  await check("bob asks to follow: the open page tells it, and he waits", async () => {
    const [account] = (await bob.get(`/api/v2/search?resolve=true&type=accounts&q=${encodeURIComponent(`@alice@${new URL(alice.base).host}`)}`)).accounts;
    bob.aliceId = account.id;
    await place(page, "Home").click();
    await bob.post(`/api/v1/accounts/${account.id}/follow`);
    await page.locator('[data-place="bell"][data-new]').waitFor();
    await place(page, "Notifications").click();
    await page.getByText("asks to follow you").first().waitFor();
    const relation = await relationship(bob);
    that(!relation.following && relation.requested, JSON.stringify(relation));
    await shoot(page, "notifications-request");
  });
  await check("the request is accepted on the page, and bob follows", async () => {
    await page.locator("a.banner[href='/requests']").click();
    await page.locator(".person", { hasText: "Bob Next Door" }).getByRole("button", { name: "Accept" }).click();
    await told(page, "follows you now.");
    await until("bob follows", async () => (await relationship(bob)).following);
  });
}

async function deliver({ bob, page }) {
  await check("a post reaches bob, and the line under it says so", async () => {
    await place(page, "Home").click();
    await place(page, "Write").click();
    await write(page, "The calf has learned to open the gate. **Keep the gate shut.**");
    await post(page, "open the gate").locator("calf-delivery", { hasText: "Reached the one server" }).waitFor();
    bob.gateId = await until("bob has the post", async () => (await bob.get("/api/v1/timelines/home")).find((status) => status.content.includes("<strong>Keep the gate shut.</strong>"))?.id);
  });
  await check("the line names bob's server", async () => {
    const line = post(page, "open the gate").locator("calf-delivery");
    await line.locator("summary").click();
    await line.getByText(new URL(bob.base).host).waitFor();
    await line.locator("summary").click();
  });
}

async function hear({ alice, bob, page }) {
  const title = "open the gate";
  await check("bob's favourite, boost and answer are told in the open page", async () => {
    await place(page, "Notifications").click();
    await page.getByRole("heading", { name: "Notifications", exact: true }).waitFor();
    const stayed = await stays(page);
    await bob.post(`/api/v1/statuses/${bob.gateId}/favourite`);
    await page.locator(".notice", { hasText: "likes your post" }).waitFor();
    await bob.post(`/api/v1/statuses/${bob.gateId}/reblog`);
    await page.locator(".notice", { hasText: "boosted your post" }).waitFor();
    await bob.post("/api/v1/statuses", { status: `@alice@${new URL(alice.base).host} Too late, it is in my lettuce.`, in_reply_to_id: bob.gateId });
    await post(page, "in my lettuce").waitFor();
    await stayed();
    await shoot(page, "notifications");
  });
  await check("the thread has bob's answer, and alice's answer to it reaches bob", async () => {
    await post(page, "in my lettuce").locator("a.post-when").click();
    await page.getByRole("heading", { name: "Thread", exact: true }).waitFor();
    await page.locator(".chain", { hasText: title }).waitFor();
    await page.getByRole("button", { name: "Answer Bob Next Door" }).click();
    same(await words(page).inputValue(), `@bob@${new URL(bob.base).host} `, "the mention to begin with");
    await write(page, `@bob@${new URL(bob.base).host} I am on my way with a rope.`);
    await page.locator(".deeper calf-post", { hasText: "with a rope" }).waitFor();
    await until("bob is told", async () => (await bob.get("/api/v1/notifications")).some((one) => one.type === "mention" && one.status.content.includes("with a rope")));
    await shoot(page, "thread");
  });
}

const relationship = async (bob) => (await bob.get(`/api/v1/accounts/relationships?id[]=${bob.aliceId}`))[0];
