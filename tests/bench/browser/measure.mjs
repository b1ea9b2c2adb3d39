// What Calf's page costs the reader's own machine, beside another client of the same Calf. By hand, on a machine that does nothing else:
//   node tests/bench/browser/measure.mjs CALF [OTHER [POST]]
// CALF is the published file. OTHER is the address of another web client, served from this machine, that opens /#/login?instance=HOST to
// sign in; POST is the CSS selector of one post of its home.
// Needs chromium, openssl, and what `npm ci` brings in tests/interop/browser.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { connect } from "node:net";
import { request } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Calf } from "../../interop/support/calf.mjs";
import { until } from "../../interop/support/checks.mjs";

const { chromium } = createRequire(new URL("../../interop/browser/package.json", import.meta.url))("playwright-core");
const [binary, other, otherPost = ".status"] = process.argv.slice(2);
if (!binary) {
  console.error("Say what to measure: node tests/bench/browser/measure.mjs CALF [OTHER [POST]]");
  process.exit(2);
}
const port = Number(process.env.CALF_PORT ?? 18900);
const host = "calf.test", base = `https://${host}`;
const posts = 1_100, scrolled = 1_000, rounds = 5, slower = 6;
/** Milliseconds without a long task after which a page has come to rest, and pixels a second of a steady wheel. */
const rest = 3_000, speed = 3_000;

const middle = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const said = (who, what, value) => console.log(`${who}: ${what}: ${value}`);

process.env.CALF_Domain = host;
const work = mkdtempSync(join(tmpdir(), "calf-measure-"));
const calf = new Calf({ binary, port, data: join(work, "data"), log: join(work, "calf.log") });
const secure = await tlsBefore(port);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromiumSandbox: process.getuid() !== 0,
  args: [`--host-resolver-rules=MAP ${host}:443 127.0.0.1:${secure.address().port}`, "--enable-precise-memory-info"],
});
try {
  await calf.setUp("alice", "Alice Example");
  await calf.start();
  await fill();
  await report("Calf", { address: `${base}/home`, post: "#main calf-post", enter: signIn });
  if (other) await report("the other client", { address: other, post: otherPost, enter: async (page) => { await signIn(page); await letIn(page); } });
} finally {
  await browser.close();
  await calf.stop("SIGKILL");
  secure.close();
  secure.closeAllConnections();
  rmSync(work, { recursive: true, force: true });
}

/** Posts with the things that posts have: words, links, tags, a warning now and then, a picture in every tenth. */
async function fill() {
  const picture = await calf.upload(readFileSync(new URL("../../../src/Web/App/icon-512.png", import.meta.url)), { description: "A calf" });
  for (let i = 1; i <= posts; i++) {
    const files = i % 10 === 0 ? [i === 10 ? picture.id : (await calf.upload(readFileSync(new URL("../../../src/Web/App/icon-512.png", import.meta.url)), { description: `A calf, number ${i}` })).id] : [];
    await calf.post("/api/v1/statuses", { status: `Number ${i}: ${"the grass is **green** in the meadow, and the gate is shut. ".repeat(1 + (i % 4))}#calf https://example.org/${i}`, media_ids: files, ...(i % 17 === 0 ? { spoiler_text: "About the gate" } : {}) });
  }
}

/** https for Calf, as its proxy gives it: other clients ask for nothing else. */
async function tlsBefore(port) {
  const [key, certificate] = [join(work, "key.pem"), join(work, "certificate.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`, "-keyout", key, "-out", certificate], { stdio: "ignore" });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (incoming, outgoing) => {
    const through = request({ host: "127.0.0.1", port, method: incoming.method, path: incoming.url, headers: { ...incoming.headers, "x-forwarded-proto": "https", "x-forwarded-for": "127.0.0.1" } }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    through.on("error", () => outgoing.destroy());
    outgoing.on("close", () => through.destroy());
    incoming.pipe(through);
  });
  server.on("upgrade", (incoming, socket) => {
    const through = connect(port, "127.0.0.1", () => {
      through.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${Object.entries(incoming.headers).map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n\r\n`);
      socket.pipe(through).pipe(socket);
    });
    for (const end of [socket, through]) end.on("error", () => { socket.destroy(); through.destroy(); });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

async function signIn(page) {
  await page.goto(`${base}/sign-in`);
  await page.locator("input[name=username]").fill("alice");
  await page.locator("input[name=password]").fill("correct horse battery staple");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${base}/home`);
}

/** Signs in to the other client by the consent page of the signed-in owner, in the same window or in one of its own. */
async function letIn(page) {
  await page.goto(`${other}/#/login?instance=${host}&submit=1`);
  const asks = await until("it asks to be let in", () => page.context().pages().find((one) => one.url().startsWith(`${base}/oauth/authorize`)), 60_000);
  await asks.locator("button[value=allow]").click();
}

async function report(who, client) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ignoreHTTPSErrors: true, locale: "en-GB" });
  const page = await context.newPage();
  await client.enter(page);
  await page.locator(client.post).first().waitFor({ timeout: 60_000 });
  const state = await context.storageState({ indexedDB: true });
  const session = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  await context.close();
  const fresh = async () => {
    const own = await browser.newContext({ viewport: { width: 1280, height: 900 }, ignoreHTTPSErrors: true, locale: "en-GB", storageState: state, serviceWorkers: "block" });
    const page = await own.newPage();
    await page.addInitScript((kept) => { for (const [key, value] of Object.entries(JSON.parse(kept))) try { sessionStorage.setItem(key, value); } catch { return; } }, session);
    return page;
  };
  await starts(who, client, fresh);
  await scrolls(who, client, fresh);
}

/** The first paint, the first post and the end of the last long task, with a cold cache on a slow processor. */
async function starts(who, client, fresh) {
  const seen = { paint: [], post: [], ready: [], bytes: [] };
  for (let round = 0; round < rounds; round++) {
    const page = await fresh();
    const devtools = await page.context().newCDPSession(page);
    let bytes = 0;
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await devtools.send("Network.enable");
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: slower });
    await page.addInitScript((post) => {
      const times = globalThis.measured = { paint: 0, post: 0, busy: 0 };
      new PerformanceObserver((list) => { for (const { name, startTime } of list.getEntries()) if (name === "first-contentful-paint") times.paint = startTime; }).observe({ type: "paint", buffered: true });
      new PerformanceObserver((list) => { for (const { startTime, duration } of list.getEntries()) times.busy = Math.max(times.busy, startTime + duration); }).observe({ type: "longtask", buffered: true });
      new MutationObserver((_, observer) => { if (document.querySelector(post)) { times.post = performance.now(); observer.disconnect(); } }).observe(document, { childList: true, subtree: true });
    }, client.post);
    await page.goto(client.address);
    await page.locator(client.post).first().waitFor({ timeout: 120_000 });
    let times;
    await until("the page has come to rest", async () => {
      times = await page.evaluate(() => ({ ...globalThis.measured, now: performance.now() }));
      return times.now - Math.max(times.busy, times.post) > rest;
    }, 60_000);
    seen.paint.push(times.paint);
    seen.post.push(times.post);
    seen.ready.push(Math.max(times.busy, times.post));
    seen.bytes.push(bytes);
    await page.context().close();
  }
  const slow = `processor ${slower} times slower, cold cache, median of ${rounds}`;
  said(who, `first contentful paint (${slow})`, `${Math.round(middle(seen.paint))} ms`);
  said(who, `first post in the page (${slow})`, `${Math.round(middle(seen.post))} ms`);
  said(who, `time to interactive: first post and end of the last long task (${slow})`, `${Math.round(middle(seen.ready))} ms`);
  said(who, "bytes until then", middle(seen.bytes));
}

/** A steady wheel until so many posts have passed: frames, and what the tab holds then. */
async function scrolls(who, client, fresh) {
  const page = await fresh();
  const devtools = await page.context().newCDPSession(page);
  await page.goto(client.address);
  await page.locator(client.post).first().waitFor({ timeout: 60_000 });
  await sleep(3_000);
  await page.evaluate((post) => {
    const frames = globalThis.calfFrames = { all: 0, late: 0, worst: 0, last: performance.now(), passed: new WeakSet(), count: 0 };
    const tick = (now) => {
      const gap = now - frames.last;
      frames.last = now;
      frames.all++;
      if (gap > 50) frames.late++;
      frames.worst = Math.max(frames.worst, gap);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    // A client may take away what has left the window: each post counts when it comes.
    setInterval(() => { for (const one of document.querySelectorAll(post)) if (!frames.passed.has(one)) { frames.passed.add(one); frames.count++; } }, 500);
  }, client.post);
  const began = Date.now();
  let passed = 0, still = 0;
  while (passed < scrolled && still < 20) {
    await devtools.send("Input.synthesizeScrollGesture", { x: 600, y: 500, yDistance: -6_000, speed, gestureSourceType: "mouse" });
    const now = await page.evaluate(() => globalThis.calfFrames.count);
    still = now === passed ? still + 1 : 0;
    passed = now;
  }
  const frames = await page.evaluate(() => ({ all: globalThis.calfFrames.all, late: globalThis.calfFrames.late, worst: globalThis.calfFrames.worst }));
  const seconds = (Date.now() - began) / 1000;
  said(who, `posts scrolled at ${speed} px a second`, `${passed} in ${seconds.toFixed(0)} s`);
  said(who, "frames late by more than 50 ms", `${frames.late} of ${frames.all} (${((100 * frames.late) / frames.all).toFixed(2)} %), the worst ${Math.round(frames.worst)} ms`);
  await devtools.send("HeapProfiler.enable");
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.send("Performance.enable");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const metric = (name) => metrics.find((one) => one.name === name).value;
  said(who, "heap of JavaScript after it", `${(metric("JSHeapUsedSize") / 1e6).toFixed(1)} MB`);
  said(who, "nodes of the page", metric("Nodes"));
  said(who, "memory of the tab's process (PSS)", `${(await memoryOf(page) / 1e3).toFixed(0)} MB`);
  await page.context().close();
}

/** The process that works hardest while this page does is this page's. @returns {Promise<number>} kB */
async function memoryOf(page) {
  const { processInfo } = await (await browser.newBrowserCDPSession()).send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  const worked = (id) => readFileSync(`/proc/${id}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13).reduce((sum, ticks) => sum + Number(ticks), 0);
  const alive = renderers.filter((id) => readdirSync("/proc").includes(String(id)));
  const before = new Map(alive.map((id) => [id, worked(id)]));
  await page.evaluate(() => { const end = performance.now() + 1_000; while (performance.now() < end); });
  const [tab] = alive.sort((a, b) => worked(b) - before.get(b) - (worked(a) - before.get(a)));
  return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${tab}/smaps_rollup`, "utf8"))[1]);
}
