// Threads as the peer serves them: posts with a list of answers that is turned page by page, and that names whatever it is told to.
import { Note, PUBLIC_COLLECTION } from "@fedify/vocab";
import { Temporal } from "@js-temporal/polyfill";

const perPage = 2;

/** @param {{context: any, state: any, me: {identifier: string}, origin: string, keep: Function, save: Function}} peer */
export function threadVerbs({ context, state, me, origin, keep, save }) {
  state.answers ??= {};
  state.gone ??= [];
  return {
    /** Keeps a post without sending it to anybody. */
    async grow({ content, inReplyTo }) {
      const id = context.getObjectUri(Note, { identifier: me.identifier, id: crypto.randomUUID() });
      const object = new Note({
        id, attribution: context.getActorUri(me.identifier), content, published: Temporal.Now.instant(), url: id, to: PUBLIC_COLLECTION,
        replyTarget: inReplyTo ? new URL(inReplyTo) : null, replies: new URL(`${id.href}/replies`),
      });
      await keep(object);
      state.answers[`${id.href}/replies`] = [];
      save();
      return { id: id.href };
    },

    /** What the list of a post's answers names. */
    list({ uri, answers }) {
      state.answers[`${uri}/replies`] = answers;
      save();
    },

    /** Deletes a post without telling anybody. */
    forget({ uri }) {
      state.gone.push(uri);
      save();
    },

    /** The answer to a request for a deleted post, or for a page of such a list; null for anything else. */
    ofThread(address) {
      const { pathname, searchParams } = new URL(address);
      const id = `${origin}${pathname}`, all = state.answers[id], page = searchParams.get("page");
      if (state.gone.includes(id)) return new Response("", { status: 410 });
      if (!all) return null;
      const from = Number(page) * perPage;
      const json = page === null
        ? { id, type: "Collection", totalItems: all.length, first: `${id}?page=0` }
        : { id: `${id}?page=${page}`, type: "CollectionPage", partOf: id, items: all.slice(from, from + perPage), ...(from + perPage < all.length ? { next: `${id}?page=${Number(page) + 1}` } : {}) };
      return new Response(JSON.stringify({ "@context": "https://www.w3.org/ns/activitystreams", ...json }), { headers: { "Content-Type": "application/activity+json" } });
    },
  };
}
