// One thread over four servers: three Calfs and the Fedify peer. Alice, who knows one post of it, gets all that can be had, and is told what cannot.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Calf } from "../support/calf.mjs";
import { check, same, that, until } from "../support/checks.mjs";
import { Peer } from "./peer-client.mjs";

/** @param {{binary: string, out: string, port: number}} options */
export async function threads({ binary, out, port }) {
  const work = mkdtempSync(join(tmpdir(), "calf-fedify-"));
  const calves = Object.fromEntries(["alice", "bob", "carol"].map((name, n) => [name, new Calf({ binary, port: port + n, data: join(work, name), log: join(out, `calf-threads-${name}.log`) })]));
  const peer = new Peer({ port: port + 3, control: port + 4, knock: "draft-cavage-http-signatures-12", state: join(work, "peer.json"), log: join(out, "peer-threads.log") });
  const dead = `http://127.0.0.1:${port + 5}/users/dan/statuses/1`;
  try {
    for (const [name, calf] of Object.entries(calves)) await calf.setUp(name, name);
    await Promise.all([...Object.values(calves), peer].map((server) => server.start()));
    await story({ ...calves, peer, dead });
  } finally {
    for (const server of [...Object.values(calves), peer]) await server.stop("SIGKILL");
    rmSync(work, { recursive: true });
  }
}

async function story({ alice, bob, carol, peer, dead }) {
  const tree = {};
  await check("a thread grows over Fedify and two Calfs", async () => {
    tree.root = (await peer.tell("grow", { content: "<p>Where do calves sleep?</p>" })).id;
    tree.bob = (await answer(bob, tree.root, "In the barn.")).uri;
    tree.carol = (await answer(carol, tree.bob, "Mine sleeps in the kitchen.")).uri;
    tree.fed = (await peer.tell("grow", { content: "<p>The kitchen?</p>", inReplyTo: tree.carol })).id;
    tree.hidden = (await answer(bob, tree.root, "Do not tell anybody, but on my bed.", "private")).uri;
    tree.deleted = (await peer.tell("grow", { content: "<p>Wrong window</p>", inReplyTo: tree.root })).id;
    tree.late = (await peer.tell("grow", { content: "<p>On the meadow.</p>", inReplyTo: tree.root })).id;
    await peer.tell("forget", { uri: tree.deleted });
    // Over four pages, with the root itself and one answer twice.
    await peer.tell("list", { uri: tree.root, answers: [tree.bob, tree.hidden, tree.root, tree.deleted, dead, tree.late, tree.bob] });
    // Carol's server does not know of it: only Fedify's own list does.
    await peer.tell("list", { uri: tree.late, answers: [tree.fed] });
  });

  let opened;
  await check("Alice opens its first post: the answer comes at once and says that more is looked for", async () => {
    opened = (await find(alice, tree.root)).id;
    const response = await fetch(`${alice.listen}/api/v1/statuses/${opened}/context`, { headers: { Authorization: `Bearer ${alice.token}` } });
    const header = response.headers.get("mastodon-async-refresh") ?? "";
    that(header.startsWith(`id="${opened}", retry=`), `the header is ${header}`);
    await until("the look is over", async () => (await alice.get(`/api/v1_alpha/async_refreshes/${opened}`)).async_refresh.status === "finished", 60_000);
  });

  await check("she has the exact tree of what can be had", async () => {
    const { descendants } = await alice.get(`/api/v1/statuses/${opened}/context`);
    const uris = new Map([[opened, tree.root], ...descendants.map((status) => [status.id, status.uri])]);
    same(JSON.stringify(descendants.map((status) => [status.uri, uris.get(status.in_reply_to_id)]).sort()),
      JSON.stringify([[tree.bob, tree.root], [tree.carol, tree.bob], [tree.fed, tree.carol], [tree.late, tree.root]].sort()), "the tree");
  });

  await check("and the exact account of what cannot", async () => {
    const state = await alice.get(`/api/calf/v1/statuses/${opened}/completeness`);
    same(state.here, 4, "here");
    same(JSON.stringify(state.posts.map((post) => [post.uri, post.reason]).sort()),
      JSON.stringify([[tree.hidden, "not_public"], [tree.deleted, "deleted"], [dead, "unreachable"]].sort()), "what is missing");
    same(state.announced, 7, "announced");
    same(state.looking, false, "looking");
  });

  await check("to open it once more asks nobody anything", async () => {
    const before = (await peer.state()).requests.length;
    const response = await fetch(`${alice.listen}/api/v1/statuses/${opened}/context`, { headers: { Authorization: `Bearer ${alice.token}` } });
    same(response.headers.get("mastodon-async-refresh"), null, "the header");
    same((await peer.state()).requests.length, before, "requests");
  });
}

/** Somebody finds a post by its address and answers it. */
async function answer(calf, uri, status, visibility = "public") {
  return calf.post("/api/v1/statuses", { status, visibility, in_reply_to_id: (await find(calf, uri)).id });
}

async function find(calf, uri) {
  const [status] = (await calf.get(`/api/v2/search?resolve=true&type=statuses&q=${encodeURIComponent(uri)}`)).statuses;
  that(status, `${uri} is not found`);
  return status;
}
