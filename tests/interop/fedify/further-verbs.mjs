// What the peer does beyond posting: activities of any kind, proofs, and the errand of a courier who brings what somebody else wrote.
import { signRequest, verifyObject } from "@fedify/fedify";
import { Activity, Collection, traverseCollection } from "@fedify/vocab";
import { setTimeout as sleep } from "node:timers/promises";

/** @param {{context: any, state: any, me: {identifier: string}, save: Function, send: Function, recipientOf: Function}} peer */
export function furtherVerbs({ context, state, me, save, send, recipientOf }) {
  const loaders = { documentLoader: context.documentLoader, contextLoader: context.contextLoader };

  return {
    /** Sends any activity to one actor; Fedify adds its proof. */
    async activity({ json, to }) {
      return send(await recipientOf(to), await Activity.fromJsonLd(json, loaders));
    },

    pin({ uri, pinned }) {
      state.pinned = pinned ? [uri] : [];
      save();
    },

    /** Whether Fedify finds the proof of a body that came in to be right. */
    async verify({ body }) {
      const verified = await verifyObject(Activity, JSON.parse(body), loaders);
      return { right: verified !== null };
    },

    /** Fed sends to the courier, who passes the very bytes on under a signature of its own; `change` is done to them on the way. */
    async courier({ json, inbox, change }) {
      await send(await recipientOf(context.getActorUri("courier").href), await Activity.fromJsonLd(json, loaders));
      let body;
      do await sleep(50);
      while (!(body = state.bodies.find((one) => JSON.parse(one).id === json.id)));
      if (change) body = body.replace(change.from, change.to);
      const [rsa] = await context.getActorKeyPairs("courier");
      const plain = new Request(inbox, { method: "POST", headers: { "Content-Type": "application/activity+json" }, body });
      const request = await signRequest(plain, rsa.privateKey, rsa.keyId, { spec: "draft-cavage-http-signatures-12" });
      return { status: (await fetch(request)).status };
    },

    /** The ids in a collection, page by page. */
    async traverse({ uri, signed }) {
      const documentLoader = signed ? await context.getDocumentLoader(me) : context.documentLoader;
      const found = await context.lookupObject(uri, { documentLoader });
      if (!(found instanceof Collection)) return { ids: null };
      const ids = [];
      for await (const item of traverseCollection(found, { documentLoader, contextLoader: context.contextLoader })) ids.push(item.id?.href ?? item.href?.href);
      return { ids };
    },
  };
}
