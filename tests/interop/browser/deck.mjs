// Columns beside what is read, on a wide screen, for who wants them.
import { check, same, that } from "../support/checks.mjs";
import { place } from "./page.mjs";
import { shoot } from "./shots.mjs";

const wide = { width: 1720, height: 900 };

export async function deck({ alice, browser }) {
  const page = await browser.newPage();
  await page.setViewportSize(wide);
  const columns = () => page.locator(".deck > .column");
  await check("with the deck on, notifications stand beside home and scroll by themselves; on a narrower screen they are gone", async () => {
    await page.goto(`${alice.base}/settings?show=look`);
    await page.getByLabel("A deck of columns").check();
    await columns().first().locator("calf-feed").waitFor();
    same(await columns().count(), 1, "the columns");
    that(!await page.locator("#side").isVisible(), "the right side is still there");
    await place(page, "Home").click();
    await page.locator("#main calf-post").first().waitFor();
    await shoot(page, "deck");
    same(await columns().count(), 0, "the columns at 1280 pixels");
    await page.setViewportSize(wide);
    await columns().first().locator("calf-feed").waitFor();
  });
  await check("a tag is put beside, its posts are walked through by keys there, and one of them opens in the middle", async () => {
    await page.goto(`${alice.base}/tagged/lettuce`);
    await page.getByRole("button", { name: "Put it beside" }).click();
    const column = columns().filter({ has: page.getByRole("button", { name: "Take it from beside" }).or(page.getByText("#lettuce")) }).last();
    await column.locator("calf-post").first().waitFor();
    same(await columns().count(), 2, "the columns");
    await page.screenshot({ path: `${process.env.CI_OUT}/deck-wide.png` });
    await place(page, "Home").click();
    await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
    await page.reload();
    same(await column.locator("calf-post").first().evaluate((post) => post.context), "public", "where filters take a post of the column to stand");
    await column.locator("calf-post").first().getByRole("button", { name: "More", exact: true }).focus();
    await page.keyboard.press("j");
    that(await page.evaluate(() => !!document.activeElement.closest(".column")), "j left the column");
    await column.locator("a.post-when").first().click();
    await page.getByRole("heading", { name: "Thread", exact: true }).waitFor();
    same(await columns().count(), 2, "the columns");
    await page.locator("#main .post.focus").waitFor();
  });
  await check("a column is closed, and what stands beside is remembered", async () => {
    await columns().last().getByRole("button", { name: "Close the column" }).click();
    same(await columns().count(), 1, "the columns");
    await page.reload();
    await columns().first().locator("calf-feed").waitFor();
    same(await columns().count(), 1, "the columns after a reload");
    await page.evaluate(() => { localStorage.removeItem("calf.deck"); localStorage.removeItem("calf.look"); });
  });
  await page.close();
}
