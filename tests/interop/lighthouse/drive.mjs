// Profile, post and home, as Lighthouse's simulated phone on a slow network sees them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse from "lighthouse";
import { Calf } from "../support/calf.mjs";
import { check, finish, that, until } from "../support/checks.mjs";

const { CALF_BINARY: binary, CI_OUT: out, CHROMIUM: chromium } = process.env;
const port = Number(process.env.CALF_PORT ?? 18700);
const categories = { accessibility: "accessibility", "best-practices": "best practices", seo: "SEO" };

/** Points of 100, for the pages that strangers wait for. */
const quick = 90;

const work = mkdtempSync(join(tmpdir(), "calf-lighthouse-"));
const calf = new Calf({ binary, port, data: join(work, "alice"), log: join(out, "alice.log") });
// As root, which is what CI is, Chromium runs without its sandbox only.
const browser = spawn(chromium, ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${join(work, "browser")}`, ...(process.getuid() === 0 ? ["--no-sandbox"] : []), "about:blank"], { stdio: "ignore" });
try {
  await calf.setUp("alice", "Alice Example");
  await calf.start();
  // Whether search engines may list one is the owner's to say; this one likes to be found.
  await calf.api("PATCH", "/api/v1/accounts/update_credentials", { note: "I keep notebooks and a small herd, and write down what the calf has learned.", discoverable: true, indexable: true });
  const picture = await calf.upload(readFileSync(new URL("../../../src/Web/App/icon-512.png", import.meta.url)), { description: "A calf's head, drawn in three strokes" });
  for (let i = 1; i <= 20; i++) await calf.post("/api/v1/statuses", { status: `Day ${i} in the meadow. The grass is **green**, and the #calf has learned to open the gate.`, ...(i === 20 ? { media_ids: [picture.id] } : {}) });
  const [post] = await calf.get("/api/v1/timelines/home?limit=1");
  const debugged = await until("the browser listens", () => Number(readFileSync(join(work, "browser", "DevToolsActivePort"), "utf8").split("\n")[0]) || null, 60_000);
  const cookie = await signIn();
  await judge("profile", `${calf.base}/@alice`, debugged, { least: quick });
  await judge("post", post.url, debugged, { least: quick });
  // Home is its owner's alone and tells search engines so; nothing is to be found there.
  await judge("home", `${calf.base}/home`, debugged, { headers: { Cookie: cookie }, without: ["seo"] });
} catch (failure) {
  await check("the pages are looked at to the end", () => { throw failure; });
} finally {
  if (browser.exitCode === null && browser.kill()) await once(browser, "close");
  await calf.stop("SIGKILL");
  await until("the folders are gone", () => { rmSync(work, { recursive: true, force: true }); return true; });
}
finish();

/** The owner's session, as the browser gets it. */
async function signIn() {
  const answer = await fetch(`${calf.base}/session`, {
    method: "POST", redirect: "manual", headers: { Origin: calf.base, "Sec-Fetch-Site": "same-origin" },
    body: new URLSearchParams({ username: "alice", password: "correct horse battery staple", next: "/home" }),
  });
  return answer.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
}

async function judge(name, url, port, { least, headers, without = [] }) {
  const look = async () => {
    const { lhr, report } = await lighthouse(url, { port, output: "html", logLevel: "error", ...(headers ? { extraHeaders: headers } : {}) });
    that(!lhr.runtimeError, `${lhr.runtimeError?.code} ${lhr.runtimeError?.message}`);
    that(lhr.finalDisplayedUrl === url, `it was led to ${lhr.finalDisplayedUrl}`);
    writeFileSync(join(out, `${name}.html`), report);
    return lhr;
  };
  const seen = await check(`Lighthouse looks at ${name}`, look);
  if (!seen) return;
  for (const [id, title] of Object.entries(categories)) if (!without.includes(id)) await check(`${title} of ${name} is 100`, () => {
    const category = seen.categories[id];
    const short = category.auditRefs.map((ref) => ({ ...ref, ...seen.audits[ref.id] })).filter(({ weight, score }) => weight > 0 && score !== null && score < 1);
    that(category.score === 1, `it is ${Math.round(category.score * 100)}: ${short.map(({ id, title, details }) => `${id} (${title}) ${(details?.items ?? []).slice(0, 4).map((item) => item.node?.selector ?? item.description ?? item.url ?? "").join(", ")}`).join("; ")}`);
  });
  const points = (lhr) => Math.round(lhr.categories.performance.score * 100);
  const told = (lhr) => `performance of ${name}: ${points(lhr)}; ${["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"].map((id) => `${id} ${lhr.audits[id].displayValue}`).join(", ")}`;
  console.log(`      ${told(seen)}`);
  if (least) await check(`performance of ${name} is at least ${least}`, async () => {
    // A busy machine makes a page slower, never quicker: the best of three is the page's own.
    let best = seen;
    for (let more = 0; more < 2 && points(best) < least; more++) {
      const again = await look();
      if (points(again) > points(best)) best = again;
    }
    that(points(best) >= least, told(best));
  });
}
