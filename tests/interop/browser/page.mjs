// The words of the app, in one place: what the story presses and reads.
import { same, that, until } from "../support/checks.mjs";

export const post = (page, text) => page.locator("#main calf-post", { hasText: text }).first();
export const place = (page, name) => page.getByRole("navigation", { name: "Places" }).getByRole("link", { name, exact: true });
/** Opens one of the sheets of the settings. */
export async function settings(page, name) {
  await place(page, "Settings").click();
  await settingsLink(page, name).click();
}
export const settingsLink = (page, name) => page.getByRole("navigation", { name: "What to set" }).getByRole("link", { name, exact: true });
export const composer = (page) => page.getByRole("dialog");
export const words = (page) => page.getByLabel("Text, in Markdown");

/** Waits for a short word at the bottom of the page. */
export const told = (page, text) => page.locator("#toasts", { hasText: text }).waitFor();

/** Marks the document, so that a reload would be noticed; the answer checks it. */
export async function stays(page) {
  await page.evaluate(() => { globalThis.calfStory = true; });
  return async () => same(await page.evaluate(() => globalThis.calfStory), true, "the mark on a page that should not have been loaded again");
}

/** Writes a post with the composer that is open and sends it. */
export async function write(page, text, { warning } = {}) {
  if (warning) {
    await composer(page).getByRole("button", { name: "Content warning" }).click();
    await composer(page).getByRole("textbox", { name: "Content warning" }).fill(warning);
  }
  await words(page).fill(text);
  await send(page);
}

export async function send(page) {
  await composer(page).locator("button[type=submit]").click();
  await composer(page).waitFor({ state: "detached" });
}

/** Presses one choice of the menu of a post. */
export async function choose(page, card, choice) {
  await card.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: choice }).click();
}

/** Presses a button that shows a state, and waits until the server has it. */
export async function press(page, card, verb, name) {
  const done = page.waitForResponse((response) => new URL(response.url()).pathname.endsWith(`/${verb}`) && response.request().method() === "POST");
  await card.getByRole("button", { name, exact: true }).click();
  that((await done).ok(), `${verb} was answered ${(await done).status()}`);
  await until(`the button ${name} is pressed`, async () => (await card.locator(`[data-kind="${verb}"]`).getAttribute("aria-pressed")) === "true");
}

export const idOf = async (card) => card.locator("[data-id]").first().getAttribute("data-id");
