// What goes beyond posting and following, with the same peer: proofs, reports, reactions, pins, pages, authorized fetch, moving.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Calf } from "../support/calf.mjs";
import { check, never, same, that, until } from "../support/checks.mjs";
import { idOf, Peer } from "./peer-client.mjs";

const publicAddress = "https://www.w3.org/ns/activitystreams#Public";
const context = ["https://www.w3.org/ns/activitystreams", { toot: "http://joinmastodon.org/ns#", Emoji: "toot:Emoji", litepub: "http://litepub.social/ns#", EmojiReact: "litepub:EmojiReact" }];

/** @param {{binary: string, out: string, port: number}} options */
export async function further({ binary, out, port }) {
  const work = mkdtempSync(join(tmpdir(), "calf-fedify-"));
  const calf = new Calf({ binary, port, data: join(work, "data"), log: join(out, "calf-further.log") });
  const peer = new Peer({ port: port + 1, control: port + 2, knock: "draft-cavage-http-signatures-12", state: join(work, "peer.json"), log: join(out, "peer-further.log") });
  try {
    await calf.setUp("calf", "Calf of the tests");
    await Promise.all([calf.start(), peer.start()]);
    const both = { calf, peer, origin: new URL(peer.actor).origin };
    await meet(both);
    await proofs(both);
    await courier(both);
    await reports(both);
    await reactions(both);
    await pins(both);
    await pages(both);
    await authorizedFetch(both);
    await move(both);
  } finally {
    delete process.env.CALF_Federation__AuthorizedFetch;
    await calf.stop("SIGKILL");
    await peer.stop();
    rmSync(work, { recursive: true });
  }
}

async function meet({ calf, peer }) {
  await check("Calf and a new peer follow each other", async () => {
    const [account] = (await calf.get(`/api/v2/search?resolve=true&type=accounts&q=${encodeURIComponent(peer.actor)}`)).accounts;
    peer.accountId = account.id;
    await calf.post(`/api/v1/accounts/${account.id}/follow`);
    await peer.tell("follow", { uri: calf.actor });
    await until("both follow", async () => {
      const [now] = await calf.get(`/api/v1/accounts/relationships?id[]=${account.id}`);
      return now.following && now.followed_by;
    });
  });
}

async function proofs({ calf, peer }) {
  await check("every activity that Calf has sent carries a proof that Fedify verifies, and no other text has it", async () => {
    const status = await calf.post("/api/v1/statuses", { status: "Signed in the body as well: é, 1.50, <b>" });
    await peer.received("Create", (a) => idOf(a.object) === status.uri);
    const { bodies } = await peer.state();
    that(bodies.length >= 3, `only ${bodies.length} came`);
    for (const body of bodies) same((await peer.tell("verify", { body })).right, true, `the proof of ${body.slice(0, 200)}`);
    const changed = bodies.find((body) => body.includes("Signed in the body")).replace("Signed in", "Forged in");
    same((await peer.tell("verify", { body: changed })).right, false, "the proof of a changed text");
  });
}

/** A Create by fed, as a reply to nobody. */
function create(peer, origin, content) {
  const id = `${origin}/users/fed/notes/${crypto.randomUUID()}`;
  const audience = { to: [publicAddress], cc: [`${peer.actor}/followers`] };
  const object = { id, type: "Note", attributedTo: peer.actor, content, published: new Date().toISOString(), ...audience };
  return { "@context": context, id: `${id}/create`, type: "Create", actor: peer.actor, object, ...audience };
}

const inHome = (calf, uri) => calf.get("/api/v1/timelines/home?limit=40").then((all) => all.find((s) => s.uri === uri));

async function courier({ calf, peer, origin }) {
  await check("what somebody else brings is taken when Fedify's proof is right", async () => {
    const json = create(peer, origin, "<p>Brought by a courier</p>");
    same((await peer.tell("courier", { json, inbox: `${calf.base}/inbox` })).status, 202, "the answer");
    await until("it is in the home timeline", () => inHome(calf, json.object.id));
  });
  await check("the same with one word changed on the way is not", async () => {
    const json = create(peer, origin, "<p>Brought by a courier who reads</p>");
    await peer.tell("courier", { json, inbox: `${calf.base}/inbox`, change: { from: "who reads", to: "who writes" } });
    await never("it is in the home timeline", () => inHome(calf, json.object.id));
  });
}

async function reports({ calf, peer, origin }) {
  await check("Fedify reports the owner: the owner reads it", async () => {
    await peer.tell("activity", { to: calf.actor, json: { "@context": context, id: `${origin}/flag/1`, type: "Flag", actor: peer.actor, object: [calf.actor], content: "Too loud", to: [calf.actor] } });
    await until("there is a notification", async () => (await calf.get("/api/v1/notifications")).some((n) => n.type === "admin.report" && n.report?.comment === "Too loud"));
  });
  await check("Calf reports Fedify's actor: its server has a Flag with the account first", async () => {
    await calf.post("/api/v1/reports", { account_id: peer.accountId, comment: "Too quiet", forward: true });
    const flag = await peer.received("Flag");
    same(idOf([flag.object].flat()[0]), peer.actor, "the first object");
    same(flag.content, "Too quiet", "the text");
  });
}

async function reactions({ calf, peer, origin }) {
  await check("Fedify reacts with an emoji: the owner sees which, and the Undo takes it away", async () => {
    const status = await calf.post("/api/v1/statuses", { status: "React to this" });
    const react = { "@context": context, id: `${origin}/react/1`, type: "EmojiReact", actor: peer.actor, object: status.uri, content: "🐄", to: [calf.actor] };
    await peer.tell("activity", { to: calf.actor, json: react });
    const reactions = async () => (await calf.get(`/api/v1/statuses/${status.id}`)).emoji_reactions ?? [];
    await until("the reaction is here", async () => (await reactions()).some((r) => r.name === "🐄" && r.count === 1));
    await peer.tell("activity", { to: calf.actor, json: { "@context": context, id: `${origin}/react/1/undo`, type: "Undo", actor: peer.actor, object: react, to: [calf.actor] } });
    await until("the reaction is gone", async () => (await reactions()).length === 0);
  });
}

async function pins({ calf, peer, origin }) {
  await check("Fedify pins and unpins a post: Calf shows it among the pinned ones, and no longer", async () => {
    const { id: uri } = await peer.tell("post", { content: "<p>Pin me</p>" });
    await until("the post is here", () => inHome(calf, uri));
    const pinned = async () => (await calf.get(`/api/v1/accounts/${peer.accountId}/statuses?pinned=true`)).some((s) => s.uri === uri);
    for (const [type, wanted] of [["Add", true], ["Remove", false]]) {
      await peer.tell("pin", { uri, pinned: wanted });
      await peer.tell("activity", { to: calf.actor, json: { "@context": context, id: `${origin}/${type}/1`, type, actor: peer.actor, object: uri, target: `${peer.actor}/featured`, to: [publicAddress] } });
      await until(`pinned is ${wanted}`, async () => await pinned() === wanted);
    }
  });
  await check("Calf pins a post: Fedify has the Add and finds the post in the featured collection", async () => {
    const status = await calf.post("/api/v1/statuses", { status: "Pinned by Calf" });
    await calf.post(`/api/v1/statuses/${status.id}/pin`);
    const add = await peer.received("Add");
    same(idOf(add.object), status.uri, "the object");
    that((await peer.tell("traverse", { uri: idOf(add.target) })).ids.includes(status.uri), "it is not in the collection");
  });
}

async function pages({ calf, peer }) {
  await check("Fedify reads Calf's outbox page by page, each post once", async () => {
    for (let n = 0; n < 45; n++) await calf.post("/api/v1/statuses", { status: `Number ${n}` });
    const { ids } = await peer.tell("traverse", { uri: `${calf.actor}/outbox` });
    that(ids.length >= 45 && new Set(ids).size === ids.length, `${ids.length} ids, ${new Set(ids).size} different ones`);
  });
}

async function authorizedFetch({ calf, peer }) {
  await check("with authorized fetch an unsigned GET of a post is refused, a signed one is answered, and both still deliver", async () => {
    await calf.stop();
    process.env.CALF_Federation__AuthorizedFetch = "true";
    await calf.start();
    const status = await calf.post("/api/v1/statuses", { status: "Show me your name" });
    await peer.received("Create", (a) => idOf(a.object) === status.uri);
    same((await calf.document(status.uri)).status, 401, "the answer to a GET without a signature");
    same((await peer.tell("lookup", { uri: status.uri, signed: true })).json?.id, status.uri, "the id fetched with a signature");
    const { id } = await peer.tell("post", { content: "<p>In secure times</p>" });
    await until("the peer's post is here", () => inHome(calf, id));
  });
}

async function move({ calf, peer, origin }) {
  await check("fed moves to fed2: Calf follows the new account and leaves the old", async () => {
    const target = `${origin}/users/fed2`;
    await peer.tell("activity", { to: calf.actor, json: { "@context": context, id: `${origin}/move/1`, type: "Move", actor: peer.actor, object: peer.actor, target, to: [`${peer.actor}/followers`] } });
    await peer.received("Follow", (a) => idOf(a.object) === target);
    await until("the old account is no longer followed", async () => !(await calf.get(`/api/v1/accounts/relationships?id[]=${peer.accountId}`))[0].following);
    same((await calf.get(`/api/v1/accounts/${peer.accountId}`)).moved?.uri, target, "moved");
  });
}
