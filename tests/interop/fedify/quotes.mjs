// Quotes both ways: asked for, agreed to, shown, and taken back (FEP-044f).
import { same, that, until } from "../support/checks.mjs";
import { idOf } from "./peer-client.mjs";

export async function quotes({ calf, peer, check }) {
  await quoted(calf, peer, check);
  await quoting(calf, peer, check);
}

/** Fedify quotes Calf. */
async function quoted(calf, peer, check) {
  let status, asked, stamp;
  await check("Fedify asks to quote: Calf agrees with a stamp whose three links are right, and tells its owner", async () => {
    status = await calf.post("/api/v1/statuses", { status: "Quote me", quote_approval_policy: "public" });
    asked = await peer.tell("quote", { uri: status.uri, author: calf.actor });
    const accept = await peer.received("Accept", (a) => idOf(a.object) === asked.request);
    stamp = idOf(accept.result);
    const { json } = await peer.tell("lookup", { uri: stamp });
    same(json?.type, "QuoteAuthorization", "the type");
    same(idOf(json.attributedTo), calf.actor, "attributedTo");
    same(idOf(json.interactingObject), asked.note, "interactingObject");
    same(idOf(json.interactionTarget), status.uri, "interactionTarget");
    const told = await until("the owner is told", async () => (await calf.get("/api/v1/notifications")).find((n) => n.type === "quote"));
    same(told.status.uri, asked.note, "the quoting post");
    same(told.status.quote.quoted_status.uri, status.uri, "the quoted post");
  });
  await check("Calf takes its consent back: Fedify gets the Delete, and the stamp is gone", async () => {
    const [quote] = await calf.get(`/api/v1/statuses/${status.id}/quotes`);
    same((await calf.post(`/api/v1/statuses/${status.id}/quotes/${quote.id}/revoke`)).quote.state, "revoked", "the state");
    await peer.received("Delete", (a) => idOf(a.object) === stamp);
    // Asked for directly: Fedify keeps what it fetched.
    same((await fetch(stamp, { headers: { Accept: "application/activity+json" } })).status, 410, "the stamp");
  });
  await check("Calf refuses to be quoted where its owner does not want it", async () => {
    const closed = await calf.post("/api/v1/statuses", { status: "Not me", quote_approval_policy: "nobody" });
    const { request } = await peer.tell("quote", { uri: closed.uri, author: calf.actor });
    await peer.received("Reject", (a) => idOf(a.object) === request);
    const [verdict] = (await calf.get(`/api/calf/v1/why?url=${encodeURIComponent(closed.uri)}`)).refusals;
    that(verdict.reason.includes("do not allow"), JSON.stringify(verdict));
  });
}

/** Calf quotes Fedify. */
async function quoting(calf, peer, check) {
  let theirs, status, stamp;
  await check("Calf reads Fedify's policy, quotes, and asks with its whole post", async () => {
    const { id } = await peer.tell("quotable", { content: "<p>Quote this</p>" });
    theirs = await until("it is at home", async () => (await calf.get("/api/v1/timelines/home")).find((s) => s.uri === id));
    same(theirs.quote_approval.current_user, "automatic", "the policy");
    status = await calf.post("/api/v1/statuses", { status: "Look at this", quoted_status_id: theirs.id });
    same(status.quote.state, "pending", "the state");
    const request = await peer.received("QuoteRequest", (a) => idOf(a.instrument) === status.uri);
    same(idOf(request.object), theirs.uri, "the quoted post");
    same(idOf(request.instrument.quote), theirs.uri, "the quote in the quoting post");
    stamp = (await peer.tell("consent", { request: request.id })).stamp;
  });
  await check("Fedify agrees: Calf shows the quote and sends it again with the stamp", async () => {
    const now = await until("the quote stands", async () => {
      const found = await calf.get(`/api/v1/statuses/${status.id}`);
      return found.quote.state === "accepted" && found;
    });
    same(now.quote.quoted_status.uri, theirs.uri, "the quoted post");
    same(now.edited_at, null, "edited_at");
    const { object } = await peer.received("Update", (a) => idOf(a.object) === status.uri);
    same(idOf(object.quoteAuthorization), stamp, "quoteAuthorization");
  });
  await check("Fedify takes its consent back: Calf shows the quote no longer", async () => {
    await peer.tell("withdraw", { stamp, from: calf.actor });
    const now = await until("it is revoked", async () => {
      const found = await calf.get(`/api/v1/statuses/${status.id}`);
      return found.quote.state === "revoked" && found;
    });
    same(now.quote.quoted_status, null, "the quoted post");
    that(now.content.includes("quote-inline"), now.content);
  });
}
