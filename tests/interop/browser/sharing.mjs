// What another app of the telephone hands over, as the manifest's share_target has the browser send it.
import { check, same, until } from "../support/checks.mjs";
import { composer, place, post, send, words } from "./page.mjs";
import { shoot } from "./shots.mjs";

/** Sends the form that the browser would, with a picture where `named` is given. */
const share = (page, text, url, named = "") => page.evaluate(async ([text, url, named]) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/write", enctype: "multipart/form-data" });
  for (const [name, value] of Object.entries({ title: "", text, url })) form.append(Object.assign(document.createElement("input"), { name, value }));
  if (named) {
    const files = new DataTransfer(), input = Object.assign(document.createElement("input"), { type: "file", name: "files" });
    files.items.add(new File([await (await fetch("/app/icon-192.png")).blob()], named, { type: "image/png" }));
    input.files = files.files;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}, [text, url, named]);

export async function sharing({ alice, watched, browser, page }) {
  await check("words and a picture that another app shares are ready to be posted, beside what was begun", async () => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await place(page, "Write").click();
    await words(page).fill("Begun, and not to be touched.");
    await composer(page).getByRole("button", { name: "Close, the text is kept" }).click();
    await share(page, "From the gallery", "https://example.org/calf", "the calf, at dawn.png");
    await until("the words are there", async () => (await words(page).inputValue()) === "From the gallery\n\nhttps://example.org/calf");
    await composer(page).getByLabel("Description of picture 1").fill("A calf");
    await composer(page).getByText(/descriptions? (is|are) missing/).waitFor({ state: "detached" });
    await shoot(page, "compose-shared", "/write");
    await send(page);
    await post(page, "From the gallery").getByRole("button", { name: "Picture: A calf" }).waitFor();
    await place(page, "Write").click();
    same(await words(page).inputValue(), "Begun, and not to be touched.", "what was begun");
    await words(page).fill("");
    await page.keyboard.press("Escape");
  });
  await check("where the files cannot be had the sheet says so", async () => {
    const { cookies } = await browser.storageState({ indexedDB: false });
    const bare = await watched.person({ storageState: { cookies, origins: [] }, serviceWorkers: "block" });
    const other = await bare.newPage();
    await other.goto(`${alice.base}/home`);
    await share(other, "", "", "lost.png");
    await composer(other).getByText("What was shared did not arrive. Share it again.").waitFor();
    await bare.close();
  });
}
