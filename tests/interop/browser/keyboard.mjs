// Everything that one does with Calf, without a mouse: from the door in to the door out.
import { check, same, that, until } from "../support/checks.mjs";
import { Keys } from "./focus.mjs";
import { composer, idOf, post, settingsLink, told, words } from "./page.mjs";

const text = "By keys alone.";

export async function keyboard(story) {
  const page = await (await story.watched.person()).newPage();
  const keys = new Keys(page);
  const told = { ...story, page, keys };
  await enter(told);
  await skip(told);
  await write(told);
  await act(told);
  await thread(told);
  await look(told);
  await menus(told);
  await follow(told);
  await set(told);
  await leave(told);
  await check("by keys alone one always sees where one is", () => keys.judge());
  await page.context().close();
}

const heading = (page, name) => page.getByRole("heading", { name, exact: true }).waitFor({ state: "attached" });
const closed = (page) => composer(page).waitFor({ state: "detached" });
const api = (page, path, method = "GET") => page.evaluate(([path, method]) => fetch(path, { method }).then((answer) => answer.json()), [path, method]);

async function enter({ alice, page, keys, password }) {
  await check("by keys: the sign-in page is filled in and sent", async () => {
    await page.goto(`${alice.base}/sign-in?next=%2Fhome`);
    await keys.to(page.getByLabel("User name"), "the user name");
    await page.keyboard.type("alice");
    await keys.press("Tab", "the password");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${alice.base}/home`);
    await page.locator("#main calf-post").first().waitFor();
  });
}

async function skip({ page, keys }) {
  await check("by keys: the first stop skips the places and leads to the page", async () => {
    await page.reload();
    await page.locator("#main calf-post").first().waitFor();
    await page.keyboard.press("Tab");
    await keys.has(page.locator(".skip"), "the link that skips");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    that(await page.evaluate(() => !!document.activeElement.closest("#main")), "the next stop is not in the page");
    await keys.seen("the first stop of the page");
  });
}

async function write({ page, keys }) {
  await check("by keys: a post with a warning, other readers and a poll is written", async () => {
    await page.keyboard.press("n");
    await keys.has(words(page), "the text");
    await page.keyboard.type(text);
    await keys.use(composer(page).getByRole("button", { name: "Content warning" }), "the button of the warning");
    await keys.has(composer(page).getByRole("textbox", { name: "Content warning" }), "the warning");
    await page.keyboard.type("No mouse");
    await keys.use(composer(page).locator(".composer-picks button").first(), "who may read it");
    await page.getByRole("menu").waitFor();
    await keys.press("ArrowDown", "the next choice");
    const choice = await page.evaluate(() => document.activeElement.innerText);
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor({ state: "detached" });
    await keys.has(words(page), "the text, after the choice");
    that(choice.startsWith((await composer(page).locator(".composer-picks button").first().innerText()).trim()), `the choice is ${choice}`);
    await keys.use(composer(page).getByRole("button", { name: "Poll" }), "the button of the poll");
    await keys.has(page.getByLabel("Answer 1"), "the first answer");
    await page.keyboard.type("Mouse");
    await keys.press("Tab", "the second answer");
    await page.keyboard.type("Keys");
    await page.keyboard.press("Control+Enter");
    await closed(page);
    await post(page, "No mouse").waitFor();
    const [status] = await api(page, "/api/v1/timelines/home?limit=1");
    same(`${status.spoiler_text}, ${status.visibility !== "public"}, ${status.poll.options.map((one) => one.title).join(" ")}`, "No mouse, true, Mouse Keys", "what was sent");
    await keys.notLost("the composer");
  });
}

/** Walks by j until this post has the focus. */
async function walk(page, keys, card, what) {
  await card.waitFor();
  for (let steps = 0; steps < 40 && !(await keys.holds(card)); steps++) await page.keyboard.press("j");
  await keys.has(card, what);
}

async function act({ page, keys }) {
  const card = post(page, "No mouse");
  await check("by keys: the post is unfolded, voted in, favourited, boosted and bookmarked, and stays where one is", async () => {
    await walk(page, keys, card, "the post");
    await page.keyboard.press("x");
    await card.getByText(text).waitFor();
    const id = await idOf(card);
    for (const wanted of [true, false]) for (const [key, field, verb] of [["f", "favourited", "favourite"], ["d", "bookmarked", "bookmark"], ["b", "reblogged", "reblog"]]) {
      await page.keyboard.press(key);
      await until(`the server knows that it is ${wanted ? "" : "no longer "}${field}`, async () => (await api(page, `/api/v1/statuses/${id}`))[field] === wanted);
      await until("its button says so", async () => (await page.evaluate((verb) => document.activeElement.querySelector(`[data-kind="${verb}"]`)?.getAttribute("aria-pressed"), verb)) === String(wanted));
      await keys.seen(`the post that is ${field}`);
    }
  });
  await check("by keys: it is answered, and the focus comes back to it", async () => {
    await walk(page, keys, card, "the post");
    await page.keyboard.press("r");
    await keys.has(words(page), "the answer");
    await page.keyboard.type("And an answer.");
    await page.keyboard.press("Control+Enter");
    await closed(page);
    await keys.notLost("the answer");
  });
}

async function thread({ page, keys }) {
  await check("by keys: a thread is opened, and the way back leads to the same place", async () => {
    const card = page.locator("#main calf-post").nth(7);
    await walk(page, keys, card, "a post further down");
    // The last step may still be scrolling.
    let scrolled = -1;
    await until("the page stands still", async () => {
      const before = scrolled;
      return (scrolled = await page.evaluate(() => new Promise((resolve) => setTimeout(() => resolve(scrollY), 250)))) === before;
    });
    const id = await idOf(card);
    await page.keyboard.press("Enter");
    await heading(page, "Thread");
    await keys.seen("the thread");
    await page.keyboard.press("Backspace");
    await heading(page, "Home");
    await until("the page is scrolled as it was", () => page.evaluate((was) => Math.abs(scrollY - was) < 3, scrolled));
    await until("the post that was opened has the focus", () => page.evaluate((id) => document.activeElement.closest("calf-post")?.matches(`[data-id="${id}"], :has([data-id="${id}"])`), id), 8_000);
    await keys.seen("the post that was opened");
  });
}

async function look({ page, keys }) {
  await check("by keys: a picture is opened and closed, and its button has the focus again", async () => {
    const button = page.locator("#main .media .open").first();
    await keys.to(button, "the picture");
    await page.keyboard.press("Enter");
    await page.locator(".lightbox").waitFor();
    await keys.seen("the large picture");
    await page.keyboard.press("Escape");
    await page.locator(".lightbox").waitFor({ state: "detached" });
    await keys.has(button, "the picture, after it was closed");
  });
}

async function menus({ page, keys }) {
  await check("by keys: a menu opens on its first choice, arrows walk round, and Esc hands the focus back", async () => {
    // Of the post that one is in: from its picture on, not once around a list that grows as one goes.
    const button = page.locator("#main calf-post", { has: page.locator(".media .open") }).first().getByRole("button", { name: "More", exact: true });
    await keys.to(button, "More");
    await page.keyboard.press("Enter");
    const choices = page.getByRole("menu").getByRole("menuitem");
    await keys.has(choices.first(), "the first choice");
    await keys.press("ArrowDown", "the second choice");
    await keys.has(choices.nth(1), "the second choice");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await keys.has(choices.last(), "the last choice");
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    await keys.has(button, "More, after the menu");
  });
  await check("by keys: the sheet of keys closes, and the focus is not lost", async () => {
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await keys.seen("the sheet of keys");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await keys.notLost("the sheet of keys");
  });
}

async function follow({ bob, page, keys }) {
  await check("by keys: somebody is found and followed", async () => {
    const handle = `@bob@${new URL(bob.base).host}`;
    const { accounts: [account] } = await api(page, `/api/v2/search?q=${encodeURIComponent(handle)}&type=accounts`);
    await api(page, `/api/v1/accounts/${account.id}/unfollow`, "POST");
    await page.keyboard.press("g");
    await page.keyboard.press("e");
    await keys.has(page.getByLabel("Find people and posts"), "the field to search with");
    await page.keyboard.type(handle);
    await page.keyboard.press("Enter");
    const person = page.locator(".person", { hasText: "Bob Next Door" });
    await person.waitFor();
    await keys.notLost("the search");
    await keys.use(person.getByRole("button", { name: /^Follow/ }), "the button to follow");
    await person.getByRole("button", { name: "Following" }).waitFor();
    await keys.notLost("Follow was pressed");
  });
}

async function set({ page, keys }) {
  await check("by keys: a setting is changed and saved, and changed back", async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await heading(page, "Settings");
    const box = page.getByLabel("Ask me before someone follows"), form = page.locator("form", { hasText: "About you" });
    const before = await box.isChecked();
    for (const wanted of [!before, before]) {
      await keys.use(box, "the box", "Space");
      same(await box.isChecked(), wanted, "the box");
      await keys.use(form.getByRole("button", { name: "Save" }), "Save");
      await told(page, "Saved.");
      await until("the server knows", async () => (await api(page, "/api/v1/accounts/verify_credentials")).locked === wanted);
      await keys.notLost("Save");
    }
  });
}

async function leave({ alice, page, keys }) {
  await check("by keys: one signs out", async () => {
    await keys.use(settingsLink(page, "Access"), "the sheet with the way out");
    await keys.use(page.getByRole("button", { name: "Sign out here" }), "the way out");
    await page.waitForURL(`${alice.base}/@alice`);
    same((await page.context().cookies()).length, 0, "the number of cookies");
  });
}
