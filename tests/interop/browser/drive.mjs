// The story of one owner, from the first start to a talk with a neighbour. Every check is one sentence of it; those that come after a
// failed one may fail with it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { abroad } from "./abroad.mjs";
import { Calf } from "../support/calf.mjs";
import { check, finish, until } from "../support/checks.mjs";
import { judgeAccess } from "./accessible.mjs";
import { beginning } from "./beginning.mjs";
import { composing } from "./composing.mjs";
import { deck } from "./deck.mjs";
import { doing } from "./doing.mjs";
import { drafting } from "./drafting.mjs";
import { everywhere } from "./everywhere.mjs";
import { finer } from "./finer.mjs";
import { firstSteps } from "./first-steps.mjs";
import { hearing } from "./hearing.mjs";
import { leaving } from "./leaving.mjs";
import { hostile } from "./hostile.mjs";
import { keyboard } from "./keyboard.mjs";
import { lint } from "./lint.mjs";
import { long } from "./long.mjs";
import { neighbour } from "./neighbour.mjs";
import { offline } from "./offline.mjs";
import { reading } from "./reading.mjs";
import { sharing } from "./sharing.mjs";
import { translator } from "./translator.mjs";
import { types } from "./types.mjs";
import { Watched } from "./watched.mjs";
import { weight } from "./weight.mjs";
import { words } from "./words.mjs";
import { writing } from "./writing.mjs";

const { CALF_BINARY: binary, CI_OUT: out, CHROMIUM: chromium } = process.env;
const port = Number(process.env.CALF_PORT ?? 18500);
const work = mkdtempSync(join(tmpdir(), "calf-browser-"));
const alice = new Calf({ binary, port, data: join(work, "alice"), log: join(out, "alice.log") });
const bob = new Calf({ binary, port: port + 1, data: join(work, "bob"), log: join(out, "bob.log") });
const carol = new Calf({ binary, port: port + 2, data: join(work, "carol"), log: join(out, "carol.log") });
const translation = await translator();
process.env.CALF_Translation__Url = translation.url;

await types();
await lint();
await words();
const watched = await Watched.launch(chromium, alice.base);
try {
  await alice.start();
  const browser = await watched.person();
  const reader = await (await watched.person({ javaScriptEnabled: false })).newPage();
  const story = { alice, bob, carol, watched, browser, page: await browser.newPage(), reader, password: "correct horse battery staple" };
  await beginning(story);
  await firstSteps(story);
  await writing(story);
  await composing(story);
  await drafting(story);
  await sharing(story);
  await reading(story);
  await long(story);
  await deck(story);
  await leaving(story);
  await neighbour(story);
  await hearing(story);
  await finer(story);
  await doing(story);
  await keyboard(story);
  await hostile(story);
  await everywhere(story);
  await abroad(story);
  await weight(story);
  await check("in the whole story no error, no failed request, nothing asked of another server", () => watched.judge());
  await offline(story);
  await judgeAccess();
} catch (failure) {
  await check("the story comes to its end", () => { throw failure; });
} finally {
  await watched.close();
  translation.close();
  await Promise.all([alice, bob, carol].map((calf) => calf.stop("SIGKILL")));
  await until("the folders are gone", () => { rmSync(work, { recursive: true, force: true }); return true; });
}
finish();
