// The published file as a person uses it: verbs, a server that can be stopped or killed, and the Mastodon client API.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { until } from "./checks.mjs";

export class Calf {
  #process;
  #ended;
  #token;

  /** @param {{binary: string, port: number, data: string, log: string}} options */
  constructor({ binary, port, data, log }) {
    Object.assign(this, { binary, data, log });
    this.listen = `http://127.0.0.1:${port}`;
    this.base = `http://localhost:${port}`;
  }

  get actor() {
    return `${this.base}/users/${this.username}`;
  }

  get pid() {
    return this.#process.pid;
  }

  get token() {
    return this.#token;
  }

  get database() {
    return join(this.data, "calf.db");
  }

  /** Runs one verb and gives what it printed. */
  async verb(args, input = "") {
    const child = spawn(this.binary, [...args, "--data", this.data, "--listen", this.listen], { stdio: ["pipe", "pipe", "pipe"] });
    let out = "";
    let error = "";
    child.stdout.on("data", (part) => (out += part));
    child.stderr.on("data", (part) => (error += part));
    child.stdin.on("error", () => {}).end(input);
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`calf ${args[0]} ended with ${code}: ${error.trim()}`);
    return out.trim();
  }

  async setUp(username, name) {
    this.username = username;
    await this.verb(["setup", "--username", username, "--name", name, "--password-stdin"], "correct horse battery staple\n");
    this.#token = (await this.verb(["token"])).split("\n").at(-1);
  }

  /** Starts the server without waiting for it. */
  launch() {
    const log = createWriteStream(this.log, { flags: "a" });
    this.#process = spawn(this.binary, ["serve", "--data", this.data, "--listen", this.listen], { stdio: ["ignore", "pipe", "pipe"] });
    this.#process.stdout.pipe(log, { end: false });
    this.#process.stderr.pipe(log, { end: false });
    this.#ended = once(this.#process, "close").finally(() => log.end());
  }

  /** Starts the server and waits for its first answer. */
  async start() {
    this.launch();
    await until("the server answers", async () => this.#isOver() || (await fetch(`${this.listen}/api/v1/instance`)).ok, 30_000);
    if (this.#isOver()) throw new Error(`the server ended at once with ${this.#process.exitCode}; see ${this.log}`);
  }

  #isOver() {
    return !this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** Ends the server and waits until it is gone. @returns {Promise<number|null>} its exit code, null when a signal ended it */
  async stop(signal = "SIGTERM") {
    if (this.#isOver()) return this.#process?.exitCode ?? null;
    this.#process.kill(signal);
    const [code] = await this.#ended;
    return code;
  }

  /** One request of the client API with the owner's token. An answer other than 2xx throws, with `status`. */
  async api(method, path, body, headers = {}) {
    const response = await fetch(`${this.listen}${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.#token}`, ...(body ? { "Content-Type": "application/json" } : {}), ...headers },
      body: body ? JSON.stringify(body) : undefined,
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!response.ok) throw Object.assign(new Error(`${method} ${path} was answered ${response.status}: ${text.slice(0, 300)}`), { status: response.status });
    return JSON.parse(text);
  }

  get(path) {
    return this.api("GET", path);
  }

  post(path, body, headers) {
    return this.api("POST", path, body ?? {}, headers);
  }

  /** Sends a picture for a post. @param {Record<string, string>} fields description, focus */
  async upload(bytes, fields) {
    const body = new FormData();
    body.append("file", new Blob([bytes]), "picture");
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const response = await fetch(`${this.listen}/api/v2/media`, { method: "POST", headers: { Authorization: `Bearer ${this.#token}` }, body, signal: AbortSignal.timeout(30_000) });
    if (!response.ok) throw new Error(`the picture was answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  /** What an ActivityPub server sees, unsigned. */
  async document(url) {
    const response = await fetch(url, { headers: { Accept: "application/activity+json" }, redirect: "manual", signal: AbortSignal.timeout(10_000) });
    return { status: response.status, json: response.headers.get("content-type")?.includes("json") ? await response.json() : null };
  }
}
