// The finer points of reading: filters, gathered notifications, translations, reactions, the branches of a thread, emoji by name.
import { execFileSync } from "node:child_process";
import { check, same, that, until } from "../support/checks.mjs";
import { choose, composer, place, post, told, words } from "./page.mjs";
import { shoot } from "./shots.mjs";

/** @param {any} story with carol, a third Calf that is not set up yet */
export async function finer(story) {
  await check("a third Calf is set up", async () => {
    await story.carol.setUp("carol", "Carol");
    await story.carol.start();
  });
  await filter(story);
  await gather(story);
  await translate(story);
  await react(story);
  await branch(story);
  await spell(story);
}

const found = async (calf, kind, url) => (await calf.get(`/api/v2/search?resolve=true&type=${kind}&q=${encodeURIComponent(url)}`))[kind][0];
const asked = (page, path, body) => page.evaluate(([path, body]) => fetch(path, body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).then((answer) => answer.json()), [path, body]);
const open = (page, path) => page.goto(new URL(path, page.url()).href);
const folded = (page) => page.locator("#main .folded");

async function filter({ bob, page }) {
  await check("what a filter folds says why, and is shown when asked", async () => {
    await bob.post("/api/v1/statuses", { status: "Nobody asked, but my turnips are the largest of the road." });
    await place(page, "Home").click();
    await choose(page, post(page, "my turnips"), "Filter this");
    await page.getByRole("heading", { name: "Filter this" }).waitFor();
    await page.getByLabel("Name", { exact: true }).fill("Vegetables of others");
    await page.getByRole("button", { name: "One more word" }).click();
    await page.getByLabel("Word or phrase").fill("turnips");
    await page.getByRole("checkbox", { name: "This very post" }).uncheck();
    await shoot(page, "filter-new");
    await page.getByRole("button", { name: "Save" }).click();
    await told(page, "Saved.");
    await place(page, "Home").click();
    await folded(page).getByText("Filtered: Vegetables of others (turnips)").waitFor();
    same(await post(page, "my turnips").count(), 0, "the number of posts about turnips");
    await shoot(page, "filtered");
    await folded(page).getByRole("button", { name: "Show it" }).click();
    await post(page, "my turnips").waitFor();
  });
  await check("a filter that covers leaves the words, one that leaves out leaves nothing", async () => {
    const picture = await bob.upload(await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 200 } }), { description: "A marrow on a scale" });
    await bob.post("/api/v1/statuses", { status: "Eleven pounds of turnips.", media_ids: [picture.id] });
    const change = async (action) => {
      await open(page, "/filters");
      await page.getByRole("link", { name: "Vegetables of others" }).click();
      await page.getByRole("radio", { name: action }).check();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("heading", { name: "Filters", exact: true }).waitFor();
    };
    await change("Cover its pictures");
    await page.getByText("Covers the pictures").waitFor();
    await shoot(page, "filters");
    await place(page, "Home").click();
    await post(page, "Eleven pounds").getByRole("button", { name: "Filtered: Vegetables of others (turnips)" }).waitFor();
    await shoot(page, "filter-cover");
    await post(page, "Eleven pounds").getByRole("button", { name: "Filtered:" }).click();
    await post(page, "Eleven pounds").getByRole("button", { name: "Picture: A marrow on a scale" }).waitFor();
    await change("Leave it out");
    await place(page, "Home").click();
    await page.locator("#main calf-post").first().waitFor();
    same(await page.locator("#main calf-post", { hasText: "turnips" }).count(), 0, "the number of posts about turnips");
  });
  await check("a filter is deleted after a question, and nothing is kept back any more", async () => {
    await open(page, "/filters");
    await page.getByRole("link", { name: "Vegetables of others" }).click();
    await page.getByRole("button", { name: "Delete the filter" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("Nothing is filtered").waitFor();
    await shoot(page, "filters-none");
    await place(page, "Home").click();
    await post(page, "Eleven pounds").waitFor();
  });
}

async function gather({ bob, carol, page }) {
  const liked = page.locator(".notice", { hasText: "one other like your post" });
  await check("two who like a post are one line, which grows while it is open and unfolds to both", async () => {
    const { url } = await asked(page, "/api/v1/statuses", { status: "The gate is oiled now." });
    const [his, hers] = [await found(bob, "statuses", url), await found(carol, "statuses", url)];
    await place(page, "Notifications").click();
    await bob.post(`/api/v1/statuses/${his.id}/favourite`);
    const line = page.locator(".notice", { hasText: "The gate is oiled" });
    await line.filter({ hasText: "Bob Next Door likes your post" }).waitFor();
    await carol.post(`/api/v1/statuses/${hers.id}/favourite`);
    await liked.waitFor();
    same(await line.count(), 1, "the number of lines about the post");
    await liked.getByRole("button", { name: "All 2 people" }).click();
    await page.locator(".told .person", { hasText: "Carol" }).waitFor();
    await page.locator(".told .person", { hasText: "Bob Next Door" }).waitFor();
    await shoot(page, "notifications-group");
    await page.reload();
    await liked.waitFor();
  });
  await check("mentions have a page, one line can be dismissed, and all after a question", async () => {
    await page.getByRole("navigation", { name: "What to show" }).getByRole("link", { name: "Mentions" }).click();
    await page.locator(".tabs [aria-current]", { hasText: "Mentions" }).waitFor();
    await post(page, "in my lettuce").waitFor();
    same(await page.locator(".notice").count(), 0, "the number of lines that are no mentions");
    await page.goBack();
    await liked.getByRole("button", { name: "Dismiss" }).click();
    await liked.waitFor({ state: "detached" });
    await page.reload();
    await page.locator(".told").first().waitFor();
    same(await liked.count(), 0, "the number of dismissed lines");
    await page.getByRole("button", { name: "Clear all" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Clear all" }).click();
    await page.getByText("All quiet").waitFor();
  });
}

async function translate({ bob, page }) {
  await check("a post in a language that alice does not read is translated and turned back", async () => {
    await bob.post("/api/v1/statuses", { status: "Der Zaun ist wieder ganz.", spoiler_text: "Vom Zaun", language: "de" });
    await place(page, "Home").click();
    const card = post(page, "Vom Zaun");
    await card.getByRole("button", { name: "Translate" }).click();
    const english = post(page, "About the fence");
    await english.getByText("Translated from German by LibreTranslate").waitFor();
    await english.getByRole("button", { name: "Unfold" }).click();
    await english.getByText("The fence is whole again.").waitFor();
    await shoot(page, "translated");
    await english.getByRole("button", { name: "Show the original" }).click();
    await post(page, "Der Zaun ist wieder ganz.").waitFor();
    same(await post(page, "The fence is mended.").or(post(page, "half full")).first().getByRole("button", { name: "Translate" }).count(), 0, "the number of ways to translate English");
  });
}

async function react({ alice, page }) {
  await check("reactions of other software are shown, with who gave them", async () => {
    const { id } = await asked(page, "/api/v1/statuses", { status: "Who left the calf in the kitchen?" });
    // No Calf sends reactions, so what one of another software leaves is put in its place.
    execFileSync("sqlite3", ["-cmd", ".timeout 5000", alice.database, `INSERT INTO reactions SELECT ${id}, id, '🐮', NULL, 'https://example.org/' || id, 1 FROM accounts WHERE username IN ('bob', 'carol')`]);
    await open(page, `/posts/${id}`);
    const chip = post(page, "in the kitchen").getByRole("button", { name: "🐮 from 2 people" });
    await shoot(page, "reactions");
    await chip.click();
    await page.getByRole("dialog").locator(".person", { hasText: "Carol" }).waitFor();
    await page.getByRole("dialog").locator(".person", { hasText: "Bob Next Door" }).waitFor();
    await shoot(page, "reactions-who");
    await page.getByRole("button", { name: "Close" }).click();
  });
}

async function branch({ bob, page }) {
  await check("a branch of a thread is folded, keys step over it, and what is new in it is told", async () => {
    const say = (status, in_reply_to_id) => bob.post("/api/v1/statuses", { status, in_reply_to_id });
    const root = await say("A thread about weather vanes.");
    const first = await say("Ours is a cock.", root.id);
    let last = first;
    for (const status of ["It squeaks.", "Oil does not help.", "Nor do threats.", "It points east at all times."]) last = await say(status, last.id);
    await say("Yours?", root.id);
    await place(page, "Home").click();
    await post(page, "weather vanes").locator("a.post-when").click();
    const fold = page.locator(".fold").first();
    await page.locator(".fold", { hasText: "4 answers by one person" }).waitFor();
    await post(page, "Yours?").waitFor();
    same(await page.locator("[data-unread]").count(), 0, "the number of new posts at the first visit");
    await fold.click();
    await page.locator(".deeper", { hasText: "It squeaks." }).waitFor({ state: "hidden" });
    await page.locator("calf-post", { hasText: "Ours is a cock." }).evaluate((card) => { card.tabIndex = -1; card.focus(); });
    await page.keyboard.press("j");
    that((await page.evaluate(() => document.activeElement?.textContent ?? "")).includes("Yours?"), "j went into the folded branch");
    await shoot(page, "thread-folded");
    await place(page, "Find").click();
    const news = await say("Today it fell off.", last.id);
    await until("the new answer is here", async () => (await found(bob, "statuses", news.url)) && (await asked(page, `/api/v2/search?type=statuses&resolve=true&q=${encodeURIComponent(news.url)}`)).statuses.length === 1);
    await place(page, "Home").click();
    await post(page, "weather vanes").locator("a.post-when").click();
    await page.getByRole("button", { name: "One new post" }).waitFor();
    await page.locator(".fold", { hasText: "5 answers by one person, one new" }).first().click();
    await page.locator(".deeper", { hasText: "Today it fell off." }).waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "One new post" }).click();
    await page.locator(".deeper[data-unread]", { hasText: "Today it fell off." }).waitFor();
    await shoot(page, "thread-news");
  });
}

async function spell({ page }) {
  await check("an emoji is found by its name", async () => {
    await place(page, "Home").click();
    await place(page, "Write").click();
    await words(page).pressSequentially("A party :tad");
    await composer(page).getByRole("listbox").getByRole("option", { name: ":tada:" }).waitFor();
    await shoot(page, "compose-emoji");
    await page.keyboard.press("Enter");
    same(await words(page).inputValue(), "A party 🎉 ", "the text");
    await words(page).fill("");
    await page.keyboard.press("Escape");
    await composer(page).waitFor({ state: "detached" });
  });
  await check("g and l lead to the lists, g and t to the tags", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await page.getByRole("heading", { name: "Lists", exact: true }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.getByRole("heading", { name: "Tags", exact: true }).waitFor();
  });
  await check("pictures are dragged into another order", async () => {
    await place(page, "Write").click();
    const picture = async (name) => ({ name, mimeType: "image/png", buffer: await page.screenshot() });
    await composer(page).getByLabel("Files", { exact: true }).setInputFiles([await picture("a.png"), await picture("b.png")]);
    await composer(page).getByLabel("Description of picture 1").fill("The first");
    await composer(page).getByLabel("Description of picture 2").fill("The second");
    await composer(page).locator("button.file-thumb").nth(1).waitFor();
    await composer(page).locator(".file-thumb").nth(1).dragTo(composer(page).locator(".file").first());
    same(await composer(page).getByLabel("Description of picture 1").inputValue(), "The second", "the description of the first picture");
    for (const name of ["Take away picture 2", "Take away picture 1"]) await composer(page).getByRole("button", { name }).click();
    await page.keyboard.press("Escape");
    await composer(page).waitFor({ state: "detached" });
  });
}
