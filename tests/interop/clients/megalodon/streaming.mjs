// A WebSocket for each stream.
import { same, that, until } from "../../support/checks.mjs";

export async function streaming({ say, client, ann, bob, other }) {
  const { data: list } = await client.createList("Watched");
  await client.addAccountsToList(list.id, [other.id]);
  const streams = {
    user: await client.userStreaming(), public: await client.publicStreaming(), local: await client.localStreaming(),
    tag: await client.tagStreaming("live"), list: await client.listStreaming(list.id), direct: await client.directStreaming(),
  };
  const seen = [];
  for (const [name, stream] of Object.entries(streams))
    for (const event of ["update", "status_update", "notification", "delete", "conversation", "error", "parser-error"])
      stream.on(event, (payload) => seen.push({ name, event, payload }));
  const find = (name, event, wanted = () => true) => seen.find((e) => e.name === name && e.event === event && wanted(e.payload));
  const told = (name, event, wanted) => until(`${event} is told by ${name}`, () => find(name, event, wanted));

  await say("streaming: the streams open", async () => {
    same(await client.streamingURL().then((url) => new URL(url).host), new URL(ann.base).host, "the address");
    // Nothing tells an app when it is subscribed: post until each hears it.
    await until("each of Ann's four streams hears her", async () => {
      await client.postStatus("Are you there? #live", {});
      return ["user", "public", "local", "tag"].every((name) => find(name, "update"));
    });
  });
  await say("streaming: a post, its edit and its end come by the user stream", async () => {
    const { data: post } = await client.postStatus("It is born #live", {});
    await told("user", "update", (status) => status.id === post.id);
    await client.editStatus(post.id, { status: "It stands #live" });
    that((await told("user", "status_update", (status) => status.id === post.id)).payload.content.includes("stands"), "the text is old");
    await client.deleteStatus(post.id);
    await told("user", "delete", (id) => id === post.id);
    for (const name of ["public", "local", "tag"]) await told(name, "update", (status) => status.id === post.id);
    that(!find("list", "update", (status) => status.id === post.id), "the list tells what is not on it");
  });
  await say("streaming: a mention and a favourite come as notifications", async () => {
    const { data: post } = await client.postStatus("Like this", {});
    const [found] = (await bob.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(post.uri)}`)).statuses;
    await bob.post(`/api/v1/statuses/${found.id}/favourite`);
    same((await told("user", "notification", (n) => n.type === "favourite" && n.status.id === post.id)).payload.account.id, other.id, "who");
    await bob.post("/api/v1/statuses", { status: `@ann@${new URL(ann.base).host} I see it` });
    await told("user", "notification", (n) => n.type === "mention" && n.status.content.includes("I see it"));
  });
  await say("streaming: the list and the public stream have what others write", async () => {
    const theirs = await bob.post("/api/v1/statuses", { status: "Live from the dog" });
    for (const name of ["list", "user", "public"]) await told(name, "update", (status) => status.uri === theirs.uri);
    that(!find("local", "update", (status) => status.uri === theirs.uri), "it is told as local");
  });
  await say("streaming: a direct post comes as a conversation", async () => {
    const { data: post } = await client.postStatus(`@${other.acct} between us`, { visibility: "direct" });
    await told("direct", "conversation", (conversation) => conversation.last_status.id === post.id);
    that(!find("public", "update", (status) => status.id === post.id), "it is told in public");
  });
  await say("streaming: nothing went wrong on any of them", () => same(seen.filter((e) => e.event.endsWith("error")).length, 0, "errors"));
  for (const stream of Object.values(streams)) stream.stop();
  await client.deleteList(list.id);
}
