// s3rver as a process of its own, which can be killed and started again on the same folder.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "../support/checks.mjs";

const program = fileURLToPath(new URL("node_modules/s3rver/bin/s3rver.js", import.meta.url));
const suffix = "._S3rver_object";

export class Store {
  #process;

  constructor({ port, folder, log }) {
    Object.assign(this, { port, folder, log, bucket: "calf", prefix: "own/media" });
    this.endpoint = `http://127.0.0.1:${port}`;
  }

  async start() {
    const log = createWriteStream(this.log, { flags: "a" });
    this.#process = spawn(process.execPath, [program, "-d", this.folder, "-a", "127.0.0.1", "-p", String(this.port), "--configure-bucket", this.bucket], { stdio: ["ignore", "pipe", "pipe"] });
    this.#process.stdout.pipe(log, { end: false });
    this.#process.stderr.pipe(log, { end: false });
    await until("s3rver answers", async () => (await fetch(this.endpoint)).status > 0);
  }

  async stop() {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "close");
    this.#process.kill("SIGKILL");
    await ended;
  }

  /** The names of the files that lie there, whole or not. */
  names() {
    const folder = join(this.folder, this.bucket, this.prefix);
    return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length)).sort() : [];
  }

  read(name) {
    return readFileSync(join(this.folder, this.bucket, this.prefix, name + suffix));
  }
}
