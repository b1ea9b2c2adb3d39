import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Bytes of RSS of a process that has nothing to do any more: asked each second until ten answers are as good as the same, or for a minute. */
export async function restingMemory(pid) {
  const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
  const answers = [];
  for (let second = 0; second < 60; second++) {
    answers.push(resident());
    const last = answers.slice(-10);
    if (last.length === 10 && Math.max(...last) - Math.min(...last) < 1e6) break;
    await sleep(1000);
  }
  return answers.at(-1);
}
