// Pictures in the composer: chosen, pasted, described, ordered, kept over a reload, changed in an edit.
import { check, same, that, until } from "../support/checks.mjs";
import { choose, composer, place, post, send, settings, told, words } from "./page.mjs";
import { shoot } from "./shots.mjs";

export async function composing(story) {
  await undoTime(story, "None, it goes out at once");
  await pictures(story);
  await sound(story);
  await quote(story);
  await thread(story);
  await undoTime(story, "5 seconds");
  await takeBack(story);
  await undoTime(story, "None, it goes out at once");
  await schedule(story);
  await goOn(story);
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
  await check("their order is changed, and the point that stays in view is chosen by a tap and the keys", async () => {
    await composer(page).getByRole("button", { name: "Later picture 1" }).click();
    same(await description(page, 2).inputValue(), "The desk from the left", "the second description");
    await composer(page).getByRole("button", { name: "Choose what stays in view of picture 2" }).click();
    const frame = page.getByRole("group", { name: "The picture. Arrow keys" });
    await frame.click({ position: { x: 0, y: 0 } });
    await page.getByText("0 % from the left, 0 % from the top").waitFor();
    await frame.click();
    await page.getByText("50 % from the left, 50 % from the top").waitFor();
    await frame.press("ArrowRight");
    await frame.press("ArrowUp");
    await page.getByText("55 % from the left, 45 % from the top").waitFor();
    await shoot(page, "compose-focus");
    await page.getByRole("button", { name: "Done" }).click();
  });
  for (const way of ["paste", "drop"]) await check(`a picture that comes by ${way} is taken, and taken away again`, async () => {
    await words(page).evaluate((area, way) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), (c) => c.charCodeAt(0));
      data.items.add(new File([bytes], "third.png", { type: "image/png" }));
      area.dispatchEvent(way === "paste" ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }, way);
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

/** A short tone, as a WAV file. */
function tone() {
  const rate = 8000, samples = rate / 2, bytes = Buffer.alloc(44 + samples);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(36 + samples, 4);
  bytes.write("WAVEfmt ", 8);
  for (const [at, value] of [[16, 16], [24, rate], [28, rate], [40, samples]]) bytes.writeUInt32LE(value, at);
  for (const [at, value] of [[20, 1], [22, 1], [32, 1], [34, 8]]) bytes.writeUInt16LE(value, at);
  bytes.write("data", 36);
  for (let i = 0; i < samples; i++) bytes[44 + i] = 128 + 60 * Math.sin((i * 2 * Math.PI * 440) / rate);
  return { name: "moo.wav", mimeType: "audio/wav", buffer: bytes };
}

async function sound({ page }) {
  await check("a sound goes alone: a picture beside it is refused with a sentence", async () => {
    await place(page, "Write").click();
    await words(page).fill("Listen.");
    await chooser(page).setInputFiles([tone()]);
    await composer(page).getByLabel("Description of sound 1").fill("A calf calls");
    await chooser(page).setInputFiles([await picture(page, "beside.png")]);
    await composer(page).getByText("A film or a sound goes alone.").waitFor();
    same(await composer(page).locator(".file").count(), 1, "the files");
    await composer(page).locator("button[type=submit]:enabled").waitFor();
    await shoot(page, "compose-sound");
    await send(page);
    await post(page, "Listen.").locator('audio[aria-label="A calf calls"]').waitFor();
  });
}

async function quote({ page }) {
  await check("a post is quoted from its menu, with what is quoted in view", async () => {
    await choose(page, post(page, "One look"), "Quote");
    await composer(page).locator(".quoted", { hasText: "One look at the desk." }).waitFor();
    await words(page).fill("As I said:");
    await shoot(page, "compose-quote");
    await send(page);
    await post(page, "As I said:").locator(".quoted", { hasText: "One look at the desk." }).waitFor();
  });
}

const threadWords = (page, n) => composer(page).getByLabel(`Text of post ${n}, in Markdown`);

async function thread({ watched, page }) {
  await check("a thread of three is written in one sheet", async () => {
    await place(page, "Write").click();
    await words(page).fill("First, the lettuce.");
    await composer(page).getByRole("button", { name: "Add another post" }).click();
    await threadWords(page, 2).fill("Second, the fence.");
    await composer(page).getByRole("button", { name: "Add another post" }).click();
    await threadWords(page, 3).fill("Third, the calf.");
    await shoot(page, "compose-thread");
  });
  await check("when the second fails, the first is marked as out and the rest stays; the next try sends only that", async () => {
    let posts = 0;
    watched.expect("POST", "/api/v1/statuses", 503);
    await page.route("**/api/v1/statuses", (route) => (++posts === 2 ? route.fulfill({ status: 503, json: { error: "The disk is full." } }) : route.fallback()));
    await composer(page).locator("button[type=submit]").click();
    await composer(page).getByText("1 of 3 posts is out. The disk is full.").waitFor();
    same(await composer(page).locator("calf-part[inert]").count(), 1, "the posts that are marked as out");
    await shoot(page, "compose-thread-half");
    await send(page);
    await page.unroute("**/api/v1/statuses");
    same(posts, 4, "the posts that were sent");
  });
  await check("they answer one another in their order", async () => {
    await until("all three are here", async () => (await page.locator("#main calf-post", { hasText: "Third, the calf." }).count()) === 1);
    const [third, second, first] = await page.evaluate(() => fetch("/api/v1/timelines/home?limit=3").then((answer) => answer.json()));
    that(third.content.includes("Third") && second.content.includes("Second") && first.content.includes("First"), "the order is another");
    same(`${third.in_reply_to_id} ${second.in_reply_to_id} ${first.in_reply_to_id}`, `${second.id} ${first.id} null`, "what they answer");
  });
}

const undoTime = ({ page }, time) => check(`the time to take a post back is set in the settings: ${time}`, async () => {
  await settings(page, "Writing");
  await page.getByLabel("Time to take a post back").selectOption(time);
  await page.getByLabel("Time to take a post back").scrollIntoViewIfNeeded();
  await shoot(page, "settings-writing");
  await place(page, "Home").click();
});

async function takeBack({ page }) {
  const text = "Posted too soon.";
  const latest = () => page.evaluate(() => fetch("/api/v1/timelines/home?limit=1").then(async (answer) => (await answer.json())[0].content));
  await check("a post is held back and can be taken back: it is a draft again, and nothing went out", async () => {
    await place(page, "Write").click();
    await words(page).fill(text);
    await send(page);
    await told(page, "Posted in");
    await shoot(page, "undo");
    await page.locator("#toasts").getByRole("button", { name: "Undo" }).click();
    same(await words(page).inputValue(), text, "the draft");
    that(!(await latest()).includes(text), "the post went out");
  });
  await check("what is held back goes out after its time", async () => {
    await words(page).fill("Posted in good time.");
    await send(page);
    await told(page, "Posted in");
    that(!(await latest()).includes("good time"), "the post went out at once");
    await post(page, "Posted in good time.").waitFor();
  });
  await check("leaving the page sends what is held back, once", async () => {
    await place(page, "Write").click();
    await words(page).fill("Off I go.");
    await send(page);
    await told(page, "Posted in");
    await page.reload();
    await post(page, "Off I go.").waitFor();
    await until("nothing is held back any more", () => page.evaluate(() => !Object.keys(localStorage).some((key) => key.startsWith("calf.held."))));
    const all = await page.evaluate(() => fetch("/api/v1/timelines/home?limit=10").then((answer) => answer.json()));
    same(all.filter((status) => status.content.includes("Off I go.")).length, 1, "the posts");
  });
}

async function schedule({ alice, page }) {
  await check("a post gets a time and waits in its list", async () => {
    await place(page, "Write").click();
    await words(page).fill("Good morning, tomorrow.");
    await composer(page).getByRole("button", { name: "Send it later" }).click();
    await page.getByLabel("Day and time").fill("2040-05-06T07:08");
    await shoot(page, "schedule");
    await page.getByRole("button", { name: "Set the time" }).click();
    await composer(page).getByRole("button", { name: "Set for later" }).click();
    await page.locator("#toasts").getByRole("button", { name: "See what waits" }).click();
    await page.getByRole("heading", { name: "Waiting" }).waitFor();
    await page.locator("article", { hasText: "Good morning, tomorrow." }).getByText("6 May").waitFor();
    await shoot(page, "scheduled");
  });
  await check("it is moved to another time", async () => {
    await page.getByRole("button", { name: "Another time" }).click();
    await page.getByLabel("Day and time").fill("2040-07-08T09:10");
    await page.getByRole("button", { name: "Set the time" }).click();
    await page.locator("article", { hasText: "Good morning, tomorrow." }).getByText("8 Jul").waitFor();
    await page.goto(`${alice.base}/scheduled`);
    await page.locator("article", { hasText: "Good morning, tomorrow." }).getByText("8 Jul").waitFor();
  });
  await check("taken back it is a draft, and nothing waits any more", async () => {
    await page.getByRole("button", { name: "Take it back" }).click();
    same(await words(page).inputValue(), "Good morning, tomorrow.", "the draft");
    await words(page).fill("");
    await composer(page).getByRole("button", { name: "Close" }).click();
    await page.getByText("Nothing waits").waitFor();
    await shoot(page, "scheduled-none");
    await place(page, "Home").click();
  });
}

async function goOn({ page }) {
  await check("a draft of an answer is found among the drafts, with what it answers in view", async () => {
    await post(page, "Off I go.").getByRole("button", { name: "Reply" }).click();
    await words(page).fill("Where to?");
    await page.keyboard.press("Escape");
    await composer(page).waitFor({ state: "detached" });
    await place(page, "Write").click();
    await composer(page).getByRole("button", { name: "Other drafts" }).click();
    await shoot(page, "compose-drafts");
    await page.getByRole("menuitem", { name: "Where to?" }).click();
    await composer(page).getByRole("heading", { name: "Answer" }).waitFor();
    same(await words(page).inputValue(), "Where to?", "the draft");
    await composer(page).locator(".composer-to", { hasText: "Off I go." }).waitFor();
    await words(page).fill("");
    await composer(page).getByRole("button", { name: "Close" }).click();
    await composer(page).waitFor({ state: "detached" });
  });
}
