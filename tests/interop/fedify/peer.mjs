// A small server made with Fedify: one person, "fed", who does what the control API says and writes down what arrives. A second one,
// "fed2", is whom fed becomes when it moves; "courier" brings what others wrote. Plain http on
// 127.0.0.1. Everything that others may remember (keys, followers, posts) is in one file, so that it can be stopped and started again.
//   peer.mjs --port N --control N --knock KIND --state FILE
// KIND is how it signs first, and with rfc9421 it refuses everything signed by draft-cavage, so that others have to knock twice.
import {
  createExponentialBackoffPolicy, createFederation, exportJwk, generateCryptoKeyPair, importJwk, InProcessMessageQueue, MemoryKvStore, signRequest,
  verifyRequest,
} from "@fedify/fedify";
import {
  Accept, Activity, Announce, Collection, Create, Delete, Endpoints, Follow, Like, Mention, Note, Person, PUBLIC_COLLECTION, Question, QuoteAuthorization, Tombstone, Undo,
  Update,
} from "@fedify/vocab";
import { Temporal } from "@js-temporal/polyfill";
import { configure, getConsoleSink } from "@logtape/logtape";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { furtherVerbs } from "./further-verbs.mjs";
import { control, serve } from "./node-http.mjs";
import { picture, pictureVerbs } from "./picture-verbs.mjs";
import { quoteVerbs } from "./quote-verbs.mjs";
import { threadVerbs } from "./thread-verbs.mjs";

const { values: options } = parseArgs({ options: { port: { type: "string" }, control: { type: "string" }, knock: { type: "string" }, state: { type: "string" } } });
const origin = `http://127.0.0.1:${options.port}`;
const me = { identifier: "fed" };
const names = ["fed", "fed2", "courier"];
const cavage = "draft-cavage-http-signatures-12";

await configure({ sinks: { console: getConsoleSink() }, loggers: [{ category: [], sinks: ["console"], lowestLevel: "warning" }, { category: ["logtape", "meta"], sinks: ["console"], lowestLevel: "error" }] });

// --- What is kept -------------------------------------------------------------------------------------------------------------------

const state = load();

function load() {
  try {
    return JSON.parse(readFileSync(options.state, "utf8"));
  } catch (failure) {
    if (failure.code !== "ENOENT") throw failure;
    return { name: "Fed the Peer", keys: {}, actors: {}, followers: {}, notes: {}, pinned: [], sent: {}, received: [], bodies: [], requests: [], knocks: [] };
  }
}

function save() {
  writeFileSync(`${options.state}.new`, JSON.stringify(state));
  renameSync(`${options.state}.new`, options.state);
}

async function keyPairs(identifier) {
  if (!state.keys[identifier]) {
    const made = [];
    for (const algorithm of ["RSASSA-PKCS1-v1_5", "Ed25519"]) {
      const pair = await generateCryptoKeyPair(algorithm);
      made.push({ private: await exportJwk(pair.privateKey), public: await exportJwk(pair.publicKey) });
    }
    state.keys[identifier] = made;
    save();
  }
  return Promise.all(state.keys[identifier].map(async (pair) => ({
    privateKey: await importJwk(pair.private, "private"), publicKey: await importJwk(pair.public, "public"),
  })));
}

// --- The server ---------------------------------------------------------------------------------------------------------------------

const federation = createFederation({
  kv: new MemoryKvStore(),
  queue: new InProcessMessageQueue({ pollInterval: { milliseconds: 100 } }),
  origin,
  allowPrivateAddress: true,
  firstKnock: options.knock,
  circuitBreaker: false,
  outboxRetryPolicy: createExponentialBackoffPolicy({ initialDelay: { milliseconds: 500 }, maxDelay: { seconds: 2 }, maxAttempts: 20 }),
});
const context = federation.createContext(new URL(origin), undefined);

federation
  .setActorDispatcher("/users/{identifier}", async (ctx, identifier) => names.includes(identifier) ? await person(ctx, identifier) : null)
  .setKeyPairsDispatcher((_, identifier) => names.includes(identifier) ? keyPairs(identifier) : []);
federation.setFollowersDispatcher("/users/{identifier}/followers", () => ({
  items: Object.entries(state.followers).map(([id, inbox]) => ({ id: new URL(id), inboxId: new URL(inbox) })),
}));
federation.setObjectDispatcher(Note, "/users/{identifier}/notes/{id}", async (_, { id }) => state.notes[id] ? await Note.fromJsonLd(state.notes[id]) : null);
federation.setObjectDispatcher(Question, "/users/{identifier}/questions/{id}", async (_, { id }) => state.notes[id] ? await Question.fromJsonLd(state.notes[id]) : null);
federation.setObjectDispatcher(QuoteAuthorization, "/users/{identifier}/stamps/{id}", async (_, { id }) =>
  state.notes[id] ? await QuoteAuthorization.fromJsonLd(state.notes[id]) : null);
federation.setFeaturedDispatcher("/users/{identifier}/featured", async () => ({
  items: await Promise.all(state.pinned.map((uri) => Note.fromJsonLd(state.notes[uri.split("/").at(-1)]))),
}));
// Two at a time, so that whoever reads it has to turn pages.
federation
  .setOutboxDispatcher("/users/{identifier}/outbox", async (_, identifier, cursor) => {
    const all = identifier === me.identifier ? Object.values(state.sent).map((sent) => sent.json).filter((json) => json.type === "Create").reverse() : [];
    const from = Number(cursor);
    return { items: await Promise.all(all.slice(from, from + 2).map((json) => Activity.fromJsonLd(json))), nextCursor: from + 2 < all.length ? String(from + 2) : null };
  })
  .setFirstCursor(() => "0");
federation.setInboxListeners("/users/{identifier}/inbox", "/inbox")
  .on(Follow, async (ctx, follow) => {
    await note(follow);
    const follower = await recipientOf(follow.actorId.href);
    state.followers[follower.id.href] = follower.inboxId.href;
    save();
    await send(follower, new Accept({ id: newId("accept"), actor: ctx.getActorUri(me.identifier), object: follow }));
  })
  .on(Undo, async (ctx, undo) => {
    await note(undo);
    if (await undo.getObject(ctx) instanceof Follow) delete state.followers[undo.actorId.href];
    save();
  })
  .on(Activity, (_, activity) => note(activity))
  .onError((_, failure) => console.error("inbox:", failure));

async function person(ctx, identifier) {
  const pairs = await ctx.getActorKeyPairs(identifier);
  return new Person({
    id: ctx.getActorUri(identifier),
    preferredUsername: identifier,
    name: identifier === me.identifier ? state.name : identifier,
    summary: "<p>Made with Fedify</p>",
    url: new URL(`${origin}/@${identifier}`),
    inbox: ctx.getInboxUri(identifier),
    outbox: ctx.getOutboxUri(identifier),
    featured: ctx.getFeaturedUri(identifier),
    endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }),
    followers: ctx.getFollowersUri(identifier),
    aliases: identifier === "fed2" ? [ctx.getActorUri(me.identifier)] : [],
    publicKey: pairs[0].cryptographicKey,
    assertionMethods: pairs.map((pair) => pair.multikey),
  });
}

/** Only what Fedify has verified comes here. */
async function note(activity) {
  state.received.push(await activity.toJsonLd());
  save();
}

// --- In front of Fedify: what was signed how, and what is refused ----------------------------------------------------------------------

function kindOf(headers) {
  return headers.has("signature-input") ? "rfc9421" : headers.has("signature") ? cavage : "none";
}

async function answer(request) {
  const path = new URL(request.url).pathname;
  const entry = { method: request.method, path, kind: kindOf(request.headers) };
  const response = await guarded(request, entry);
  state.requests.push({ ...entry, status: response.status });
  save();
  return response;
}

async function guarded(request, entry) {
  if (request.method === "POST") state.bodies.push(await request.clone().text());
  const file = request.method === "GET" && picture(entry.path);
  if (file) return file;
  if (options.knock === "rfc9421" && entry.kind === cavage) return new Response("Only RFC 9421 here", { status: 401 });
  if (request.method === "GET" && entry.kind !== "none") {
    const key = await verifyRequest(request.clone(), { spec: entry.kind, documentLoader: context.documentLoader, contextLoader: context.contextLoader });
    entry.signer = key?.ownerId?.href ?? null;
  }
  // Posts are for those who say who they are, as on servers in secure mode.
  if (request.method === "GET" && entry.path.includes("/notes/") && !entry.signer) return new Response("Sign your request", { status: 401 });
  const ofThread = request.method === "GET" && verbs.ofThread(request.url);
  if (ofThread) return ofThread;
  return federation.fetch(request, { contextData: undefined });
}

/** Fedify sends through the global fetch: the one place where its own knocks can be seen. */
const plainFetch = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const response = await plainFetch(request.clone());
  if (request.method === "POST") {
    state.knocks.push({ kind: kindOf(request.headers), status: response.status });
    save();
  }
  return response;
};

// --- What it does when told ------------------------------------------------------------------------------------------------------------

function newId(kind) {
  return new URL(`${origin}/${kind}/${crypto.randomUUID()}`);
}

/** Where an actor takes its letters; asked once, so that something can be sent while the other is down. */
async function recipientOf(uri) {
  if (!state.actors[uri]) {
    const found = await context.lookupObject(uri, { documentLoader: await context.getDocumentLoader(me) });
    if (!found) throw new Error(`${uri} could not be looked up`);
    state.actors[uri] = { inbox: found.inboxId.href, shared: found.endpoints?.sharedInbox?.href };
    save();
  }
  const { inbox, shared } = state.actors[uri];
  return { id: new URL(uri), inboxId: new URL(inbox), endpoints: shared ? { sharedInbox: new URL(shared) } : null };
}

/** To one actor by its own inbox. */
async function send(recipient, activity) {
  state.sent[activity.id.href] = { json: await activity.toJsonLd(), to: recipient.id.href };
  save();
  await context.sendActivity(me, recipient, activity);
  return { id: activity.id.href };
}

/** To all followers and to the one it concerns, by shared inboxes. */
async function publish(activity, other) {
  state.sent[activity.id.href] = { json: await activity.toJsonLd(), to: other ?? null };
  save();
  const uris = new Set([...Object.keys(state.followers), ...(other ? [other] : [])]);
  const recipients = await Promise.all([...uris].map(recipientOf));
  await context.sendActivity(me, recipients, activity, { preferSharedInbox: true });
  return { id: activity.id.href };
}

const actor = () => context.getActorUri(me.identifier);
const open = () => ({ to: PUBLIC_COLLECTION, cc: context.getFollowersUri(me.identifier) });

const option = (name, votes) => new Note({ name, replies: new Collection({ totalItems: votes }) });

async function storedNote(uri) {
  return Note.fromJsonLd(state.notes[uri.split("/").at(-1)]);
}

async function keep(object) {
  state.notes[object.id.href.split("/").at(-1)] = await object.toJsonLd();
  save();
}

const verbs = {
  state: () => ({ received: state.received, bodies: state.bodies, requests: state.requests, knocks: state.knocks, followers: Object.keys(state.followers), actor: actor().href }),

  async lookup({ uri, signed }) {
    const documentLoader = signed ? await context.getDocumentLoader(me) : context.documentLoader;
    const found = await context.lookupObject(uri, { documentLoader });
    return { json: found ? await found.toJsonLd() : null };
  },

  ...furtherVerbs({ context, state, me, save, send, recipientOf }),

  async follow({ uri }) {
    return send(await recipientOf(uri), new Follow({ id: newId("follow"), actor: actor(), object: new URL(uri) }));
  },

  /** Posts; `mention` is an actor uri, `inReplyTo` a post's. */
  async post({ content, mention, inReplyTo, direct }) {
    const audience = direct ? { to: new URL(mention) } : { to: PUBLIC_COLLECTION, ccs: [context.getFollowersUri(me.identifier), ...(mention ? [new URL(mention)] : [])] };
    const id = context.getObjectUri(Note, { identifier: me.identifier, id: crypto.randomUUID() });
    const object = new Note({
      id, attribution: actor(), content, published: Temporal.Now.instant(), url: id,
      replyTarget: inReplyTo ? new URL(inReplyTo) : null,
      tags: mention ? [new Mention({ href: new URL(mention), name: "@them" })] : [],
      ...audience,
    });
    await keep(object);
    await publish(new Create({ id: newId("create"), actor: actor(), object, ...audience }), mention);
    return { id: id.href };
  },

  async ask({ content, options, seconds }) {
    const id = context.getObjectUri(Question, { identifier: me.identifier, id: crypto.randomUUID() });
    const object = new Question({
      id, attribution: actor(), content, published: Temporal.Now.instant(), url: id, endTime: Temporal.Now.instant().add({ seconds }), voters: 0,
      exclusiveOptions: options.map((name) => option(name, 0)), ...open(),
    });
    await keep(object);
    await publish(new Create({ id: newId("create"), actor: actor(), object, ...open() }));
    return { id: id.href };
  },

  async count({ uri, votes }) {
    const before = await Question.fromJsonLd(state.notes[uri.split("/").at(-1)]);
    const names = [];
    for await (const one of before.getExclusiveOptions(context)) names.push(one.name.toString());
    const object = before.clone({ voters: votes.reduce((a, b) => a + b), exclusiveOptions: names.map((name, i) => option(name, votes[i])) });
    await keep(object);
    return publish(new Update({ id: newId("update"), actor: actor(), object, ...open() }));
  },

  async vote({ uri, author, name }) {
    const object = new Note({ id: newId("votes"), attribution: actor(), name, replyTarget: new URL(uri), to: new URL(author) });
    return send(await recipientOf(author), new Create({ id: newId("create"), actor: actor(), object, to: new URL(author) }));
  },

  async like({ uri, author }) {
    return send(await recipientOf(author), new Like({ id: newId("like"), actor: actor(), object: new URL(uri) }));
  },

  async announce({ uri, author }) {
    return publish(new Announce({ id: newId("announce"), actor: actor(), object: new URL(uri), published: Temporal.Now.instant(), ...open() }), author);
  },

  /** Takes back an activity that it sent, to whom it was sent. */
  async undo({ id }) {
    const { json, to } = state.sent[id];
    return send(await recipientOf(to), new Undo({ id: newId("undo"), actor: actor(), object: await Activity.fromJsonLd(json) }));
  },

  /** Sends once more what it sent before, to whom it was sent. */
  async again({ id }) {
    const { json, to } = state.sent[id];
    return send(await recipientOf(to), await Activity.fromJsonLd(json));
  },

  /** What somebody else would send in its name: without a signature, or signed with a key of their own under the name of ours. */
  async forge({ inbox, how }) {
    const id = `${origin}/users/${me.identifier}/notes/${crypto.randomUUID()}`;
    const create = {
      "@context": "https://www.w3.org/ns/activitystreams", id: `${id}/create`, type: "Create", actor: actor().href, to: PUBLIC_COLLECTION.href,
      object: { id, type: "Note", attributedTo: actor().href, content: "Forged", to: PUBLIC_COLLECTION.href },
    };
    const plain = new Request(inbox, { method: "POST", headers: { "Content-Type": "application/activity+json" }, body: JSON.stringify(create) });
    const { privateKey } = await generateCryptoKeyPair("RSASSA-PKCS1-v1_5");
    const request = how === "unsigned" ? plain : await signRequest(plain, privateKey, new URL(`${actor().href}#main-key`), { spec: options.knock });
    return { id, status: (await plainFetch(request)).status };
  },

  async edit({ uri, content }) {
    const object = (await storedNote(uri)).clone({ content, updated: Temporal.Now.instant() });
    await keep(object);
    return publish(new Update({ id: newId("update"), actor: actor(), object, ...open() }));
  },

  async rename({ name }) {
    state.name = name;
    save();
    return publish(new Update({ id: newId("update"), actor: actor(), object: await person(context, me.identifier), ...open() }));
  },

  async delete({ uri }) {
    delete state.notes[uri.split("/").at(-1)];
    save();
    return publish(new Delete({ id: newId("delete"), actor: actor(), object: new Tombstone({ id: new URL(uri) }), ...open() }));
  },
};

Object.assign(
  verbs, quoteVerbs({ context, state, me, save, keep, send, publish, recipientOf, newId, open }), pictureVerbs({ context, me, origin, keep, publish, storedNote, newId, open }),
  threadVerbs({ context, state, me, origin, keep, save }));

await keyPairs(me.identifier);
await serve(Number(options.port), answer);
await control(Number(options.control), verbs);
console.log(`${origin} is up`);
