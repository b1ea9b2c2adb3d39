// What the app weighs on the wire: bodies of answers as they are sent, compressed.
import { check, that, until } from "../support/checks.mjs";
import { addresses, visit } from "./places.mjs";
import { composer, place, words } from "./page.mjs";

/** Bytes. A first view is what is needed until home shows its posts. */
const most = { first: 60_000, all: 150_000, open: 30_000 };

/** Writes down what every answer weighed. Sees pages of its own context only: no worker may stand between. */
class Scales {
  /** What was asked for, by the number of the request. */
  asked = new Map();
  weighed = [];

  static async of(page) {
    const scales = new Scales();
    const browser = await page.context().newCDPSession(page);
    browser.on("Network.requestWillBeSent", ({ requestId, request, type }) => scales.asked.set(requestId, { path: new URL(request.url).pathname, type }));
    // What had come until then are the headers.
    const heads = new Map();
    browser.on("Network.responseReceived", ({ requestId, response }) => heads.set(requestId, response.encodedDataLength));
    browser.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => scales.weighed.push({ ...scales.asked.get(requestId), requestId, bytes: Math.max(0, encodedDataLength - (heads.get(requestId) ?? 0)) }));
    await browser.send("Network.enable");
    return scales;
  }

  /** The bytes of those that `wanted` takes. */
  sum(wanted) {
    return this.weighed.filter(wanted).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** What weighs most, for who has to make it less. */
  heaviest(wanted) {
    const paths = this.weighed.filter(wanted).sort((a, b) => b.bytes - a.bytes).map(({ path, bytes }) => `${path.replace(/^\/app\/[0-9a-f]{12}/, "/app")} ${bytes}`);
    return `${paths.length} files, the heaviest: ${paths.slice(0, 12).join(", ")}`;
  }
}

/** The app's own files: its page, what lies below /app, the owner's colours, the worker. */
const ours = ({ path, type }) => type === "Document" || path.startsWith("/app/") || ["/look.css", "/sw.js", "/favicon.ico"].includes(path);

const limited = (bytes, limit, more) => that(bytes > 0 && bytes < limit, `${bytes} bytes, and ${limit} is the limit; ${more}`);
const said = (what, bytes, limit) => console.log(`      ${what}: ${bytes} bytes of ${limit}`);

export async function weight({ alice, watched, browser, reader }) {
  const context = await watched.person({ serviceWorkers: "block", storageState: await browser.storageState({ indexedDB: false }) });
  // What the app puts off until it is idle is no part of the first view, on a slow machine neither.
  await context.addInitScript(() => {
    const idle = globalThis.requestIdleCallback, held = [];
    globalThis.requestIdleCallback = (act, ...rest) => held.push(() => idle(act, ...rest));
    globalThis.calfIdle = () => { globalThis.requestIdleCallback = idle; for (const act of held) act(); };
  });
  const page = await context.newPage();
  const scales = await Scales.of(page), english = { first: 0, all: 0 };
  await check(`the first view of home costs less than ${most.first} bytes of the app's files`, async () => {
    await page.goto(`${alice.base}/home`);
    await page.locator("#main calf-post").first().waitFor();
    // What the page asked for until then counts, even where it is still on its way.
    const asked = new Set([...scales.asked].filter(([, request]) => ours(request)).map(([id]) => id));
    const first = ({ requestId }) => asked.has(requestId);
    await until("all of them are weighed", () => scales.weighed.filter(first).length === asked.size);
    english.first = scales.sum(first);
    said("first view", english.first, most.first);
    limited(english.first, most.first, scales.heaviest(first));
  });
  await check(`all of the app's files together cost less than ${most.all} bytes`, async () => {
    for (const address of [...(await addresses(page)).values(), "/home"]) {
      if (!address || address === "/write") continue;
      await visit(page, alice.base, address);
      await page.evaluate(() => globalThis.calfIdle());
    }
    await page.getByRole("button", { name: /^Picture: / }).first().click();
    await page.locator(".lightbox").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".lightbox").waitFor({ state: "detached" });
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await place(page, "Write").click();
    await words(page).waitFor();
    await composer(page).getByRole("button", { name: "Poll" }).click();
    await page.evaluate(() => fetch("/sw.js").then((answer) => answer.text()));
    // A page that comes again comes anew, for no-store is right for it; as a file of the app it counts once.
    const known = new Set();
    const once = (answer) => ours(answer) && !known.has(answer.type === "Document" ? "page" : answer.path) && !!known.add(answer.type === "Document" ? "page" : answer.path);
    english.all = scales.sum(once);
    said("all files", english.all, most.all);
    known.clear();
    limited(english.all, most.all, scales.heaviest(once));
  });
  await check("in every other language the words that come on top leave both within the same limits", async () => {
    const languages = await page.evaluate(async () => {
      const codes = document.documentElement.dataset.languages.split(" "), [folder] = /^.*?\/app\/\w+\//.exec(document.querySelector("link[rel=modulepreload]").href);
      await Promise.all(codes.flatMap((code) => ["", ".more"].map((part) => fetch(`${folder}lang/${code}${part}.json`).then((answer) => answer.json()))));
      return codes;
    });
    that(languages.length > 2, `there are ${languages}`);
    for (const code of languages) {
      const [first, more] = ["", ".more"].map((part) => scales.sum(({ path }) => path?.endsWith(`/lang/${code}${part}.json`)));
      that(first > 1_000 && more > 1_000, `the words of ${code} weigh ${first} and ${more} bytes`);
      said(`first view in ${code}`, english.first + first, most.first);
      said(`all files in ${code}`, english.all + first + more, most.all);
      limited(english.first + first, most.first, `${first} are words`);
      limited(english.all + first + more, most.all, `${first + more} are words`);
    }
  });
  await context.close();
  const post = await reader.request.get(`${alice.base}/@alice`).then(async (answer) => /href="[^"]*(\/@alice\/\d+)"/.exec(await answer.text())?.[1]);
  for (const [name, path] of [["profile", "/@alice"], ["post", post], ["tag", "/tags/lettuce"]]) await check(`the public page of the ${name} costs less than ${most.open} bytes of HTML and CSS`, async () => {
    const stranger = await watched.person({ javaScriptEnabled: false });
    const page = await stranger.newPage();
    const scales = await Scales.of(page);
    await page.goto(alice.base + path);
    const sheet = ({ type }) => ["Document", "Stylesheet"].includes(type);
    await until("page and style sheets are weighed", async () => scales.weighed.filter(sheet).length === 1 + (await page.locator("link[rel=stylesheet]").count()));
    const bytes = scales.sum(sheet);
    said(`public ${name}`, bytes, most.open);
    limited(bytes, most.open, scales.heaviest(sheet));
    await stranger.close();
  });
}
