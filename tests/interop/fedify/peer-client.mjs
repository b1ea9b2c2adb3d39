// Starts and stops the peer and speaks to its control API.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { until } from "../support/checks.mjs";

export class Peer {
  #process;
  #ended;

  /** @param {{port: number, control: number, knock: string, state: string, log: string}} options */
  constructor(options) {
    this.options = options;
    this.actor = `http://127.0.0.1:${options.port}/users/fed`;
  }

  async start() {
    const { port, control, knock, state, log } = this.options;
    const file = createWriteStream(log, { flags: "a" });
    const program = join(import.meta.dirname, "peer.mjs");
    this.#process = spawn(process.execPath, [program, "--port", port, "--control", control, "--knock", knock, "--state", state], { stdio: ["ignore", "pipe", "pipe"] });
    this.#process.stdout.pipe(file, { end: false });
    this.#process.stderr.pipe(file, { end: false });
    this.#ended = once(this.#process, "close").finally(() => file.end());
    await until("the peer answers", async () => (await fetch(`http://127.0.0.1:${control}/state`, { method: "POST" })).ok, 60_000);
  }

  async stop() {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill();
    await this.#ended;
  }

  async tell(verb, input = {}) {
    const response = await fetch(`http://127.0.0.1:${this.options.control}/${verb}`, { method: "POST", body: JSON.stringify(input), signal: AbortSignal.timeout(30_000) });
    const answer = await response.json();
    if (!response.ok) throw new Error(`the peer could not ${verb}: ${answer.error}`);
    return answer;
  }

  state() {
    return this.tell("state");
  }

  /** Waits for a verified activity from Calf. */
  received(type, fits = () => true) {
    return until(`the peer has a verified ${type}`, async () => (await this.state()).received.find((a) => a.type === type && fits(a)));
  }
}

/** The id of what may be an id or an object. */
export function idOf(value) {
  return typeof value === "string" ? value : value?.id;
}
