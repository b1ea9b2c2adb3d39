// Pictures in the composer: chosen, pasted, described, ordered, kept over a reload, changed in an edit.
import { check, same, that, until } from "../support/checks.mjs";
import { choose, composer, place, post, send, told, words } from "./page.mjs";
import { shoot } from "./shots.mjs";

export async function composing(story) {
  await pictures(story);
}

/** A picture to send: what a page looks like. */
const picture = async (page, name) => ({ name, mimeType: "image/png", buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 480, height: 320 } }) });
const chooser = (page) => composer(page).getByLabel("Files", { exact: true });
const description = (page, n) => composer(page).getByLabel(`Description of picture ${n}`);
const sent = (page) => until("the server has every file", async () => (await composer(page).locator("button.file-thumb").count()) === (await composer(page).locator(".file").count()));

async function pictures({ page }) {
  await check("two pictures are chosen, and the composer says that their descriptions are missing", async () => {
    await place(page, "Write").click();
    await words(page).fill("Two looks at the desk.");
    await chooser(page).setInputFiles([await picture(page, "one.png"), await picture(page, "two.png")]);
    await sent(page);
    await composer(page).getByText("2 descriptions are missing.").waitFor();
    await description(page, 1).fill("The desk from the left");
    await composer(page).getByText("One description is missing.").waitFor();
    await shoot(page, "compose-pictures");
  });
  await check("their order is changed, and the point that stays in view is chosen with the keys", async () => {
    await composer(page).getByRole("button", { name: "Later picture 1" }).click();
    same(await description(page, 2).inputValue(), "The desk from the left", "the second description");
    await composer(page).getByRole("button", { name: "Choose what stays in view of picture 2" }).click();
    const frame = page.getByRole("group", { name: "The picture. Arrow keys" });
    await frame.press("ArrowRight");
    await frame.press("ArrowUp");
    await page.getByText("55 % from the left, 45 % from the top").waitFor();
    await shoot(page, "compose-focus");
    await page.getByRole("button", { name: "Done" }).click();
  });
  await check("a picture from the clipboard is taken, and taken away again", async () => {
    await words(page).evaluate((area) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), (c) => c.charCodeAt(0));
      data.items.add(new File([bytes], "pasted.png", { type: "image/png" }));
      area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await description(page, 3).waitFor();
    await sent(page);
    await composer(page).getByRole("button", { name: "Take away picture 3" }).click();
    same(await composer(page).locator(".file").count(), 2, "the files");
  });
  await check("after a reload words, pictures and descriptions are still in the draft", async () => {
    await page.reload();
    await place(page, "Write").click();
    same(await words(page).inputValue(), "Two looks at the desk.", "the text");
    await sent(page);
    same(await description(page, 2).inputValue(), "The desk from the left", "the second description");
  });
  await check("who insists on descriptions is stopped, led to the one that is missing, and goes on", async () => {
    await page.evaluate(() => localStorage.setItem("calf.writing", JSON.stringify({ ...JSON.parse(localStorage.getItem("calf.writing") ?? "{}"), insist: true })));
    await composer(page).locator("button[type=submit]").click();
    await composer(page).getByText("You asked to be stopped here.").waitFor();
    that(await description(page, 1).evaluate((area) => area === document.activeElement), "the missing description has not the focus");
    await page.keyboard.type("The desk from the right");
    await send(page);
    const card = post(page, "Two looks");
    await card.getByRole("button", { name: "Picture: The desk from the right" }).waitFor();
    const [status] = await page.evaluate(() => fetch("/api/v1/timelines/home?limit=1").then((answer) => answer.json()));
    same(status.media_attachments.map((one) => one.description).join("; "), "The desk from the right; The desk from the left", "the descriptions");
    same(JSON.stringify(status.media_attachments[1].meta.focus), '{"x":0.1,"y":0.1}', "the point in view");
    await shoot(page, "post-pictures");
  });
  await check("an edit changes a description and takes a picture away", async () => {
    await choose(page, post(page, "Two looks"), "Edit");
    await words(page).fill("One look at the desk.");
    await description(page, 2).fill("The desk, seen from the left");
    await composer(page).getByRole("button", { name: "Take away picture 1" }).click();
    await send(page);
    await told(page, "The change is out.");
    await post(page, "One look").getByRole("button", { name: "Picture: The desk, seen from the left" }).waitFor();
    same(await post(page, "One look").locator(".media figure").count(), 1, "the pictures");
  });
}
