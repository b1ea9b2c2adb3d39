// How the server is doing, and what its worker tells when no page is looked at.
import { check, never, same, that, until } from "../support/checks.mjs";
import { alone } from "./first-steps.mjs";
import { shoot } from "./shots.mjs";

const hour = 3_600_000;
const ago = (span) => new Date(Date.now() - span).toISOString();

export async function doing({ alice, watched, browser, page }) {
  await check("the page on the server says in words that all is delivered, and what came last", async () => {
    await page.goto(`${alice.base}/settings?show=server`);
    await page.getByRole("link", { name: "How it is doing" }).click();
    await page.getByText("All servers that should have your posts have them.").waitFor();
    await page.getByText("The last thing from others came").waitFor();
    await page.getByText("Free on the disk").waitFor();
    await shoot(page, "server");
  });
  await check("it names servers with trouble, why, and when they are tried next, and looks again by itself", async () => {
    const other = await alone(watched, browser);
    await other.clock.install();
    let asked = 0;
    await other.route("**/api/calf/v1/health", (route) => route.fulfill({ json: trouble(asked++) }));
    await other.goto(`${alice.base}/server`);
    await other.getByText("12 deliveries wait, the oldest since").waitFor();
    const slow = await other.locator("li", { hasText: "slow.example" }).innerText();
    that(slow.includes("It has trouble of its own (503).") && slow.includes("Next try: in 10 min."), slow);
    await other.getByText("One that is well").click();
    await other.getByText("fine.example").waitFor();
    await other.getByText("236 more have not been heard of").waitFor();
    await shoot(other, "server-trouble");
    await other.clock.runFor(31_000);
    await other.getByText("13 deliveries wait, the oldest since").waitFor();
    that(await other.getByText("fine.example").isVisible(), "what was unfolded has closed");
    await other.context().close();
  });
  await pushes({ alice, browser, page });
}

/** @param {number} more */
const trouble = (more) => ({
  deliveries: { waiting: 12 + more, due: 3, oldest_at: ago(3 * hour), failed: 4, parked_hosts: 1 }, received: { waiting: 0 }, pushes: { waiting: 0 }, films: { waiting: 0 },
  peers: [
    { domain: "slow.example", state: "slow", waiting: 2, failures: 3, last_success_at: null, last_heard_at: null, failing_since: ago(3 * hour), next_try_at: ago(-hour / 6), reason: "It has trouble of its own (503)." },
    { domain: "away.example", state: "away", waiting: 10, failures: 30, last_success_at: null, last_heard_at: null, failing_since: ago(200 * hour), next_try_at: ago(-5 * hour), reason: "It did not answer." },
    { domain: "gone.example", state: "gone", waiting: 0, failures: 9, last_success_at: null, last_heard_at: null, failing_since: null, next_try_at: null, reason: null },
    { domain: "fine.example", state: "fine", waiting: 0, failures: 0, last_success_at: ago(hour), last_heard_at: ago(hour / 2), failing_since: null, next_try_at: null, reason: null },
  ],
  total: 240, last_received_at: ago(hour), database_bytes: 1, media_bytes: 1, cache_bytes: 1, free_bytes: 1, version: "1.2.3", started_at: ago(50 * hour),
});

async function pushes({ alice, browser, page }) {
  await browser.grantPermissions(["notifications"]);
  await page.goto(`${alice.base}/home`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const worker = await until("the worker runs", () => browser.serviceWorkers()[0]);
  const devtools = await browser.newCDPSession(page);
  let registrationId;
  devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => { registrationId = registrations.at(-1)?.registrationId ?? registrationId; });
  await devtools.send("ServiceWorker.enable");
  await until("the registration is known", () => registrationId);
  const push = (notification_id, notification_type, title) => devtools.send("ServiceWorker.deliverPushMessage", {
    origin: alice.base, registrationId, data: JSON.stringify({ access_token: "", preferred_locale: "en", notification_id, notification_type, icon: `${alice.base}/app/avatar.png`, title, body: "Words of theirs" }),
  });
  const shown = () => worker.evaluate(async () => (await self.registration.getNotifications()).map(({ title, body, tag, lang, dir }) => ({ title, body, tag, lang, dir })));

  await check("what is pushed while the owner looks at the app is not told twice, but a trial is shown", async () => {
    await push(7, "mention", "Bob mentioned you");
    // Again where it is not there yet: a push that comes while the browser's push service still begins is lost.
    await until("the trial is shown", async () => {
      if ((await shown()).some((one) => one.tag === "0")) return true;
      await push(0, "test", "Notifications work here");
      return false;
    });
    await never("the other is shown as well", async () => (await shown()).some((one) => one.tag === "7"), 500);
  });
  await check("with no page of the app in sight a push is shown, once", async () => {
    await page.goto("about:blank");
    await push(8, "mention", "Bob mentioned you");
    await push(8, "mention", "Bob mentioned you");
    await until("it is shown", async () => (await shown()).some((one) => one.tag === "8"));
    const all = (await shown()).filter((one) => one.tag === "8");
    same(JSON.stringify(all), JSON.stringify([{ title: "Bob mentioned you", body: "Words of theirs", tag: "8", lang: "en", dir: "auto" }]), "what is shown");
  });
  await check("pressing it takes an open page of the app to the notifications, without loading it anew", async () => {
    await page.goto(`${alice.base}/settings`);
    await page.getByRole("heading", { name: "Settings" }).waitFor();
    await page.evaluate(() => { globalThis.calfStory = true; });
    await worker.evaluate(async () => {
      const notification = (await self.registration.getNotifications()).find((one) => one.tag === "8");
      self.dispatchEvent(new self.NotificationEvent("notificationclick", { notification }));
    });
    await page.waitForURL(`${alice.base}/notifications`);
    same(await page.evaluate(() => globalThis.calfStory), true, "the mark on a page that should not have been loaded again");
    that(!(await shown()).some((one) => one.tag === "8"), "it is still shown");
  });
  await check("what has been read in the page is not shown any more", async () => {
    await page.goto("about:blank");
    await push(9, "follow", "Bob follows you");
    await until("it is shown", async () => (await shown()).some((one) => one.tag === "9"));
    await page.goto(`${alice.base}/home`);
    await page.evaluate(() => fetch("/api/v1/markers", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ notifications: { last_read_id: "1" } }) }));
    await until("none is shown", async () => !(await shown()).length);
    await push(0, "test", "Notifications work here");
    await until("the trial is shown", async () => (await shown()).length === 1);
  });
}
