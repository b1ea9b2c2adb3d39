// The same pages in the other languages; Arabic, which runs from right to left, on every page.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check, same, that } from "../support/checks.mjs";
import { addresses, drawn, nameOf, visit } from "./places.mjs";
import { languages } from "./words.mjs";

const rightToLeft = "ar";
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const schemes = ["light", "dark"];
const catalog = (code) => JSON.parse(readFileSync(new URL(`../../../src/Web/App/lang/${code}.json`, import.meta.url), "utf8"));

export async function abroad({ alice, watched, browser }) {
  const storageState = await browser.storageState({ indexedDB: false });
  for (const code of languages()) {
    const context = await watched.person({ locale: code, storageState, serviceWorkers: "block" });
    const page = await context.newPage();
    const name = new Intl.DisplayNames("en", { type: "language" }).of(code), words = catalog(code);
    // Texts that are the same in both languages tell nothing.
    const english = Object.keys(words).filter((key) => typeof words[key] === "string" && words[key] !== key.split("||")[0]).map((key) => key.split("||")[0]);
    await check(`who reads ${name} finds the app in it, and nothing of it in English`, async () => {
      const faults = [];
      const all = await addresses(page.url() === "about:blank" ? await opened(page, alice.base) : page);
      const places = code === rightToLeft ? [...all] : [...all].filter(([place]) => ["/home", "/notifications", "/settings", "/find", "/posts/{id}", "/welcome"].includes(place));
      for (const [place, address] of places) {
        if (place === "/write") continue;
        await visit(page, alice.base, address);
        same(await page.locator("html").getAttribute("lang"), code, "the language of the page");
        same(await page.locator("html").getAttribute("dir"), code === rightToLeft ? "rtl" : "ltr", "its direction");
        const left = await page.evaluate(inEnglish, english);
        if (left.length > 0) faults.push(`${address}: ${left.join(" | ")}`);
        for (const [size, viewport] of Object.entries(sizes)) {
          await page.setViewportSize(viewport);
          const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
          if (wide > 0) faults.push(`${address} is ${wide} px too wide at ${viewport.width} px`);
          for (const colorScheme of schemes) {
            await page.emulateMedia({ colorScheme });
            await page.screenshot({ path: join(process.env.CI_OUT, `${code}-${nameOf(place)}-${size}-${colorScheme}.png`), animations: "disabled" });
          }
        }
        await page.setViewportSize(sizes.desktop);
      }
      that(faults.length === 0, faults.join("\n"));
    });
    await check(`in ${name} the sheet to write on opens, and what is said at its foot is in it`, async () => {
      await visit(page, alice.base, "/home");
      await page.keyboard.press("n");
      await page.locator("dialog.writing textarea").waitFor();
      const left = await page.evaluate(inEnglish, english);
      await page.screenshot({ path: join(process.env.CI_OUT, `${code}-composer-desktop-light.png`), animations: "disabled" });
      that(left.length === 0, left.join(" | "));
      await page.keyboard.press("Escape");
    });
    await check(`the public page speaks ${name} to who reads it`, async () => {
      await page.goto(`${alice.base}/@alice`);
      same(await page.locator("html").getAttribute("lang"), code, "the language of the page");
      const left = await page.evaluate(inEnglish, english);
      await page.screenshot({ path: join(process.env.CI_OUT, `${code}-public-profile-desktop-light.png`), animations: "disabled" });
      that(left.length === 0, left.join(" | "));
    });
    await context.close();
  }
  await check("a language can be chosen in the settings, and the browser's own comes back", async () => {
    const context = await watched.person({ storageState, serviceWorkers: "block" });
    const page = await context.newPage();
    await visit(page, alice.base, "/settings?show=look");
    await page.locator("select[name=page-language]").selectOption("de");
    await page.locator("html[lang=de]").waitFor();
    await drawn(page, "the settings in German");
    await page.locator("select[name=page-language]").selectOption("auto");
    await page.locator("html[lang=en]").waitFor();
    await context.close();
  });
}

async function opened(page, base) {
  await visit(page, base, "/home");
  return page;
}

/** Runs in the page: shown texts and labels that are those of the English catalogue. What people wrote is not looked at: its direction is left to itself. */
const inEnglish = (english) => {
  const known = new Set(english), left = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), parent = walker.currentNode.parentElement;
    if (known.has(text) && !parent.closest(".prose, .snippet, bdi, kbd, code, noscript, script, [dir=auto], [lang]:not(html)")) left.add(text);
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]")) for (const name of ["aria-label", "title", "placeholder"]) if (known.has(element.getAttribute(name) ?? "")) left.add(`${name}: ${element.getAttribute(name)}`);
  return [...left];
};
