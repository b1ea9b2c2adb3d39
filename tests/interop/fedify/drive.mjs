// Calf, the published file, and a peer made with Fedify do everything to each other, once for each kind of signature that the peer
// begins with. In the middle both are stopped and started again.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Calf } from "../support/calf.mjs";
import { check, finish, never, same, that, until } from "../support/checks.mjs";
import { further } from "./further.mjs";
import { idOf, Peer } from "./peer-client.mjs";
import { pictures } from "./pictures.mjs";
import { polls } from "./polls.mjs";
import { quotes } from "./quotes.mjs";
import { threads } from "./threads.mjs";

const { CALF_BINARY: binary, CI_OUT: out } = process.env;
const firstPort = Number(process.env.CALF_PORT ?? 18900);
const cavage = "draft-cavage-http-signatures-12";
const everybody = ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"];

const kinds = [cavage, "rfc9421"];
for (const [index, knock] of kinds.entries()) {
  const work = mkdtempSync(join(tmpdir(), "calf-fedify-"));
  const calf = new Calf({ binary, port: firstPort + 10 * index, data: join(work, "data"), log: join(out, `calf-${index}.log`) });
  const peer = new Peer({ port: firstPort + 10 * index + 1, control: firstPort + 10 * index + 2, knock, state: join(work, "peer.json"), log: join(out, `peer-${index}.log`) });
  try {
    await run(calf, peer, knock);
  } finally {
    await calf.stop("SIGKILL");
    await peer.stop();
    rmSync(work, { recursive: true });
  }
}
await further({ binary, out, port: firstPort + 10 * kinds.length });
await threads({ binary, out, port: firstPort + 10 * (kinds.length + 1) });
finish();

async function run(calf, peer, knock) {
  const checked = (sentence, body) => check(`${knock === cavage ? "cavage" : knock}: ${sentence}`, body);
  await calf.setUp("calf", "Calf of the tests");
  await Promise.all([calf.start(), peer.start()]);
  const both = { calf, peer, knock, check: checked };

  await findEachOther(both);
  await follow(both);
  const posts = await post(both);
  await reply(both, posts);
  await like(both, posts);
  await announce(both, posts);
  await pictures(both);
  await polls(both);
  await quotes(both);
  await restart(both);
  await update(both, posts);
  await keepPrivate(both);
  await remove(both, posts);
  await unfollow(both);
  await leaveNothing(both);
}

// --- One after another ----------------------------------------------------------------------------------------------------------------

async function findEachOther({ calf, peer, check }) {
  await check("Fedify looks Calf's actor up by its address", async () => {
    const { json } = await peer.tell("lookup", { uri: calf.actor });
    same(json?.id, calf.actor, "the id");
    same(json.preferredUsername, "calf", "the name");
    that(json.publicKey && json.inbox, "key or inbox is missing");
  });
  await check("Calf finds the Fedify actor by its address", async () => {
    const [account] = (await calf.get(`/api/v2/search?resolve=true&type=accounts&q=${encodeURIComponent(peer.actor)}`)).accounts;
    same(account?.uri, peer.actor, "the uri");
    same(account.display_name, "Fed the Peer", "the name");
    same(account.acct, `fed@${new URL(peer.actor).host}`, "the handle");
    peer.accountId = account.id;
  });
}

async function follow({ calf, peer, check, knock }) {
  await check("Fedify follows: Calf has the follower, tells its owner and accepts with the Follow's id", async () => {
    const { id } = await peer.tell("follow", { uri: calf.actor });
    await peer.received("Accept", (a) => idOf(a.object) === id && a.actor === calf.actor);
    await notified(calf, "follow", peer);
    same((await relationship(calf, peer)).followed_by, true, "followed_by");
    peer.followId = id;
  });
  await check(`Fedify's own first knock was ${knock}, and Calf took it`, async () => {
    const { knocks } = await peer.state();
    same(knocks[0]?.kind, knock, "the kind of the first signature");
    same(knocks[0].status, 202, "the answer");
  });
  await check("Calf follows: Fedify verifies the Follow, and Calf takes the Accept", async () => {
    await calf.post(`/api/v1/accounts/${peer.accountId}/follow`);
    const sent = await peer.received("Follow");
    same(sent.actor, calf.actor, "the actor");
    same(idOf(sent.object), peer.actor, "the object");
    await until("the follow is accepted", async () => (await relationship(calf, peer)).following);
    same((await relationship(calf, peer)).requested, false, "requested");
    calf.followId = sent.id;
  });
  await check(`Calf's activities are signed with ${knock}${knock === "rfc9421" ? " at the second knock, and from then on at the first" : " at the first knock"}`, async () => {
    const { requests } = await peer.state();
    const posts = requests.filter((r) => r.method === "POST");
    that(posts.some((r) => r.kind === knock && r.status === 202), `none was taken: ${JSON.stringify(posts)}`);
    that(posts.filter((r) => r.status !== 202).length <= (knock === "rfc9421" ? 1 : 0), `too many were refused: ${JSON.stringify(posts)}`);
  });
}

async function post({ calf, peer, check }) {
  const posts = {};
  await check("Fedify posts: it is in Calf's home timeline, without its script", async () => {
    posts.theirs = (await peer.tell("post", { content: "<p>Hello from <b>Fedify</b><script>alert(1)</script></p>" })).id;
    const status = await inHome(calf, posts.theirs);
    that(status.content.includes("Hello from"), status.content);
    that(!status.content.includes("script") && !status.content.includes("alert"), status.content);
    same(status.visibility, "public", "the visibility");
    same(status.account.id, peer.accountId, "the account");
    posts.theirId = status.id;
  });
  await check("Calf posts: Fedify verifies the Create and reads the Note", async () => {
    const status = await calf.post("/api/v1/statuses", { status: "Hello from **Calf** #greetings", visibility: "public", language: "en" });
    const create = await peer.received("Create", (a) => idOf(a.object) === status.uri);
    same(create.actor, calf.actor, "the actor");
    that(create.object.content.includes("<strong>Calf</strong>"), create.object.content);
    that([create.to].flat().some((a) => everybody.includes(a)), "it is not to everybody");
    posts.ours = status.uri;
    posts.ourId = status.id;
  });
  await check("Fedify fetches Calf's post by its id", async () => {
    const { json } = await peer.tell("lookup", { uri: posts.ours });
    same(json?.id, posts.ours, "the id");
  });
  await check("the post has reached Fedify once", async () => {
    const { received } = await peer.state();
    same(received.filter((a) => a.type === "Create").length, 1, "the number of Creates");
  });
  return posts;
}

async function reply({ calf, peer, check }, posts) {
  await check("Fedify replies: it is below Calf's post, and its owner is told", async () => {
    posts.theirReply = (await peer.tell("post", { content: "<p>An answer</p>", inReplyTo: posts.ours, mention: calf.actor })).id;
    const status = (await notified(calf, "mention", peer, (n) => n.status?.uri === posts.theirReply)).status;
    same(status.in_reply_to_id, posts.ourId, "in_reply_to_id");
    const { descendants } = await calf.get(`/api/v1/statuses/${posts.ourId}/context`);
    same(descendants.map((s) => s.uri).join(), posts.theirReply, "what is below the post");
    await counted(calf, posts, "replies_count", 1);
  });
  await check("Calf replies: Fedify has the answer with inReplyTo and a mention of its author", async () => {
    const status = await calf.post("/api/v1/statuses", { status: `@fed@${new URL(peer.actor).host} and back`, in_reply_to_id: posts.theirId });
    const create = await peer.received("Create", (a) => idOf(a.object) === status.uri);
    same(idOf(create.object.inReplyTo), posts.theirs, "inReplyTo");
    that([create.object.tag].flat().some((t) => t?.type === "Mention" && t.href === peer.actor), "there is no Mention of the peer");
    that([create.to, create.cc].flat().includes(peer.actor), "it is not addressed to the peer");
  });
}

async function like({ calf, peer, check }, posts) {
  await check("Fedify likes: counted once, and the owner is told", async () => {
    posts.theirLike = (await peer.tell("like", { uri: posts.ours, author: calf.actor })).id;
    await notified(calf, "favourite", peer, (n) => n.status?.id === posts.ourId);
    await counted(calf, posts, "favourites_count", 1);
  });
  await check("the same Like once more changes nothing", async () => {
    const before = (await peer.state()).knocks.length;
    await peer.tell("again", { id: posts.theirLike });
    await until("Calf has answered", async () => (await peer.state()).knocks.length > before);
    await never("there is a second Like", async () => (await calf.get(`/api/v1/statuses/${posts.ourId}`)).favourites_count !== 1, 500);
    same((await notifications(calf)).filter((n) => n.type === "favourite").length, 1, "the number of notifications");
  });
  await check("Fedify undoes the Like: the count is back, and the notification is gone", async () => {
    await peer.tell("undo", { id: posts.theirLike });
    await counted(calf, posts, "favourites_count", 0);
    that(!(await notifications(calf)).some((n) => n.type === "favourite"), "the notification is still there");
  });
  let sent;
  await check("Calf favourites: Fedify has the Like", async () => {
    same((await calf.post(`/api/v1/statuses/${posts.theirId}/favourite`)).favourited, true, "favourited");
    sent = await peer.received("Like");
    same(idOf(sent.object), posts.theirs, "the object");
  });
  await check("Calf takes the favourite back: Fedify has the Undo with the whole Like", async () => {
    same((await calf.post(`/api/v1/statuses/${posts.theirId}/unfavourite`)).favourited, false, "favourited");
    const undo = await peer.received("Undo", (a) => idOf(a.object) === sent.id);
    same(undo.object.type, "Like", "the inner type");
    same(idOf(undo.object.object), posts.theirs, "the inner object");
  });
}

async function announce({ calf, peer, check }, posts) {
  await check("Fedify announces: counted once, and the owner is told", async () => {
    posts.theirBoost = (await peer.tell("announce", { uri: posts.ours, author: calf.actor })).id;
    await notified(calf, "reblog", peer, (n) => n.status?.id === posts.ourId);
    await counted(calf, posts, "reblogs_count", 1);
  });
  await check("Fedify undoes the Announce: the count is back", async () => {
    await peer.tell("undo", { id: posts.theirBoost });
    await counted(calf, posts, "reblogs_count", 0);
  });
  let sent;
  await check("Calf boosts: Fedify has the Announce", async () => {
    same((await calf.post(`/api/v1/statuses/${posts.theirId}/reblog`)).reblog.id, posts.theirId, "the boosted post");
    sent = await peer.received("Announce");
    same(idOf(sent.object), posts.theirs, "the object");
  });
  await check("Calf takes the boost back: Fedify has the Undo with the whole Announce", async () => {
    await calf.post(`/api/v1/statuses/${posts.theirId}/unreblog`);
    const undo = await peer.received("Undo", (a) => idOf(a.object) === sent.id);
    same(undo.object.type, "Announce", "the inner type");
  });
}

async function restart({ calf, peer, check }) {
  await check("the peer starts again with its keys: Calf still takes what it signs", async () => {
    await peer.stop();
    await peer.start();
    const { id } = await peer.tell("post", { content: "<p>After the peer's restart</p>" });
    await inHome(calf, id);
  });
  await check("the peer started again still verifies what Calf signs", async () => {
    const status = await calf.post("/api/v1/statuses", { status: "To the peer that was restarted" });
    await peer.received("Create", (a) => idOf(a.object) === status.uri);
  });
  await check("Calf stops in order", async () => same(await calf.stop(), 0, "the exit code"));
  let missed;
  await check("what Fedify sends while Calf is down arrives once it is up again", async () => {
    missed = (await peer.tell("post", { content: "<p>While Calf was down</p>" })).id;
    await calf.start();
    await inHome(calf, missed);
  });
  await check("Calf started again signs with the key that Fedify knows", async () => {
    const status = await calf.post("/api/v1/statuses", { status: "After Calf's restart" });
    await peer.received("Create", (a) => idOf(a.object) === status.uri);
  });
  await check("after the restarts both still follow each other", async () => {
    const now = await relationship(calf, peer);
    same(now.following && now.followed_by, true, "following and followed_by");
  });
}

async function update({ calf, peer, check }, posts) {
  await check("Fedify edits its post: Calf shows the new text and keeps the old", async () => {
    await peer.tell("edit", { uri: posts.theirs, content: "<p>Changed by Fedify</p>" });
    const status = await until("the post is changed", async () => {
      const found = await calf.get(`/api/v1/statuses/${posts.theirId}`);
      return found.content.includes("Changed by Fedify") && found;
    });
    that(status.edited_at, "edited_at is empty");
    same((await calf.get(`/api/v1/statuses/${posts.theirId}/history`)).length, 2, "the number of versions");
  });
  await check("Calf edits its post: Fedify has the Update with the new text", async () => {
    await calf.api("PUT", `/api/v1/statuses/${posts.ourId}`, { status: "Changed by Calf" });
    const sent = await peer.received("Update", (a) => idOf(a.object) === posts.ours);
    that(sent.object.content.includes("Changed by Calf"), sent.object.content);
    that(sent.object.updated, "updated is missing");
  });
  await check("Fedify changes its name: Calf shows it", async () => {
    await peer.tell("rename", { name: "Fed the Renamed" });
    await until("the name is changed", async () => (await calf.get(`/api/v1/accounts/${peer.accountId}`)).display_name === "Fed the Renamed");
  });
  await check("Calf changes its name: Fedify has the Update of the actor", async () => {
    await calf.api("PATCH", "/api/v1/accounts/update_credentials", { display_name: "Calf Renamed" });
    const sent = await peer.received("Update", (a) => idOf(a.object) === calf.actor);
    same(sent.object.name, "Calf Renamed", "the name");
  });
}

async function keepPrivate({ calf, peer, check }) {
  await check("Calf posts to followers: the peer has it and may fetch it with its signature; nobody can without", async () => {
    const status = await calf.post("/api/v1/statuses", { status: "For followers only", visibility: "private" });
    const create = await peer.received("Create", (a) => idOf(a.object) === status.uri);
    that(![create.to, create.cc, create.object.to, create.object.cc].flat().some((a) => everybody.includes(a)), "it is addressed to everybody");
    same((await peer.tell("lookup", { uri: status.uri, signed: true })).json?.id, status.uri, "the id fetched with a signature");
    same((await calf.document(status.uri)).status, 404, "the answer to a GET without a signature");
  });
  await check("Fedify sends a direct post: the owner is told, and nobody else can fetch it from Calf", async () => {
    const { id } = await peer.tell("post", { content: "<p>Between us</p>", mention: calf.actor, direct: true });
    const { status } = await notified(calf, "mention", peer, (n) => n.status?.uri === id);
    same(status.visibility, "direct", "the visibility");
    const anonymous = await fetch(`${calf.listen}/api/v1/statuses/${status.id}`);
    same(anonymous.status, 404, "the answer to a stranger");
  });
  await check("Calf fetches a post by its address from a peer that wants GETs signed", async () => {
    const { id } = await peer.tell("post", { content: "<p>Look me up</p>" });
    const { statuses } = await calf.get(`/api/v2/search?resolve=true&type=statuses&q=${encodeURIComponent(id)}`);
    same(statuses[0]?.uri, id, "the post");
    const { requests } = await peer.state();
    const signed = requests.filter((r) => r.method === "GET" && r.signer);
    that(signed.length > 0 && signed.every((r) => r.signer.startsWith(calf.base)), `the signers of GETs are ${JSON.stringify(signed)}`);
  });
  for (const [sentence, how] of [["without a signature", "unsigned"], ["with a signature by another key than it names", "stranger"]]) {
    await check(`an activity ${sentence} is refused and has no effect`, async () => {
      const { id, status } = await peer.tell("forge", { inbox: `${calf.base}/inbox`, how });
      same(status, 401, "the answer");
      await never("the forged post is here", async () => (await calf.get("/api/v1/timelines/home?limit=40")).some((s) => s.uri === id), 500);
    });
  }
}

async function remove({ calf, peer, check }, posts) {
  await check("Fedify deletes its post: it is gone from Calf and from the home timeline", async () => {
    await peer.tell("delete", { uri: posts.theirs });
    await until("the post is gone", () => calf.get(`/api/v1/statuses/${posts.theirId}`).then(() => false, (failure) => failure.status === 404));
    that(!(await calf.get("/api/v1/timelines/home?limit=40")).some((s) => s.uri === posts.theirs), "it is still in the timeline");
  });
  await check("Calf deletes its post: Fedify has the Delete, and its id answers 410 with a Tombstone", async () => {
    await calf.api("DELETE", `/api/v1/statuses/${posts.ourId}`);
    const sent = await peer.received("Delete", (a) => idOf(a.object) === posts.ours);
    same(sent.actor, calf.actor, "the actor");
    const { status, json } = await calf.document(posts.ours);
    same(status, 410, "the answer");
    same(json?.type, "Tombstone", "the type");
  });
}

async function unfollow({ calf, peer, check }) {
  await check("Fedify undoes its Follow: Calf has no follower, and new posts stay with Calf", async () => {
    await peer.tell("undo", { id: peer.followId });
    await until("the follower is gone", async () => !(await relationship(calf, peer)).followed_by);
    const status = await calf.post("/api/v1/statuses", { status: "Nobody should get this" });
    await never("the peer has the post", async () => (await peer.state()).received.some((a) => idOf(a.object) === status.uri));
  });
  await check("Calf unfollows: Fedify has the Undo with the Follow's id and drops the follower", async () => {
    await calf.post(`/api/v1/accounts/${peer.accountId}/unfollow`);
    const undo = await peer.received("Undo", (a) => idOf(a.object) === calf.followId);
    same(undo.object.type, "Follow", "the inner type");
    same((await relationship(calf, peer)).following, false, "following");
    await until("the peer has no follower", async () => (await peer.state()).followers.length === 0);
  });
}

async function leaveNothing({ calf, peer, check, knock }) {
  await check("nothing waits or was refused on either side", async () => {
    const { queue } = await until("the queues are empty", async () => {
      const report = JSON.parse(await calf.verb(["status", "--json"]));
      return report.queue.waiting === 0 && report.queue.received === 0 && report;
    });
    same(queue.refused, 0, "the number of refused deliveries");
    const { requests, knocks } = await peer.state();
    that(knocks.every((k) => k.status === 202), `Calf refused some: ${JSON.stringify(knocks.filter((k) => k.status !== 202))}`);
    const refused = requests.filter((r) => r.method === "POST" && r.status !== 202);
    that(refused.every((r) => knock === "rfc9421" && r.kind === cavage && r.status === 401), `the peer refused some: ${JSON.stringify(refused)}`);
  });
  await check("Calf has written down the two forged activities as refused, and nothing else", async () => {
    const verdicts = sql(calf, "SELECT status || ' ' || type || ' ' || reason FROM verdicts WHERE type != 'QuoteRequest'").split("\n");
    that(verdicts.length === 2 && verdicts.every((v) => v.startsWith("401 Create ")), `the verdicts are:\n${verdicts.join("\n")}`);
    same(await calf.stop(), 0, "the exit code");
    same(sql(calf, "PRAGMA integrity_check"), "ok", "the integrity check");
  });
}

// --- Asking Calf ------------------------------------------------------------------------------------------------------------------------

function notifications(calf) {
  return calf.get("/api/v1/notifications?limit=80");
}

/** Waits for the notification, of which there has to be one. */
async function notified(calf, type, peer, fits = () => true) {
  const found = await until(`there is a notification of type ${type}`, async () => {
    const list = (await notifications(calf)).filter((n) => n.type === type && n.account.id === peer.accountId && fits(n));
    return list.length > 0 && list;
  });
  same(found.length, 1, `the number of notifications of type ${type}`);
  return found[0];
}

function inHome(calf, uri) {
  return until(`${uri} is in the home timeline`, async () => (await calf.get("/api/v1/timelines/home?limit=40")).find((s) => s.uri === uri));
}

function counted(calf, posts, field, count) {
  return until(`${field} is ${count}`, async () => (await calf.get(`/api/v1/statuses/${posts.ourId}`))[field] === count);
}

async function relationship(calf, peer) {
  return (await calf.get(`/api/v1/accounts/relationships?id[]=${peer.accountId}`))[0];
}

function sql(calf, query) {
  return execFileSync("sqlite3", ["-readonly", calf.database, query], { encoding: "utf8" }).trim();
}
