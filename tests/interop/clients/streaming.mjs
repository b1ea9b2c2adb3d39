// Streams: one socket with several streams, and server-sent events.
import { createStreamingAPIClient } from "masto";
import { check, same, until } from "../support/checks.mjs";

export async function streaming({ ann, bob }) {
  const api = (method, path, body) => ann.api(method, path, body);
  const socket = createStreamingAPIClient({ streamingApiUrl: `${ann.base.replace("http", "ws")}/api/v1/streaming`, accessToken: ann.appToken });
  const seen = [];
  for (const subscription of [socket.user.subscribe(), socket.direct.subscribe(), socket.public.local.subscribe()])
    (async () => {
      for await (const event of subscription) seen.push(event);
    })().catch((failure) => seen.push({ event: `failed: ${failure.message}` }));
  const of = (event, wanted = () => true) => until(`${event} is told`, () => seen.find((e) => e.event === event && wanted(e.payload)));

  await check("WebSocket: a post, its edit and its end are told", async () => {
    let post;
    await until("the socket is open", async () => {
      post = await api("POST", "/api/v1/statuses", { status: "On air" });
      return seen.some((e) => e.event === "update");
    });
    await of("update", (status) => status.id === post.id);
    await api("PUT", `/api/v1/statuses/${post.id}`, { status: "Still on air" });
    same((await of("status.update", (status) => status.id === post.id)).payload.editedAt !== null, true, "edited");
    await api("DELETE", `/api/v1/statuses/${post.id}`);
    await of("delete", (id) => id === post.id);
  });
  await check("WebSocket: a changed filter and a direct post are told", async () => {
    await api("POST", "/api/v2/filters", { title: "x", context: ["home"] });
    await of("filters_changed");
    await api("POST", "/api/v1/statuses", { status: "To myself", visibility: "direct" });
    await of("conversation");
  });
  await check("WebSocket: what others do is told", async () => {
    await bob.post("/api/v1/statuses", { status: `@ann@${new URL(ann.base).host} on air?` });
    same((await of("notification", (n) => n.type === "mention")).payload.account.username, "bob", "who");
  });
  socket.close();

  await check("server-sent events: a post is told", async () => {
    const stop = new AbortController();
    const response = await fetch(`${ann.base}/api/v1/streaming/user`, { headers: { Authorization: `Bearer ${ann.appToken}` }, signal: stop.signal });
    same(response.headers.get("content-type"), "text/event-stream", "the type");
    const post = await api("POST", "/api/v1/statuses", { status: "By events" });
    let text = "";
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    while (!text.includes(`"id":"${post.id}"`)) text += (await reader.read()).value;
    same(text.includes("event: update\ndata: {"), true, "the event");
    stop.abort();
  });
}
