// What axe says of a page, by WCAG 2.2 AA and the practices that it calls best.
import { readFileSync } from "node:fs";
import { check, that } from "../support/checks.mjs";

const source = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Each fault by its kind, with the views that have it. */
const faults = { wcag: new Map(), practice: new Map() };
let views = 0;

/**
 * Axe, in a world of its own in the page as it is now: the page's own scripts do not see it, and its policy does not stop it.
 * `find` gives the faults, by all rules or by those that are named; `judge` keeps them for the judgement at the end.
 */
export async function accessible(page) {
  const browser = await page.context().newCDPSession(page);
  const { frameTree } = await browser.send("Page.getFrameTree");
  const { executionContextId: contextId } = await browser.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  const run = async (expression) => {
    const { result, exceptionDetails } = await browser.send("Runtime.evaluate", { expression, contextId, awaitPromise: true, returnByValue: true });
    that(!exceptionDetails, `axe could not look: ${exceptionDetails?.exception?.description ?? exceptionDetails?.text}`);
    return result.value;
  };
  // For readers without JavaScript timers do not run, in this world neither; axe's short ones are there to let others in between.
  await run("globalThis.setTimeout = (act, wait = 0, ...rest) => { if (wait < 100) Promise.resolve().then(() => act(...rest)); return 0; }; 0");
  await run(`${source};0`);
  const find = async (only) => {
    const runOnly = only ? { type: "rule", values: only } : { type: "tag", values: [...wcag, "best-practice"] };
    return JSON.parse(await run(`(async () => {
      // Half-way through a transition a colour is neither the one nor the other.
      for (const motion of document.getAnimations()) if (motion.effect?.getComputedTiming().endTime !== Infinity) motion.finish();
      // What is half under the head that stays in view is not small: one scrolls.
      const place = scrollY, head = document.querySelector("#main > .page-head");
      for (let n = 0; head && n < 9 && scrollY > 0; n++) {
        const edge = head.getBoundingClientRect().bottom, box = (one) => one.getBoundingClientRect();
        const cut = [...document.querySelectorAll("#main :is(a, button, input, summary)")].find((one) => !head.contains(one) && box(one).height > 0 && box(one).top < edge && box(one).bottom > edge);
        if (!cut) break;
        scrollBy({ top: box(cut).top - edge - 1, behavior: "instant" });
      }
      const { violations } = await axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ["violations"], restoreScroll: true });
      scrollTo({ top: place, behavior: "instant" });
      return JSON.stringify(violations.flatMap(({ id, tags, help, nodes }) => nodes.map(({ target, failureSummary }) =>
        ({ id, tags, at: target.join(" "), why: failureSummary.split("\\n").slice(1).join("; ").trim() || help }))));
    })()`));
  };
  return {
    find,
    judge: async (view, only) => {
      views++;
      for (const { id, tags, at, why } of await find(only)) {
        const of = tags.some((tag) => wcag.includes(tag)) ? faults.wcag : faults.practice;
        const kind = `${id} at ${at}: ${why}`;
        of.set(kind, [...(of.get(kind) ?? []), view]);
      }
    },
    leave: () => browser.detach(),
  };
}

const told = (of) => [...of].map(([kind, where]) => `${where[0]}${where.length > 1 ? ` and ${where.length - 1} more` : ""}: ${kind}`).join("\n");

/** The judgement on all pages that were looked at. */
export async function judgeAccess() {
  await check("no page that was shown breaks WCAG 2.2 AA", () => {
    that(views > 0, "no page was looked at");
    that(faults.wcag.size === 0, told(faults.wcag));
  });
  await check("no page that was shown breaks what axe calls best practice", () => that(views > 0 && faults.practice.size === 0, told(faults.practice)));
}
