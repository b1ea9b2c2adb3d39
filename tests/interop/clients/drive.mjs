// One Calf for all libraries, as a person may use many apps, and a second one for the person on the other side.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Calf } from "../support/calf.mjs";
import { check, finish, tally } from "../support/checks.mjs";
import { masto } from "./masto/all.mjs";
import { megalodon } from "./megalodon/all.mjs";
import { otherLanguage } from "./other-language.mjs";
import { restingMemory } from "./resting-memory.mjs";

// Debian's Python, because its packages are not there for another.
const python = "/usr/bin/python3";
const libraries = { masto, megalodon, "Mastodon.py": otherLanguage(python, "mastodonpy/all.py"), toot: otherLanguage(python, "toot/all.py") };

const { CALF_BINARY: binary, CI_OUT: out, ONLY: only } = process.env;
const port = Number(process.env.CALF_PORT ?? 18950);
const work = mkdtempSync(join(tmpdir(), "calf-clients-"));
const [ann, bob] = ["ann", "bob"].map((who, index) => new Calf({ binary, port: port + index, data: join(work, who), log: join(out, `${who}.log`) }));

try {
  await ann.setUp("ann", "Ann");
  await bob.setUp("bob", "Bob");
  await ann.start();
  await bob.start();
  for (const [name, script] of Object.entries(libraries)) {
    if (only && only !== name) continue;
    const before = tally();
    try {
      await script({ ann, bob, work });
    } catch (failure) {
      await check(`${name}: the script comes to its end`, () => { throw failure; });
    }
    console.log(`${name}: ${tally().passed - before.passed} of ${tally().passed + tally().failed - before.passed - before.failed} checks passed\n`);
  }
  // A figure, not a check: what it is to reach is in the bench's results.
  console.log(`RSS of the server after all of it, at rest: ${((await restingMemory(ann.pid)) / 1e6).toFixed(1)} MB`);
} finally {
  await ann.stop("SIGKILL");
  await bob.stop("SIGKILL");
  rmSync(work, { recursive: true });
}
finish();
