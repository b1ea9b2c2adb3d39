// Streams: one socket whose streams are begun and ended one by one, and server-sent events.
import { createStreamingAPIClient } from "masto";
import { never, same, that, until } from "../../support/checks.mjs";

export async function streaming({ ann, bob, say, token, v1, other }) {
  const socket = createStreamingAPIClient({ streamingApiUrl: `${ann.base.replace("http", "ws")}/api/v1/streaming`, accessToken: token });
  const list = await v1.lists.create({ title: "On air" });
  await v1.lists.$select(list.id).accounts.create({ accountIds: [other.id] });
  const begun = {
    user: socket.user.subscribe(), notification: socket.user.notification.subscribe(), direct: socket.direct.subscribe(), public: socket.public.subscribe(),
    local: socket.public.local.subscribe(), remote: socket.public.remote.subscribe(), hashtag: socket.hashtag.subscribe({ tag: "air" }), list: socket.list.subscribe({ list: list.id }),
  };
  const seen = [];
  for (const [name, subscription] of Object.entries(begun))
    (async () => {
      for await (const { event, payload } of subscription) seen.push({ name, event, payload });
    })().catch((failure) => seen.push({ name, event: `failed: ${failure.message}` }));
  const find = (name, event, wanted = () => true) => seen.find((e) => e.name === name && e.event === event && wanted(e.payload));
  const told = (name, event, wanted) => until(`${event} is told by ${name}`, () => find(name, event, wanted));

  await say("WebSocket: a post, its edit and its end are told", async () => {
    let post;
    await until("the socket is open", async () => {
      post = await v1.statuses.create({ status: "On air #air" });
      return ["user", "public", "local", "hashtag"].every((name) => find(name, "update"));
    });
    await told("user", "update", (status) => status.id === post.id);
    await v1.statuses.$select(post.id).update({ status: "Still on air #air" });
    same((await told("user", "status.update", (status) => status.id === post.id)).payload.editedAt !== null, true, "edited");
    await v1.statuses.$select(post.id).remove();
    await told("user", "delete", (id) => id === post.id);
    that(!find("list", "update") && !find("remote", "update"), "a stream tells what is not its own");
  });
  await say("WebSocket: a changed filter and a direct post are told", async () => {
    const filter = await ann.post("/api/v2/filters", { title: "x", context: ["home"] });
    await told("user", "filters_changed");
    await ann.api("DELETE", `/api/v2/filters/${filter.id}`);
    const direct = await v1.statuses.create({ status: "To myself", visibility: "direct" });
    await told("direct", "conversation", (conversation) => conversation.lastStatus.id === direct.id);
    that(!find("public", "update", (status) => status.id === direct.id), "it is told in public");
  });
  await say("WebSocket: what others do is told by each stream that it belongs to", async () => {
    const theirs = await bob.post("/api/v1/statuses", { status: `@ann@${new URL(ann.base).host} on air?` });
    for (const name of ["user", "notification"])
      same((await told(name, "notification", (n) => n.type === "mention")).payload.account.username, "bob", "who");
    for (const name of ["public", "remote"]) await told(name, "update", (status) => status.uri === theirs.uri);
    const open = await bob.post("/api/v1/statuses", { status: "Out of the stable" });
    await told("list", "update", (status) => status.uri === open.uri);
    that(!find("local", "update", (status) => status.uri === theirs.uri), "a stranger's post is told as local");
  });
  await say("WebSocket: a stream that was ended tells nothing more", async () => {
    begun.hashtag.unsubscribe();
    const post = await v1.statuses.create({ status: "Off #air" });
    await told("user", "update", (status) => status.id === post.id);
    await never("the ended stream tells it", () => find("hashtag", "update", (status) => status.id === post.id), 500);
  });
  socket.close();
  await v1.lists.$select(list.id).remove();

  await say("server-sent events: a post is told", async () => {
    const stop = new AbortController();
    const response = await fetch(`${ann.base}/api/v1/streaming/user`, { headers: { Authorization: `Bearer ${token}` }, signal: stop.signal });
    same(response.headers.get("content-type"), "text/event-stream", "the type");
    const post = await v1.statuses.create({ status: "By events" });
    let text = "";
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    while (!text.includes(`"id":"${post.id}"`)) text += (await reader.read()).value;
    same(text.includes("event: update\ndata: {"), true, "the event");
    stop.abort();
  });
}
