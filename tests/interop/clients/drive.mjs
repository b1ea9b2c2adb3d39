// For each library a Calf of its own, and a second Calf for the person on the other side.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Calf } from "../support/calf.mjs";
import { finish } from "../support/checks.mjs";
import { masto } from "./masto.mjs";
import { push } from "./push.mjs";
import { streaming } from "./streaming.mjs";

const { CALF_BINARY: binary, CI_OUT: out } = process.env;
const firstPort = Number(process.env.CALF_PORT ?? 18950);

for (const [index, [name, scripts]] of Object.entries({ masto: [masto, streaming, push] }).entries()) {
  const work = mkdtempSync(join(tmpdir(), "calf-clients-"));
  const calf = (who, port) => new Calf({ binary, port, data: join(work, who), log: join(out, `${name}-${who}.log`) });
  const [ann, bob] = [calf("ann", firstPort + 2 * index), calf("bob", firstPort + 2 * index + 1)];
  try {
    await ann.setUp("ann", "Ann");
    await bob.setUp("bob", "Bob");
    await ann.start();
    await bob.start();
    for (const script of scripts) await script({ ann, bob });
    // A figure, not a check: what it is to reach is in the bench's results.
    const kilobytes = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${ann.pid}/status`, "utf8"))[1]);
    await sleep(5000);
    console.log(`${name}: RSS of the server after all of it, at rest: ${(kilobytes() / 1000).toFixed(1)} MB`);
  } finally {
    await ann.stop("SIGKILL");
    await bob.stop("SIGKILL");
    rmSync(work, { recursive: true });
  }
}
finish();
