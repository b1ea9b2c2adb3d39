// A list longer than anybody reads in one go: it stays light, and nothing of it is lost.
import { check, same, that } from "../support/checks.mjs";
import { place } from "./page.mjs";

const many = 300, atOnce = 20;
/** What may stand drawn in a window of 900 pixels with three screens on either side. */
const drawnAtMost = 60;
/** What the page may hold of elements and texts, seen or not, with 300 posts in its list. */
const nodesAtMost = 12_000;

export async function long({ alice, browser }) {
  const page = await browser.newPage();
  // In the page itself: what a service worker fetches cannot be answered from here.
  await page.addInitScript(([many, atOnce]) => {
    const real = globalThis.fetch;
    globalThis.fetch = async (asked, init) => {
      const url = new URL(asked, location.origin);
      if (/\/[89]\d{11}\/delivery$/.test(url.pathname)) return new Response(JSON.stringify({ delivered: 2, waiting: 0, refused: 0, servers: [] }));
      if (url.pathname !== "/api/v1/timelines/home") return real(asked, init);
      globalThis.model ??= (await (await real("/api/v1/timelines/home?limit=1")).json())[0];
      globalThis.mine ??= await (await real("/api/v1/accounts/verify_credentials")).json();
      const one = (n) => ({ ...model, id: String(900_000_000_000 - n), account: n % 3 === 2 ? globalThis.mine : { ...model.account, id: "1", acct: "far@example.org" }, reblog: null, in_reply_to_id: null, media_attachments: [], poll: null, quote: null, card: null, spoiler_text: n === 3 ? "A warning" : "", content: `<p>Blade ${n} of grass. ${"It grows. ".repeat(n % 40)}</p>` });
      const from = Number(url.searchParams.get("max_id") ?? 0);
      const items = Array.from({ length: Math.min(atOnce, many - from) }, (_, index) => one(from + index));
      return new Response(JSON.stringify(items), { headers: { Link: `<${location.origin}/api/v1/timelines/home?max_id=${from + atOnce}>; rel="next"` } });
    };
  }, [many, atOnce]);
  await page.goto(`${alice.base}/home`);
  await page.getByText("Blade 0 of grass").waitFor();
  const scroll = (by, until) => page.evaluate(async ([step, target]) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const done = () => target === 0 ? scrollY === 0 : document.querySelectorAll("#main calf-post").length >= target && scrollY + innerHeight > document.documentElement.scrollHeight - 2;
    for (let n = 0; n < 2_000 && !done(); n++) {
      scrollBy({ top: step, behavior: "instant" });
      await frame();
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }, [by, until]);
  const figures = () => page.evaluate(() => {
    const all = [...document.querySelectorAll("#main calf-post")], seen = all.filter((one) => one.getBoundingClientRect().bottom > 0 && one.getBoundingClientRect().top < innerHeight);
    return { all: all.length, drawn: all.filter((one) => one.firstChild).length, blank: seen.filter((one) => !one.firstChild).length, height: document.documentElement.scrollHeight, at: scrollY };
  });

  await check("of a list of 300 posts only those around the view are drawn, and each says which it is", async () => {
    await page.getByRole("button", { name: "Unfold" }).click();
    await scroll(700, many);
    const now = await figures();
    same(now.all, many, "the posts");
    that(now.drawn <= drawnAtMost, `${now.drawn} are drawn`);
    same(now.blank, 0, "empty ones in view");
    same(await page.locator("#main calf-post").last().evaluate((post) => `${post.ariaPosInSet} of ${post.ariaSetSize}`), "300 of 300", "the last one's place");
  });
  await check("of what has left the view nothing is held in memory but an empty box", async () => {
    const browserOf = await page.context().newCDPSession(page);
    await browserOf.send("HeapProfiler.enable");
    await browserOf.send("HeapProfiler.collectGarbage");
    await browserOf.send("Performance.enable");
    const { metrics } = await browserOf.send("Performance.getMetrics");
    const nodes = metrics.find((one) => one.name === "Nodes").value;
    await browserOf.detach();
    that(nodes <= nodesAtMost, `the page holds ${nodes} nodes`);
  });
  await check("from a post far down one comes back to the same place, and j goes on from there", async () => {
    await page.evaluate(() => scrollBy({ top: -9_000, behavior: "instant" }));
    await page.waitForFunction(() => [...document.querySelectorAll("#main calf-post")].every((one) => one.getBoundingClientRect().bottom < 0 || one.getBoundingClientRect().top > innerHeight || one.firstChild));
    const before = await figures();
    await place(page, "Tags").click();
    await page.getByRole("heading", { name: "Tags", exact: true }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
    const after = await figures();
    same(after.at, before.at, "the place");
    same(after.height, before.height, "the height");
    same(after.blank, 0, "empty ones in view");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    that(await page.evaluate(() => document.activeElement.localName === "calf-post" && !!document.activeElement.firstChild), "the focus is not on a drawn post");
    await page.evaluate(() => document.activeElement.blur());
  });
  await check("back at the top all is as it was, and what was unfolded is unfolded", async () => {
    await scroll(-700, 0);
    const now = await figures();
    that(now.drawn <= drawnAtMost, `${now.drawn} are drawn`);
    same(now.blank, 0, "empty ones in view");
    await page.getByText("Blade 3 of grass").waitFor();
  });
  await page.close();
}
