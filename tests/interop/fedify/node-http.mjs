// Node's http server for code that speaks Request and Response, and for a control API: POST /VERB with JSON, answered with JSON.
import { createServer } from "node:http";

async function bodyOf(incoming) {
  const parts = [];
  for await (const part of incoming) parts.push(part);
  return Buffer.concat(parts);
}

function listen(port, handle) {
  const server = createServer((incoming, outgoing) =>
    handle(incoming, outgoing).catch((failure) => {
      console.error(failure);
      if (!outgoing.headersSent) outgoing.writeHead(500, { "Content-Type": "application/json" }).end(JSON.stringify({ error: String(failure?.stack ?? failure) }));
    }));
  return new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
}

/** @param {(request: Request) => Promise<Response>} answer */
export function serve(port, answer) {
  return listen(port, async (incoming, outgoing) => {
    const headers = new Headers();
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) headers.append(incoming.rawHeaders[i], incoming.rawHeaders[i + 1]);
    const bare = incoming.method === "GET" || incoming.method === "HEAD";
    const response = await answer(new Request(`http://${incoming.headers.host}${incoming.url}`, {
      method: incoming.method, headers, body: bare ? undefined : await bodyOf(incoming),
    }));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(Buffer.from(await response.arrayBuffer()));
  });
}

/** @param {Record<string, (input: any) => any>} verbs */
export function control(port, verbs) {
  return listen(port, async (incoming, outgoing) => {
    const verb = verbs[incoming.url.slice(1)];
    if (!verb) return void outgoing.writeHead(404).end("{}");
    const input = JSON.parse((await bodyOf(incoming)).toString() || "{}");
    const answer = JSON.stringify((await verb(input)) ?? {});
    outgoing.writeHead(200, { "Content-Type": "application/json" }).end(answer);
  });
}
