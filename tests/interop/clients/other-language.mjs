import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { check, record } from "../support/checks.mjs";

/** Runs a script of another language, whose lines "ok    " and "FAIL  " count as checks here. */
export const otherLanguage = (command, script, more = {}) => async ({ ann, bob, work }) => {
  const environment = {
    ...process.env, ...more, ANN: ann.base, BOB: bob.base, BOB_TOKEN: bob.token, NODE: process.execPath, HOME: work, XDG_CONFIG_HOME: work, PYTHONDONTWRITEBYTECODE: "1",
  };
  const child = spawn(command, [join(import.meta.dirname, script)], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  let failures = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    if (line.startsWith("ok    ")) record(true);
    if (line.startsWith("FAIL  ")) record(false), failures++;
  }
  const [code] = await ended;
  if (code !== 0 && failures === 0) await check(`${script} comes to its end`, () => { throw new Error(`it ended with ${code}`); });
};
