// Keys alone: what has the focus, whether it is seen, and the way to it.
import { that, until } from "../support/checks.mjs";

/** So many steps of Tab lead to whatever there is on a page. */
const farthest = 500;

/** Why one cannot see where one is; empty when all is well. */
const trouble = () => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return "the focus is nowhere";
  const name = `${element.localName}${element.id ? `#${element.id}` : ""}${[...element.classList].map((one) => `.${one}`).join("")} "${(element.getAttribute("aria-label") ?? element.innerText ?? "").trim().slice(0, 40)}"`;
  const box = element.getBoundingClientRect();
  const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)], [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
  // What is drawn over the whole of a card in its place, such as the mark of a chosen colour, stands for it.
  const drawn = (one, pseudo) => {
    const style = getComputedStyle(one, pseudo);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
  };
  const around = [element, element.nextElementSibling, element.parentElement, element.closest("label")].filter((one) => one);
  // Where one writes, the caret shows it.
  const writes = element.matches("textarea, input:is([type=text], [type=search], [type=password], :not([type]))") && getComputedStyle(element).caretColor !== "transparent";
  // A title is where reading begins, nothing to press; a player marks the control inside of it.
  const own = element.matches("#main, h1, audio, video");
  const marked = writes || own || around.some((one) => drawn(one)) || drawn(element, "::after");
  const faults = [];
  if (!marked) faults.push("has no outline");
  const small = box.width <= 2 || box.height <= 2 || getComputedStyle(element).opacity === "0";
  if (right - left <= 0 || bottom - top <= 0) faults.push("is outside of the window");
  else if (!small && !element.matches("#main")) {
    const covered = [0.5, 0.15, 0.85].every((down) => [0.5, 0.15, 0.85].every((across) => {
      const hit = document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
      return !hit || !(element.contains(hit) || hit.contains(element));
    }));
    if (covered) faults.push("is under something else");
  }
  return faults.length ? `${name} ${faults.join(" and ")}` : "";
};

/** A page that is used without a mouse. Every fault of the focus is kept for the judgement. */
export class Keys {
  faults = new Set();

  constructor(page) {
    this.page = page;
  }

  /** Presses a key, and looks where the focus is then. @param {string} step what it is for */
  async press(key, step) {
    await this.page.keyboard.press(key);
    if (step) await this.seen(step);
  }

  /** The focus is on something that one sees. Waits a moment: pages are drawn, and scrolled, softly. */
  async seen(step) {
    let fault = "";
    await until("", async () => !(fault = await this.page.evaluate(trouble)), 1_500).catch(() => this.faults.add(`${step}: ${fault}`));
  }

  holds(locator) {
    return locator.evaluate((element) => element === document.activeElement, undefined, { timeout: 3_000 }).catch(() => false);
  }

  /** Tab by Tab until this has the focus. @param {string} key Tab or Shift+Tab */
  async to(locator, what, key = "Tab") {
    await locator.waitFor({ state: "attached" });
    for (let steps = 0; steps < farthest; steps++) {
      if (await this.holds(locator)) return this.seen(what);
      await this.page.keyboard.press(key);
      // Every stop on the way has to be seen, too; that it scrolls there first is waited for only where one is going.
      const fault = await this.page.evaluate(trouble);
      if (fault.includes("outline")) this.faults.add(`on the way to ${what}: ${fault}`);
    }
    throw new Error(`${farthest} steps of ${key} do not lead to ${what}`);
  }

  /** Goes there and presses Enter. */
  async use(locator, what, key = "Enter") {
    await this.to(locator, what);
    await this.page.keyboard.press(key);
  }

  async has(locator, what) {
    await until(`${what} has the focus`, () => this.holds(locator), 8_000).catch(async () => {
      const where = await this.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160));
      throw new Error(`${what} has not the focus, but ${where}`);
    });
    await this.seen(what);
  }

  /** Whatever closes, or is drawn anew, hands the focus on; on the body it is lost. */
  async notLost(after) {
    await until("", () => this.page.evaluate(() => document.activeElement !== document.body), 1_500).catch(() => this.faults.add(`after ${after} the focus is on the body`));
  }

  judge() {
    that(this.faults.size === 0, [...this.faults].join("\n"));
  }
}
