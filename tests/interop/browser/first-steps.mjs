// The guided page after set-up: gone through forwards and backwards, and left.
import { check, same, that, until } from "../support/checks.mjs";
import { composer, told } from "./page.mjs";
import { shoot } from "./shots.mjs";

const title = (page, name) => page.getByRole("heading", { name }).waitFor();
const step = (page, name) => page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name });
const press = (page, name) => page.locator(".guide-foot").getByRole("link", { name }).click();

export async function firstSteps({ alice, watched, browser, page }) {
  await check("the first step takes a name and a few words, and keeps them without a button", async () => {
    await page.goto(`${alice.base}/welcome`);
    await title(page, "Let others know who you are");
    await page.getByLabel("A few words about you").fill("I keep notebooks.");
    await press(page, "Next");
    await told(page, "Saved.");
    same(await page.evaluate(async () => (await (await fetch("/api/v1/accounts/verify_credentials")).json()).source.note), "I keep notebooks.", "the words");
    await press(page, "The step before");
    same(await page.getByLabel("A few words about you").inputValue(), "I keep notebooks.", "the words, when one comes back");
    await shoot(page, "welcome-you");
  });
  await check("the second step says that a Calf in local mode cannot be found, and that this is no fault", async () => {
    await step(page, "Domain").click();
    await page.getByText("This Calf keeps to this machine, for trying things out.").waitFor();
    same(await page.locator(".guide-checks .is-amber").count(), 0, "the number of warnings");
  });
  await check("on a server for everybody it says what is to be mended, in words and with the server's advice", async () => {
    const other = await alone(watched, browser);
    const advice = "Let the proxy in front send X-Forwarded-Proto.";
    const checks = ["webfinger", "https", "actor", "nodeinfo", "inbox", "new-one"].map((name) => ({ name, ok: name !== "actor", sentence: `The sentence of ${name}.`, advice: name === "actor" ? advice : null }));
    let asked = 0;
    await other.route("**/api/calf/v1/domain_check", (route) => route.fulfill({ json: { domain: "a.example", web_domain: "a.example", local: false, ok: false, checked_at: new Date().toISOString(), checks: asked++ ? checks.filter((one) => one.ok) : checks } }));
    await other.goto(`${alice.base}/welcome?step=domain`);
    await other.getByText("One thing is to be mended").waitFor();
    const line = other.locator(".guide-checks li", { hasText: "Other servers cannot read your profile." });
    that((await line.innerText()).includes(advice), "the advice is missing");
    same(await other.getByRole("img", { name: "To be mended" }).count(), 1, "the number of warnings");
    await other.getByText("The sentence of new-one.").waitFor();
    await shoot(other, "welcome-domain");
    await other.getByRole("button", { name: "Look again" }).click();
    await other.getByText("All is well.").waitFor();
    await other.context().close();
  });
  await check("the third step finds people by their handle, offers a list, and follows nobody by itself", async () => {
    await step(page, "People").click();
    await title(page, "Whom would you like to read");
    await page.getByRole("searchbox").fill("@nobody@localhost:9");
    await page.getByRole("button", { name: "Find", exact: true }).click();
    await page.getByText("Nobody was found by that name.").waitFor();
    await page.getByText("Paste a list, or the link of a starter pack").click();
    await page.getByLabel("The list").waitFor();
    same(await page.evaluate(async () => (await (await fetch("/api/v1/accounts/verify_credentials")).json()).following_count), 0, "the number of follows");
    await shoot(page, "welcome-people");
  });
  await check("the last step names the server for apps and ends with the first post", async () => {
    await press(page, "Next");
    await title(page, "Take it with you");
    same(await page.locator(".guide-name code").innerText(), new URL(alice.base).host, "the name to type");
    await shoot(page, "welcome-app");
    await page.getByRole("button", { name: "Write the first post" }).click();
    await composer(page).waitFor();
    await page.waitForURL(`${alice.base}/home`);
    await page.keyboard.press("Escape");
    await composer(page).waitFor({ state: "detached" });
  });
  await check("the way of steps is the history of the browser too", async () => {
    await page.goBack();
    await title(page, "Take it with you");
    await page.goBack();
    await title(page, "Whom would you like to read");
    await page.locator(".guide-foot").getByRole("link", { name: "Later" }).click();
    await page.waitForURL(`${alice.base}/home`);
  });
}

/** A page of the same owner without the worker, so that answers can be put in its place. */
export async function alone(watched, browser) {
  const context = await watched.person({ storageState: await browser.storageState() });
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "serviceWorker", { value: undefined }));
  return until("a page", () => context.newPage());
}
