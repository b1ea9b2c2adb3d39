// With the server away. Comes after the judgement on failed requests.
import { check, until } from "../support/checks.mjs";
import { post } from "./page.mjs";
import { shoot } from "./shots.mjs";

export async function offline({ alice, page }) {
  await check("while the server is away, what was seen can still be read", async () => {
    await page.goto(`${alice.base}/home`);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    const words = await page.locator("#main calf-post .prose").first().innerText();
    await alice.stop();
    await page.reload();
    await post(page, words).waitFor();
    await page.getByText("The live connection is lost.").waitFor();
    await until("the pictures are there", () => page.evaluate(() => [...document.querySelectorAll("#main img.avatar")].every((image) => image.complete && image.naturalWidth > 0)));
    await shoot(page, "offline");
    await alice.start();
  });
  await check("after signing out nothing of it is left in the browser", async () => {
    await page.goto(`${alice.base}/settings?show=access`);
    await page.getByRole("button", { name: "Sign out here" }).click();
    await page.waitForURL(`${alice.base}/@alice`);
    await until("no notification is shown", () => page.evaluate(async () => !(await (await navigator.serviceWorker.getRegistration()).getNotifications()).length));
    await until("the browser has forgotten", () => page.evaluate(async () => !(await caches.has("words")) && !(await caches.match("/home"))));
  });
}
