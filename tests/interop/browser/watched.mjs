// A browser whose every request and complaint is written down.
import { chromium } from "playwright-core";
import { that } from "../support/checks.mjs";

/** How long one step in the page may take on a busy machine. */
const patience = 30_000;

const is = (wanted, path) => (wanted instanceof RegExp ? wanted.test(path) : wanted === path);

export class Watched {
  #browser;
  #home;
  #faults = [];
  #expected = [];

  /** @param {string} home the one origin that pages may ask */
  static async launch(executablePath, home) {
    const watched = new Watched();
    watched.#home = home;
    // As root, which is what CI is, Chromium runs without its sandbox only.
    watched.#browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid() !== 0, timeout: 60_000 });
    return watched;
  }

  /** A browser of its own: no cookie is shared with the others. */
  async person(options = {}) {
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", colorScheme: "light", ...options });
    context.setDefaultTimeout(patience);
    context.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (origin !== this.#home && protocol !== "data:" && protocol !== "blob:") this.#faults.push(`a request to another origin: ${request.url()}`);
    });
    context.on("requestfailed", (request) => {
      // What was still loading when the page was left is not a failure.
      const reason = request.failure()?.errorText;
      if (reason !== "net::ERR_ABORTED" || request.method() !== "GET") this.#faults.push(`${request.method()} ${request.url()} failed: ${reason}`);
    });
    context.on("response", (response) => {
      if (response.status() >= 400 && !this.#expects(response)) this.#faults.push(`${response.request().method()} ${response.url()} was answered ${response.status()}`);
    });
    context.on("console", (message) => {
      // The browser's own line about an answer of 4xx; the answer itself is judged above.
      if (message.text().startsWith("Failed to load resource")) return;
      // Where we want no worker between the page and the scales.
      if (message.text() === "Service Worker registration blocked by Playwright") return;
      if (["error", "warning"].includes(message.type())) this.#faults.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (problem) => this.#faults.push(`an exception in the page: ${problem.error().name} ${problem.error().message} ${problem.error().stack}`));
    return context;
  }

  /** A refusal that belongs to the story, once or more often. @param {string} method @param {string | RegExp} path @param {number} status */
  expect(method, path, status) {
    if (!this.#expected.some((one) => one.method === method && String(one.path) === String(path) && one.status === status)) this.#expected.push({ method, path, status, met: false });
  }

  #expects(response) {
    const found = this.#expected.find(({ method, path, status }) =>
      response.request().method() === method && response.status() === status && is(path, new URL(response.url()).pathname));
    if (found) found.met = true;
    return found !== undefined;
  }

  /** Throws with everything that should not have happened, and with refusals that did not. */
  judge() {
    const missing = this.#expected.filter((one) => !one.met).map((one) => `${one.method} ${one.path} was never answered ${one.status}`);
    const all = [...this.#faults, ...missing];
    that(all.length === 0, all.join("\n"));
  }

  close() {
    return this.#browser.close();
  }
}
