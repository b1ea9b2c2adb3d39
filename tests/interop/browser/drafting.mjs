// Drafts that go from one browser to another by way of the server.
import { check, never, same, until } from "../support/checks.mjs";
import { place, post, send, words, composer, write } from "./page.mjs";

const key = "calf.draft.new";
const local = (page) => page.evaluate((name) => JSON.parse(localStorage.getItem(name) ?? "null")?.parts[0].text ?? "", key);
const onServer = (page) => page.evaluate(async () => (await (await fetch("/api/calf/v1/drafts")).json()).find((one) => one.name === "new")?.draft.parts[0].text ?? "");

export async function drafting({ alice, watched, browser, page }) {
  const { cookies } = await browser.storageState({ indexedDB: false });
  const context = await watched.person({ storageState: { cookies, origins: [] }, serviceWorkers: "block" });
  const other = await context.newPage();
  await check("what is begun in one browser is gone on with in another", async () => {
    await place(page, "Home").click();
    await place(page, "Write").click();
    await words(page).fill("Begun at the desk,");
    await composer(page).getByRole("button", { name: "Close, the text is kept" }).click();
    await until("the server has it", async () => (await onServer(page)) === "Begun at the desk,");
    await other.goto(`${alice.base}/home`);
    await until("the other browser has it", async () => (await local(other)) === "Begun at the desk,");
    await place(other, "Write").click();
    same(await words(other).inputValue(), "Begun at the desk,", "the text");
  });
  await check("what is sent from there is no draft here any more", async () => {
    await other.evaluate(() => localStorage.setItem("calf.writing", JSON.stringify({ undo: 0 })));
    await words(other).fill("Begun at the desk, ended in the meadow.");
    await send(other);
    await post(page, "ended in the meadow").waitFor();
    await until("this browser has let go of it", async () => (await local(page)) === "" && (await onServer(page)) === "");
  });
  await check("a draft that reaches the server after its post is out does not come back, and the next post is another one", async () => {
    await page.route("**/api/calf/v1/drafts/new", async (route) => {
      if (route.request().method() === "PUT") await new Promise((resolve) => setTimeout(resolve, 2_500));
      await route.continue();
    });
    const begun = page.waitForRequest((request) => request.method() === "PUT" && request.url().endsWith("/drafts/new"));
    await place(page, "Write").click();
    await words(page).fill("Out before its draft.");
    await begun;
    await send(page);
    await post(page, "Out before its draft.").waitFor();
    await never("it comes back", async () => (await local(page)) !== "", 5_000);
    await until("the server has let go of it, too", async () => (await onServer(page)) === "");
    await page.unroute("**/api/calf/v1/drafts/new");
    await place(page, "Write").click();
    await write(page, "And another one.");
    await post(page, "And another one.").waitFor();
  });
  await context.close();
}
