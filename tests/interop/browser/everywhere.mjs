// Every page once: a picture of those that the story has not shown, and each in narrow windows, with large letters, strong contrast,
// forced colours and no motion.
import { join } from "node:path";
import { accessible } from "./accessible.mjs";
import { check, same, that, until } from "../support/checks.mjs";
import { addresses, declared, drawn, nameOf, open, visit } from "./places.mjs";
import { shoot, shown } from "./shots.mjs";

/** What has to hold of every page, in the order in which it is looked at; each fault with its page. */
const faults = { narrow: [], zoomed: [], still: [], forced: [], strong: [] };

export async function everywhere(story) {
  const { alice, watched, browser, reader } = story;
  const state = await browser.storageState({ indexedDB: false });
  // Twice as large as usual: what 1280 by 900 is to who zooms to 200 %.
  const large = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2, reducedMotion: "reduce", serviceWorkers: "block" };
  const owner = await (await watched.person({ ...large, storageState: state })).newPage();
  const stranger = await (await watched.person(large)).newPage();
  await places(story, owner);
  await sheets(story, owner);
  for (const [name, path, status] of open(await ids(story))) await check(`the page ${name} is shown and looked at`, async () => {
    if (status !== 200) watched.expect("GET", path.split("?")[0], status);
    same((await reader.goto(alice.base + path)).status(), status, "the status");
    await shoot(reader, name);
    await stranger.goto(alice.base + path);
    await look(stranger, name);
  });
  await check("an app asks to be let in, is refused, and is let in", () => consent(story, owner));
  await owner.context().close();
  await stranger.context().close();
  await judge();
}

async function places({ alice, page }, owner) {
  const all = await check("every place of the app has an address to visit", () => addresses(page));
  for (const [place, address] of all ?? []) {
    // The sheet to write on lies over home.
    if (place === "/write") continue;
    await check(`the place ${place} is shown and looked at`, async () => {
      that(address, "it needs an example in places.mjs, and the story something to show there");
      if (!shown.has(place)) {
        await visit(page, alice.base, address);
        await shoot(page, nameOf(place));
      }
      await visit(owner, alice.base, address);
      await look(owner, nameOf(place));
      // What a place has on several sheets.
      const sheets = await owner.locator("#main nav.tabs a").evaluateAll((links) => links.map((link) => link.pathname + link.search));
      for (const sheet of sheets.filter((one) => one !== address)) {
        await visit(page, alice.base, sheet);
        await shoot(page, nameOf(sheet));
        await visit(owner, alice.base, sheet);
        await look(owner, nameOf(sheet));
      }
    });
  }
  await check("the address of the sheet to write on opens it, with the words that it brings", async () => {
    await page.goto(`${alice.base}/write?text=From%20elsewhere`);
    await until("the words are there", async () => (await page.getByLabel("Text, in Markdown").inputValue()) === "From elsewhere");
    await shoot(page, "write", "/write");
    await page.getByLabel("Text, in Markdown").fill("");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });
  await check("no place of the app was left out", () => same(declared.filter((place) => !shown.has(place)).join(" "), "", "what was not shown"));
}

/** What lies over a page. */
async function sheets({ alice }, owner) {
  await check("the sheets are looked at, too: the composer with everything open, a menu, the keys, a picture", async () => {
    await visit(owner, alice.base, "/home");
    await owner.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Write", exact: true }).click();
    const sheet = owner.getByRole("dialog");
    await sheet.getByRole("button", { name: "Content warning" }).click();
    await sheet.getByRole("button", { name: "Poll" }).click();
    await look(owner, "sheet-compose");
    await sheet.locator(".composer-picks button").first().click();
    await owner.getByRole("menu").waitFor();
    await look(owner, "sheet-visibility");
    await owner.keyboard.press("Escape");
    await owner.getByLabel("Text, in Markdown").fill("");
    await sheet.getByRole("button", { name: "Close" }).first().click();
    await sheet.waitFor({ state: "detached" });
    await owner.locator("calf-post").first().getByRole("button", { name: "More", exact: true }).click();
    await look(owner, "sheet-menu");
    await owner.keyboard.press("Escape");
    await owner.keyboard.press("?");
    await sheet.waitFor();
    await look(owner, "sheet-keys");
    await owner.keyboard.press("Escape");
    await owner.getByRole("button", { name: /^Picture: / }).first().click();
    await owner.locator(".lightbox").waitFor();
    await look(owner, "sheet-viewer");
    await owner.keyboard.press("Escape");
  });
}

/** What is wider than the window, the innermost first. Text for ears and what scrolls by itself are no fault. */
const overflow = () => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= innerWidth) return "";
  const scrolls = (element) => element !== root && element !== document.body && getComputedStyle(element).overflowX !== "visible";
  const wide = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    if (box.right <= innerWidth + 0.5 && box.left >= -0.5) return false;
    for (let up = element.parentElement; up; up = up.parentElement) if (scrolls(up)) return false;
    return true;
  });
  const name = (element) => `${element.localName}${[...element.classList].map((one) => `.${one}`).join("")}`;
  return `${root.scrollWidth} px in a window of ${innerWidth}: ${wide.slice(-3).map(name).join(", ")}`;
};

/** @returns {string[]} what moves though the reader wants nothing to */
const moving = () => document.getAnimations()
  .filter((motion) => motion.playState === "running" && Number(motion.effect.getComputedTiming().duration) > 0)
  .map((motion) => `${motion.animationName ?? motion.transitionProperty ?? motion.constructor.name} on ${motion.effect.target?.className || motion.effect.target?.localName}`);

async function look(page, name) {
  const note = (kind, fault) => fault && faults[kind].push(`${name}: ${fault}`);
  const picture = (view) => page.screenshot({ path: join(process.env.CI_OUT, `${name}-${view}.png`), animations: "disabled" });
  note("still", (await page.evaluate(moving)).join(", "));
  note("zoomed", await page.evaluate(overflow));
  await picture("zoomed");
  await page.emulateMedia({ forcedColors: "active" });
  await picture("forced");
  note("forced", await page.evaluate(unseen));
  await page.emulateMedia({ forcedColors: "none", contrast: "more" });
  await picture("strong");
  const axe = await accessible(page);
  const found = await axe.find(["color-contrast-enhanced"]);
  await axe.leave();
  for (const { at, why } of found) note("strong", `${at}: ${why}`);
  await page.emulateMedia({ contrast: "no-preference" });
  await page.setViewportSize({ width: 320, height: 640 });
  note("narrow", await page.evaluate(overflow));
  await picture("narrow");
  await page.setViewportSize({ width: 640, height: 450 });
}

/** With the system's own colours: controls that have neither words nor a visible sign any more. */
const unseen = () => [...document.querySelectorAll("button, a[href], input, select, textarea, summary")].filter((control) => {
  if (!control.checkVisibility({ visibilityProperty: true }) || control.closest("[inert]")) return false;
  const { color, backgroundColor } = getComputedStyle(control), sign = control.querySelector("svg");
  const strokes = sign && getComputedStyle(sign);
  return color === backgroundColor || (sign && !control.innerText?.trim() && strokes.stroke === backgroundColor);
}).map((control) => control.getAttribute("aria-label") ?? control.outerHTML.slice(0, 80)).join("; ");

/** A post of the owner's and one that was deleted. */
async function ids({ page, gone }) {
  const [status] = await page.evaluate(() => fetch("/api/v1/accounts/verify_credentials").then((answer) => answer.json())
    .then(({ id }) => fetch(`/api/v1/accounts/${id}/statuses?exclude_reblogs=true&exclude_replies=true`)).then((answer) => answer.json()));
  return { post: status.id, gone };
}

async function consent({ alice, watched, page }, owner) {
  const app = await fetch(`${alice.base}/api/v1/apps`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ client_name: "A small app", redirect_uris: "urn:ietf:wg:oauth:2.0:oob", scopes: "read write" }) }).then((answer) => answer.json());
  const path = `/oauth/authorize?${new URLSearchParams({ response_type: "code", client_id: app.client_id, redirect_uri: "urn:ietf:wg:oauth:2.0:oob", scope: "read write" })}`;
  await owner.goto(alice.base + path);
  await look(owner, "consent");
  await page.goto(alice.base + path);
  await shoot(page, "consent");
  watched.expect("POST", "/oauth/authorize", 403);
  await page.locator("button[value]:not([value=allow])").click();
  await page.getByText("You did not let the app in.").waitFor();
  await shoot(page, "consent-refused");
  await page.goto(alice.base + path);
  await page.locator("button[value=allow]").click();
  await page.locator(".code").waitFor();
  await shoot(page, "consent-code");
  await page.goto(`${alice.base}/home`);
  await drawn(page, "home");
}

async function judge() {
  const none = (of) => that(of.length === 0, of.join("\n"));
  await check("in a window of 320 px nothing is cut off or has to be scrolled sideways", () => none(faults.narrow));
  await check("nor at 200 %", () => none(faults.zoomed));
  await check("who wants no motion sees none", () => none(faults.still));
  await check("with forced colours every control is seen", () => none(faults.forced));
  await check("who wants more contrast has 7 to 1", () => none(faults.strong));
}
