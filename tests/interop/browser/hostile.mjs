// What others write to do harm, opened in the app, in a thread, on a profile and in public.
import { join } from "node:path";
import { check, same, that, until } from "../support/checks.mjs";
import { HostilePeer } from "./hostile-peer.mjs";
import { drawn } from "./places.mjs";

export async function hostile({ alice, watched, browser, page: own }) {
  const peer = new HostilePeer(Number(new URL(alice.base).port) + 3);
  const context = await watched.person({ storageState: await browser.storageState({ indexedDB: false }), serviceWorkers: "block" });
  await context.addInitScript(() => addEventListener("securitypolicyviolation", (event) => (globalThis.calfViolations ??= []).push(`${event.violatedDirective} ${event.blockedURI}`)));
  const page = await context.newPage();
  const opened = [];
  page.on("dialog", (dialog) => { opened.push(dialog.message()); dialog.dismiss(); });
  page.on("popup", (popup) => opened.push(popup.url()));
  await peer.start();
  // Pictures that are none are not passed on, nor those that can hold a script.
  for (const status of [404, 415]) watched.expect("GET", /^\/media\/remote\//, status);
  const mine = (await own.evaluate(() => fetch("/api/v1/timelines/home?limit=40").then((answer) => answer.json()))).find((status) => status.url.startsWith(`${alice.base}/@alice/`) && status.visibility === "public");
  peer.answers.scripts = mine.uri;
  peer.answers.wide = mine.uri;
  for (const [name, post] of Object.entries(peer.posts)) await check(`a hostile post does no harm: ${name}`, async () => {
    const found = await until("it was fetched", async () => (await search(own, peer.address(name)))?.statuses[0]);
    if (name === "card") await until("the link is looked at", async () => (await own.evaluate((id) => fetch(`/api/v1/statuses/${id}`).then((answer) => answer.json()), found.id)).card !== null).catch(() => {});
    await page.goto(`${alice.base}/find?q=${encodeURIComponent(peer.address(name))}`);
    await page.locator("#main calf-post").first().waitFor();
    await harmless(page, `hostile-${name}`, opened);
    await page.goto(`${alice.base}/posts/${found.id}`);
    await drawn(page, name);
    const unfold = page.locator("#main .post.focus .warned > .button");
    if (await unfold.count()) await unfold.click();
    if (!post.type) await page.locator("#main .post.focus", { hasText: `${name}-here` }).waitFor();
    await harmless(page, `hostile-${name}-thread`, opened);
  });
  for (const name of peer.people) await check(`a hostile person does no harm: ${name}`, async () => {
    const account = await until("they were fetched", async () => (await search(own, peer.actor(name)))?.accounts[0]);
    await page.goto(`${alice.base}/people/${account.id}`);
    await drawn(page, name);
    await harmless(page, `hostile-person-${name}`, opened);
    const shown = (await page.locator(".profile h2").first().innerText()).trim();
    that(shown.replaceAll(/[\p{Z}\p{C}\u3164]/gu, "") !== "", "the profile shows no name");
  });
  await check("hostile answers do no harm on the public page", async () => {
    const stranger = await (await watched.person()).newPage();
    await stranger.addInitScript(() => addEventListener("securitypolicyviolation", (event) => (globalThis.calfViolations ??= []).push(`${event.violatedDirective} ${event.blockedURI}`)));
    await stranger.goto(mine.url);
    await stranger.locator(".u-comment", { hasText: "scripts-here" }).waitFor();
    await harmless(stranger, "hostile-public", opened);
    await stranger.context().close();
  });
  await context.close();
  peer.stop();
}

const search = (page, what) => page.evaluate((what) => fetch(`/api/v2/search?resolve=true&q=${encodeURIComponent(what)}`).then((answer) => answer.ok ? answer.json() : null), what);

/** Nothing ran, nothing was asked for, and no word stands where it does not belong; wide and narrow. */
async function harmless(page, name, opened) {
  for (const [size, viewport] of [["wide", { width: 1280, height: 900 }], ["narrow", { width: 390, height: 844 }]]) {
    await page.setViewportSize(viewport);
    const faults = await page.evaluate(straying);
    await page.screenshot({ path: join(process.env.CI_OUT, `${name}-${size}.png`), animations: "disabled" });
    same(faults.join("; "), "", `what is where it does not belong, ${size},`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  same(await page.evaluate(() => typeof globalThis.hacked), "undefined", "what a script would have set");
  same((await page.evaluate(() => globalThis.calfViolations ?? [])).join("; "), "", "what the page's policy had to stop");
  same(opened.join("; "), "", "the dialogs and windows that opened");
}

/** What leaves its post or the page, is not isolated, or leads where no link may. */
function straying() {
  const faults = [];
  const main = (document.querySelector("#main") ?? document.body).getBoundingClientRect();
  if (document.scrollingElement.scrollWidth > innerWidth) faults.push(`the page is ${document.scrollingElement.scrollWidth} px wide in a window of ${innerWidth}`);
  const clips = (element, box) => {
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.overflowX === "visible" && style.contain !== "paint") continue;
      const frame = up.getBoundingClientRect();
      box = { left: Math.max(box.left, frame.left), right: Math.min(box.right, frame.right), top: Math.max(box.top, frame.top), bottom: Math.min(box.bottom, frame.bottom) };
    }
    return box;
  };
  // A name is a name: who fills pages with it is cut short.
  for (const name of document.querySelectorAll("#main .post-who, #main .profile h2, .p-author .p-name")) {
    const { height } = name.getBoundingClientRect();
    if (height > 240) faults.push(`a name is ${Math.round(height)} px tall`);
  }
  const cards = document.querySelectorAll("#main calf-post, #main .profile, .h-entry");
  if (!cards.length) faults.push("nothing is shown");
  for (const card of cards) {
    const frame = card.getBoundingClientRect();
    const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    for (let node, checked = 0; (node = walker.nextNode()) && checked < 2_000; checked++) {
      if (!node.nodeValue.trim() || !node.parentElement.checkVisibility() || node.parentElement.closest(".unseen, [hidden]")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, right, top, bottom } = range.getBoundingClientRect(), box = clips(node.parentElement, { left, right, top, bottom });
      if (box.right <= box.left || box.bottom <= box.top) continue;
      if (box.left < Math.max(main.left, frame.left) - 1 || box.right > Math.min(main.right, frame.right) + 1) faults.push(`"${node.nodeValue.trim().slice(0, 20)}" is beside its post`);
      if (box.top < frame.top - 1 || box.bottom > frame.bottom + 1) faults.push(`"${node.nodeValue.trim().slice(0, 20)}" is above or below its post`);
    }
    // Letters that are piled up are drawn outside of their lines; something has to cut them off.
    if (/\p{M}{20}/u.test(card.textContent)) for (const piled of card.querySelectorAll("bdi, .prose p")) {
      if (!/\p{M}{20}/u.test(piled.textContent)) continue;
      let up = piled;
      while (up !== card.parentElement && getComputedStyle(up).overflowY === "visible" && !/paint|content|strict/.test(getComputedStyle(up).contain)) up = up.parentElement;
      if (up === card.parentElement) faults.push(`piled up letters in ${piled.localName} are cut off by nothing`);
    }
    for (const name of card.querySelectorAll(".post-who, .profile h2, .p-author .p-name")) {
      if (!/[\u202A-\u202E\u2066-\u2069]/.test(name.textContent)) continue;
      const text = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
      for (let node; (node = text.nextNode());) {
        if (!/[\u202A-\u202E\u2066-\u2069]/.test(node.nodeValue)) continue;
        const around = node.parentElement.closest("bdi, [dir], h2, .p-name");
        if (!around || !/isolate/.test(getComputedStyle(around).unicodeBidi)) faults.push("a name that turns the direction is not isolated");
      }
    }
    for (const link of card.querySelectorAll("a[href]")) if (!["http:", "https:", "mailto:"].includes(link.protocol)) faults.push(`a link leads to ${link.protocol}`);
    for (const one of card.querySelectorAll("script, style, link, iframe, object, embed, form form, template, [onload], [onerror], [onclick]")) faults.push(`there is ${one.localName}`);
  }
  return [...new Set(faults)];
}
