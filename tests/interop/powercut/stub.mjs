// Another server, in as few lines as it takes: actors with one key, a shared inbox that checks signatures and writes down what
// comes, and signed POSTs. Only node:http and node:crypto.
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { createServer } from "node:http";

const json = "application/activity+json";

export class Stub {
  /** Bodies by activity id; a Map keeps the order of first arrival. */
  arrived = new Map();
  /** What was wrong with what arrived. */
  faults = [];
  #keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  #senderKeys = new Map();

  constructor(port) {
    this.port = port;
    this.base = `http://127.0.0.1:${port}`;
  }

  actor(name) {
    return `${this.base}/users/${name}`;
  }

  async start() {
    this.server = createServer((request, response) => this.#handle(request, response).catch((failure) => {
      this.faults.push(failure.message);
      response.writeHead(500).end();
    }));
    await new Promise((resolve, reject) => this.server.once("error", reject).listen(this.port, "127.0.0.1", resolve));
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  async #handle(request, response) {
    if (request.method === "POST" && request.url === "/inbox") return this.#receive(request, response);
    const name = /^\/users\/([a-z0-9]+)$/.exec(request.url)?.[1];
    if (!name) return void response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": json }).end(JSON.stringify({
      "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
      id: this.actor(name), type: "Person", preferredUsername: name, name, inbox: `${this.base}/inbox`, endpoints: { sharedInbox: `${this.base}/inbox` },
      followers: `${this.actor(name)}/followers`,
      publicKey: { id: `${this.actor(name)}#main-key`, owner: this.actor(name), publicKeyPem: this.#keys.publicKey.export({ type: "spki", format: "pem" }) },
    }));
  }

  async #receive(request, response) {
    const parts = [];
    try {
      for await (const part of request) parts.push(part);
    } catch {
      return; // Its sender was killed in the middle.
    }
    const body = Buffer.concat(parts);
    const fault = await this.#check(request, body);
    if (fault) {
      this.faults.push(fault);
      return void response.writeHead(401).end();
    }
    const activity = JSON.parse(body);
    if (!this.arrived.has(activity.id)) this.arrived.set(activity.id, { activity, bodies: new Set(), times: 0 });
    const entry = this.arrived.get(activity.id);
    entry.bodies.add(createHash("sha256").update(body).digest("hex"));
    entry.times++;
    response.writeHead(202).end();
  }

  /** Why the signature does not hold, or undefined. */
  async #check(request, body) {
    const fields = Object.fromEntries([...(request.headers.signature ?? "").matchAll(/([a-z]+)="([^"]*)"/gi)].map((m) => [m[1], m[2]]));
    if (!fields.keyId) return "a delivery without a signature";
    if (request.headers.digest !== digestOf(body)) return `the digest of ${body} is ${request.headers.digest}`;
    const text = fields.headers.split(" ").map((h) => `${h}: ${h === "(request-target)" ? `post ${request.url}` : request.headers[h]}`).join("\n");
    const good = verify("sha256", Buffer.from(text), await this.#keyOf(fields.keyId), Buffer.from(fields.signature, "base64"));
    return good ? undefined : `a delivery with a wrong signature by ${fields.keyId}`;
  }

  async #keyOf(keyId) {
    if (!this.#senderKeys.has(keyId)) {
      const response = await fetch(keyId.split("#")[0], { headers: { Accept: json } });
      this.#senderKeys.set(keyId, createPublicKey((await response.json()).publicKey.publicKeyPem));
    }
    return this.#senderKeys.get(keyId);
  }

  /** Sends a signed activity. @returns {Promise<number>} the answer's status; throws when the connection broke */
  async send(inbox, activity) {
    const body = Buffer.from(JSON.stringify({ "@context": "https://www.w3.org/ns/activitystreams", ...activity }));
    const url = new URL(inbox);
    const date = new Date().toUTCString();
    const names = "(request-target) host date digest content-type";
    const text = `(request-target): post ${url.pathname}\nhost: ${url.host}\ndate: ${date}\ndigest: ${digestOf(body)}\ncontent-type: ${json}`;
    const signature = sign("sha256", Buffer.from(text), this.#keys.privateKey).toString("base64");
    const response = await fetch(inbox, {
      method: "POST",
      headers: {
        "Content-Type": json, Date: date, Digest: digestOf(body),
        Signature: `keyId="${activity.actor}#main-key",algorithm="rsa-sha256",headers="${names}",signature="${signature}"`,
      },
      body,
      signal: AbortSignal.timeout(20_000),
    });
    await response.text();
    return response.status;
  }
}

function digestOf(body) {
  return `SHA-256=${createHash("sha256").update(body).digest("base64")}`;
}
