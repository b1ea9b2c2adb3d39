// Quotes with consent (FEP-044f), as the peer asks for it, gives it and takes it back.
import { Accept, Create, Delete, InteractionPolicy, InteractionRule, Note, PUBLIC_COLLECTION, QuoteAuthorization, QuoteRequest } from "@fedify/vocab";
import { Temporal } from "@js-temporal/polyfill";

/** @param {{context: any, state: any, me: {identifier: string}, save: Function, keep: Function, send: Function, publish: Function, recipientOf: Function, newId: Function, open: Function}} peer */
export function quoteVerbs({ context, state, me, save, keep, send, publish, recipientOf, newId, open }) {
  const actor = () => context.getActorUri(me.identifier);
  const uriOf = (kind) => context.getObjectUri(kind, { identifier: me.identifier, id: crypto.randomUUID() });

  return {
    /** Posts something that anybody may quote. */
    async quotable({ content }) {
      const id = uriOf(Note);
      const interactionPolicy = new InteractionPolicy({ canQuote: new InteractionRule({ automaticApproval: PUBLIC_COLLECTION }) });
      const object = new Note({ id, attribution: actor(), content, published: Temporal.Now.instant(), url: id, interactionPolicy, ...open() });
      await keep(object);
      await publish(new Create({ id: newId("create"), actor: actor(), object, ...open() }));
      return { id: id.href };
    },

    async quote({ uri, author }) {
      const id = uriOf(Note);
      const note = new Note({ id, attribution: actor(), content: "<p>Look</p>", published: Temporal.Now.instant(), url: id, quote: new URL(uri), ...open() });
      await keep(note);
      const { id: request } = await send(await recipientOf(author),
        new QuoteRequest({ id: newId("quote-requests"), actor: actor(), object: new URL(uri), instrument: note, to: new URL(author) }));
      return { request, note: id.href };
    },

    /** Agrees to a request that came in. */
    async consent({ request }) {
      const asked = await QuoteRequest.fromJsonLd(state.received.find((one) => one.id === request));
      const stamp = new QuoteAuthorization({
        id: uriOf(QuoteAuthorization), attribution: actor(), interactingObject: asked.instrumentId, interactionTarget: asked.objectId,
      });
      await keep(stamp);
      await send(await recipientOf(asked.actorId.href), new Accept({ id: newId("accept"), actor: actor(), object: asked, result: stamp.id }));
      return { stamp: stamp.id.href };
    },

    async withdraw({ stamp, from }) {
      delete state.notes[stamp.split("/").at(-1)];
      save();
      return send(await recipientOf(from), new Delete({ id: newId("delete"), actor: actor(), object: new URL(stamp), to: PUBLIC_COLLECTION }));
    },
  };
}
