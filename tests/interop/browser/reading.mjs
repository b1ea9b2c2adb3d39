// Reading with eyes, ears and keys: completion while writing, large pictures, what changed in an edit, and the keyboard.
import { check, same, that } from "../support/checks.mjs";
import { choose, composer, place, post, send, settings, told, words, write } from "./page.mjs";
import { shoot } from "./shots.mjs";

export async function reading(story) {
  await complete(story);
  await look(story);
  await compare(story);
  await keys(story);
  await lists(story);
  await tags(story);
}

const suggestion = (page, name) => composer(page).getByRole("listbox").getByRole("option", { name });

async function complete({ page }) {
  await check("an emoji of one's own is completed after a colon, a tag after #", async () => {
    await settings(page, "Writing");
    await page.getByLabel("Name of the emoji").fill("happy_calf");
    await page.getByLabel("Picture of the emoji").setInputFiles({ name: "calf.png", mimeType: "image/png", buffer: await page.screenshot({ clip: { x: 100, y: 20, width: 40, height: 40 } }) });
    await page.locator("form", { has: page.getByLabel("Name of the emoji") }).getByRole("button", { name: "Add" }).click();
    await told(page, ":happy_calf: is there.");
    await place(page, "Home").click();
    await place(page, "Write").click();
    await write(page, "A #lettuce for everybody.");
    await place(page, "Write").click();
    await words(page).pressSequentially("One more #let");
    await suggestion(page, "#lettuce").waitFor();
    await page.keyboard.press("Tab");
    await words(page).pressSequentially("and :cal");
    await suggestion(page, ":happy_calf:").waitFor();
    await shoot(page, "compose-completion");
    await page.keyboard.press("Enter");
    same(await words(page).inputValue(), "One more #lettuce and :happy_calf: ", "the text");
    await send(page);
    await post(page, "One more").locator("img.emoji").waitFor();
  });
}

async function look({ page }) {
  const scale = () => page.locator(".viewer-frame img").evaluate((image) => new DOMMatrix(getComputedStyle(image).transform).a);
  const shown = (text) => page.locator(".lightbox figcaption", { hasText: text }).waitFor();
  await check("two pictures are looked at, large, with their descriptions and by keys", async () => {
    const picture = async (name) => ({ name, mimeType: "image/png", buffer: await page.screenshot() });
    await place(page, "Write").click();
    await words(page).fill("The field, twice.");
    await composer(page).getByLabel("Files", { exact: true }).setInputFiles([await picture("a.png"), await picture("b.png")]);
    await composer(page).getByLabel("Description of picture 1").fill("The field in the morning");
    await composer(page).getByLabel("Description of picture 2").fill("The field at night");
    await composer(page).locator("button[type=submit]:enabled").waitFor();
    await send(page);
    await page.getByRole("button", { name: "Picture: The field in the morning" }).click();
    await shown("1 of 2 The field in the morning");
    await page.keyboard.press("ArrowRight");
    await shown("2 of 2 The field at night");
    await shoot(page, "viewer");
    same(await scale(), 1, "the scale at first");
    await page.keyboard.press("+");
    same(await scale(), 1.5, "the scale after +");
    await page.keyboard.press("0");
    await page.locator(".viewer-frame").dblclick();
    same(await scale(), 2.5, "the scale after two taps");
  });
  await check("two fingers make a picture larger", async () => {
    await page.keyboard.press("ArrowLeft");
    await shown("1 of 2");
    await page.locator(".viewer-frame").evaluate((frame) => {
      frame.setPointerCapture = () => {};
      const finger = (type, pointerId, clientX) => frame.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY: 300, bubbles: true }));
      finger("pointerdown", 11, 500);
      finger("pointerdown", 12, 600);
      finger("pointermove", 12, 800);
      finger("pointerup", 12, 800);
      finger("pointerup", 11, 500);
    });
    same(await scale(), 3, "the scale");
    await page.keyboard.press("Escape");
    await page.locator(".lightbox").waitFor({ state: "detached" });
  });
}

async function compare({ page }) {
  await check("what an edit changed is marked word by word, opened from \"edited\"", async () => {
    await choose(page, post(page, "The field, twice"), "Edit");
    await words(page).fill("The meadow, twice.");
    await composer(page).getByLabel("Description of picture 2").fill("The meadow at night");
    await send(page);
    await post(page, "The meadow").locator("a.post-when").click();
    await page.getByRole("heading", { name: "Thread", exact: true }).waitFor();
    await page.locator(".post.focus").getByRole("button", { name: "edited" }).click();
    const newest = page.getByRole("dialog").locator("ol.edits > li").first();
    same(await newest.locator("del").innerText(), "field", "what is out");
    same(await newest.locator("ins").innerText(), "meadow", "what is in");
    await newest.getByText("One description was changed.").waitFor();
    await shoot(page, "edits");
    await page.getByLabel("Show what changed").uncheck();
    same(await newest.locator("del").count(), 0, "marks in the version as it was");
    await page.keyboard.press("Escape");
    await place(page, "Home").click();
  });
}

async function keys({ page }) {
  const heading = (name) => page.getByRole("heading", { name, exact: true }).waitFor();
  await check("? shows all keys", async () => {
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).getByText("follow requests").waitFor();
    await shoot(page, "keys");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });
  await check("g and a letter lead to the places, Backspace leads back", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("n");
    await heading("Notifications");
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await heading("Settings");
    await page.keyboard.press("Backspace");
    await heading("Notifications");
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await heading("Home");
  });
  await check("the post with the focus is walked to, opened, quoted, and its pictures seen, by keys", async () => {
    await post(page, "The meadow").waitFor();
    await page.keyboard.press("j");
    that((await page.locator("calf-post:focus").innerText()).includes("The meadow"), "the first post has not the focus");
    await shoot(page, "post-focus");
    await page.keyboard.press("e");
    await page.locator(".lightbox").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".lightbox").waitFor({ state: "detached" });
    await page.locator("calf-post").first().focus();
    await page.keyboard.press("q");
    await composer(page).locator(".quoted", { hasText: "The meadow" }).waitFor();
    await page.keyboard.press("Escape");
    await composer(page).waitFor({ state: "detached" });
    await page.locator("calf-post").first().focus();
    await page.keyboard.press("p");
    await page.locator(".profile h2").waitFor();
    await page.keyboard.press("Backspace");
    await heading("Home");
  });
}

async function lists({ alice, page }) {
  const heading = (name) => page.getByRole("heading", { name, exact: true }).waitFor();
  await check("a list is made, its ways are set, and it is deleted", async () => {
    await place(page, "Lists").click();
    await page.getByText("No lists yet").waitFor();
    await shoot(page, "lists-none");
    await page.getByLabel("Name of the new list").fill("Neighbours");
    await page.getByRole("button", { name: "Make it" }).click();
    await heading("Neighbours");
    await page.getByText("Nobody is on it").waitFor();
    await shoot(page, "list-people");
    await page.getByRole("link", { name: "Settings", exact: true }).last().click();
    await page.getByLabel("Keep its people out of home").check();
    await page.getByRole("textbox", { name: "Name" }).fill("The village");
    await page.getByRole("button", { name: "Save" }).click();
    await heading("The village");
    await shoot(page, "list-settings");
    await place(page, "Lists").click();
    await page.getByText("Kept out of home").waitFor();
    await shoot(page, "lists");
    await page.getByRole("link", { name: "The village" }).click();
    await page.getByText("Nothing here yet").waitFor();
    await page.getByRole("link", { name: "Settings", exact: true }).last().click();
    await page.getByRole("button", { name: "Delete the list" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("No lists yet").waitFor();
    same((await page.evaluate(() => fetch("/api/v1/lists").then((answer) => answer.json()))).length, 0, "the lists");
    same(new URL(page.url()).href, `${alice.base}/lists`, "the address");
  });
}

async function tags({ page }) {
  await check("a tag in a post leads to its posts; it is followed there, and stands among the followed", async () => {
    await place(page, "Home").click();
    await post(page, "for everybody").getByRole("link", { name: "#lettuce" }).click();
    await post(page, "One more").waitFor();
    await page.getByRole("button", { name: "Follow", exact: true }).click();
    await page.getByRole("button", { name: "Following", exact: true }).waitFor();
    await shoot(page, "tag");
    await place(page, "Tags").click();
    await page.locator(".tag-line").getByRole("link", { name: "#lettuce" }).waitFor();
    await shoot(page, "tags");
    await page.getByRole("button", { name: "Following", exact: true }).click();
    await page.getByRole("button", { name: "Follow", exact: true }).waitFor();
    await place(page, "Home").click();
  });
  await check("a search finds tags and understands its operators, which it explains", async () => {
    await place(page, "Find").click();
    await page.getByText("Search more closely").click();
    await shoot(page, "find-operators");
    await page.getByLabel("Find people and posts").fill("lettuce");
    await page.keyboard.press("Enter");
    await page.locator(".tag-line", { hasText: "#lettuce" }).waitFor();
    await page.getByLabel("Find people and posts").fill("has:image meadow");
    await page.keyboard.press("Enter");
    await post(page, "The meadow").waitFor();
    await page.getByLabel("Find people and posts").fill("has:poll meadow");
    await page.keyboard.press("Enter");
    await page.getByText("Nothing by that name").waitFor();
    await place(page, "Home").click();
  });
}
