// Counted checks with a sentence each, and bounded waits. Plain Node, for all interop scripts.
import { setTimeout as sleep } from "node:timers/promises";

/** How long something that another process does may take. Long, because the machine may be busy; a wait ends as soon as it can. */
const patience = 15_000;

let passed = 0;
let failed = 0;

/** Runs one check; gives what it returns, or undefined when it failed. */
export async function check(sentence, body) {
  try {
    const result = await body();
    passed++;
    console.log(`ok    ${sentence}`);
    return result;
  } catch (failure) {
    failed++;
    console.log(`FAIL  ${sentence}\n      ${String(failure?.message ?? failure).replaceAll("\n", "\n      ")}`);
    return undefined;
  }
}

/** Counts a check that another program made and printed. */
export const record = (good) => (good ? passed++ : failed++);

export const tally = () => ({ passed, failed });

/** Prints the counts that the caller of the script reads, and ends the process. */
export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

export function that(condition, reason) {
  if (!condition) throw new Error(reason);
}

export function same(actual, expected, what) {
  that(Object.is(actual, expected), `${what} is ${JSON.stringify(actual)} and should be ${JSON.stringify(expected)}`);
}

/** Asks until the answer is neither false nor undefined nor null, and gives it. What it threw last is told when the time is up. */
export async function until(what, ask, limit = patience) {
  const end = Date.now() + limit;
  let last = "";
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
    } catch (failure) {
      last = `: ${failure.message}`;
    }
    if (Date.now() >= end) throw new Error(`waited ${limit / 1000} s in vain until ${what}${last}`);
    await sleep(50);
  }
}

/** Holds for a while what must not change: the opposite of until. */
export async function never(what, ask, span = 1500) {
  const end = Date.now() + span;
  do {
    that(!(await ask()), `it happened: ${what}`);
    await sleep(50);
  } while (Date.now() < end);
}
