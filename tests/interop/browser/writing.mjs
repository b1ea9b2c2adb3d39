// Writing, and what readers without JavaScript see of it.
import { check, same, that } from "../support/checks.mjs";
import { choose, composer, idOf, place, post, press, send, stays, told, words, write } from "./page.mjs";
import { shoot } from "./shots.mjs";

const text = "**Good morning** from my own desk.\n\n- tea\n- a *new* notebook\n\n`<script>alert(1)</script>` is only text here.";

export async function writing(story) {
  const { page } = story;
  const stayed = await stays(page);
  await first(story);
  await check("it appears at home without a reload", async () => {
    await post(page, "Good morning").locator("strong", { hasText: "Good morning" }).waitFor();
    same(await post(page, "Good morning").locator("li").count(), 2, "the lines of the list");
    await stayed();
  });
  await inPublic(story);
  await change(story);
  await answer(story);
  await warn(story);
  await keep(story);
  await erase(story);
}

async function first({ page }) {
  await check("the composer shows how the Markdown will look", async () => {
    await place(page, "Write").click();
    await words(page).fill(text);
    await composer(page).getByRole("button", { name: "Preview" }).click();
    await composer(page).locator(".composer-preview strong", { hasText: "Good morning" }).waitFor();
    same(await composer(page).locator(".composer-preview script").count(), 0, "scripts in the preview");
    await composer(page).getByRole("button", { name: "Preview" }).click();
    await shoot(page, "compose");
  });
  await check("closing the composer keeps every letter", async () => {
    await composer(page).getByRole("button", { name: "Close" }).click();
    await composer(page).waitFor({ state: "detached" });
    await place(page, "Write").click();
    same(await words(page).inputValue(), text, "the draft");
  });
  await check("a post is written", () => send(page));
}

async function inPublic({ alice, page, reader }) {
  await check("without JavaScript the public profile shows owner and post, with microformats", async () => {
    await reader.goto(`${alice.base}/@alice`);
    same(await reader.locator(".h-card .p-name").first().innerText(), "Alice Example", "the name");
    same(await reader.locator(".h-feed .h-entry .e-content strong").innerText(), "Good morning", "the strong words");
    that(await reader.locator(".h-entry time.dt-published").getAttribute("datetime"), "dt-published is missing");
    same(await reader.locator("script").count(), 0, "the number of scripts");
  });
  await check("without JavaScript the post has a page of its own, with microformats", async () => {
    await reader.locator(".h-entry a.u-url").first().click();
    const id = await idOf(post(page, "Good morning"));
    same(reader.url(), `${alice.base}/@alice/${id}`, "the address");
    same(await reader.locator(".h-entry .p-author.h-card .p-name").innerText(), "Alice Example", "the author");
    same(await reader.locator(".h-entry .e-content li").count(), 2, "the lines of the list");
    same(await reader.locator(".h-entry a.u-uid").getAttribute("href"), reader.url(), "u-uid");
    same(await reader.locator(".h-entry .e-content script").count(), 0, "scripts in the words");
  });
  await check("without JavaScript an unknown address answers with a page that says so", async () => {
    const answer = await reader.request.get(`${alice.base}/@alice/1`);
    same(answer.status(), 404, "the status");
    that((await answer.text()).includes("There is nothing at this address"), "the page does not say so");
  });
}

async function change({ alice, page, reader }) {
  await check("the post is edited: the composer has its Markdown, the page and the public page the new words", async () => {
    const card = post(page, "Good morning");
    const id = await idOf(card);
    await choose(page, card, "Edit");
    same(await words(page).inputValue(), text, "the text to edit");
    await words(page).fill(text.replace("tea", "coffee"));
    await send(page);
    await card.locator("li", { hasText: "coffee" }).waitFor();
    await card.getByRole("img", { name: "Edited" }).waitFor();
    await reader.goto(`${alice.base}/@alice/${id}`);
    same(await reader.locator(".h-entry .e-content li").first().innerText(), "coffee", "the first line");
    same(await reader.locator(".h-entry .dt-updated").count(), 1, "dt-updated");
  });
  await check("its earlier version can be read", async () => {
    await choose(page, post(page, "coffee"), "Earlier versions");
    const versions = page.getByRole("dialog").locator("ol.edits > li");
    await versions.nth(1).waitFor();
    same(await versions.count(), 2, "the versions");
    that((await versions.nth(1).innerText()).includes("tea"), "the older version has not the older words");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });
}

async function answer({ alice, page, reader }) {
  await check("a reply is written in the thread and appears there, in the app and in public", async () => {
    const card = post(page, "coffee");
    const id = await idOf(card);
    await card.locator("a.post-when").click();
    await page.getByRole("heading", { name: "Thread", exact: true }).waitFor();
    await page.getByRole("button", { name: "Answer Alice Example" }).click();
    await write(page, "And the notebook is already half full.");
    await page.locator(".deeper calf-post", { hasText: "half full" }).waitFor();
    await reader.goto(`${alice.base}/@alice/${id}`);
    that((await reader.locator(".u-comment").innerText()).includes("half full"), "the public page lacks the answer");
    await shoot(reader, "public-post");
    await place(page, "Home").click();
  });
}

async function warn({ alice, page, reader }) {
  const secret = "It was the calf all along.";
  await check("behind a content warning the words are folded away, until they are asked for", async () => {
    await place(page, "Write").click();
    await write(page, secret, { warning: "The end of the story" });
    const card = post(page, "The end of the story");
    await card.waitFor();
    same(await page.getByText(secret).count(), 0, "the words before they are asked for");
    await card.getByRole("button", { name: "Unfold" }).click();
    await card.getByText(secret).waitFor();
    await card.getByRole("button", { name: "Fold" }).click();
    same(await page.getByText(secret).count(), 0, "the words after they are folded again");
  });
  await check("without JavaScript the warning unfolds, too", async () => {
    await reader.goto(`${alice.base}/@alice`);
    that(!(await reader.getByText(secret).isVisible()), "the words are seen at once");
    await reader.locator("summary", { hasText: "The end of the story" }).click();
    await reader.getByText(secret).waitFor();
  });
}

async function keep({ alice, page, reader }) {
  const card = post(page, "coffee");
  await check("a favourite and a bookmark stay: their lists have the post", async () => {
    await press(page, card, "favourite", "Favourite");
    await press(page, card, "bookmark", "Bookmark");
    for (const list of ["bookmarks", "favourites"]) {
      await page.goto(`${alice.base}/${list}`);
      await post(page, "coffee").waitFor();
      same(await page.locator("#main calf-post").count(), 1, `the ${list}`);
    }
  });
  await check("a pinned post stands on top of the profile, in the app and in public", async () => {
    await page.goto(`${alice.base}/home`);
    await choose(page, card, "Pin to your profile");
    await told(page, "Pinned to your profile.");
    await place(page, "You").click();
    await page.locator("#main calf-post", { hasText: "Pinned" }).first().getByText("coffee").waitFor();
    await reader.goto(`${alice.base}/@alice`);
    that((await reader.locator(".h-entry").first().getAttribute("class")).split(" ").includes("pinned"), "the first post is not the pinned one");
    await shoot(reader, "public-profile");
  });
}

async function erase(story) {
  const { alice, watched, page, reader } = story;
  await check("a post is deleted after a question: it leaves home, and its page says that it is gone", async () => {
    await place(page, "Home").click();
    const card = post(page, "The end of the story");
    const id = await idOf(card);
    await choose(page, card, "Delete");
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.locator(`[data-id="${id}"]`).waitFor({ state: "detached" });
    story.gone = id;
    watched.expect("GET", `/@alice/${id}`, 410);
    await reader.goto(`${alice.base}/@alice/${id}`);
    await reader.getByRole("heading", { name: "This post was deleted" }).waitFor();
    await reader.goto(`${alice.base}/@alice`);
    same(await reader.locator(".h-entry", { hasText: "The end of the story" }).count(), 0, "the post on the profile");
  });
  await check("an address that leads nowhere says so, handsomely", async () => {
    watched.expect("GET", "/nowhere", 404);
    await reader.goto(`${alice.base}/nowhere`);
    await reader.getByRole("heading").first().waitFor();
    await shoot(reader, "404");
  });
}
