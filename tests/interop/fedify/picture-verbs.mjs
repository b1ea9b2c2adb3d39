// Posts with a picture, which the peer serves itself.
import { Create, Document, Note, Update } from "@fedify/vocab";
import { Temporal } from "@js-temporal/polyfill";

/** One pixel. */
export const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

const folder = "/files/";

/** The answer to a GET of a picture; null when it is of something else. */
export const picture = (path) => (path.startsWith(folder) ? new Response(png, { headers: { "Content-Type": "image/png" } }) : null);

/** @param {{context: any, me: {identifier: string}, origin: string, keep: Function, publish: Function, storedNote: Function, newId: Function, open: Function}} peer */
export function pictureVerbs({ context, me, origin, keep, publish, storedNote, newId, open }) {
  const actor = context.getActorUri(me.identifier);
  const file = (url, name) => new Document({ url: new URL(url), mediaType: "image/png", name, width: 1, height: 1 });

  return {
    async show({ content, name }) {
      const id = context.getObjectUri(Note, { identifier: me.identifier, id: crypto.randomUUID() });
      const url = `${origin}${folder}${crypto.randomUUID()}.png`;
      const object = new Note({ id, attribution: actor, content, published: Temporal.Now.instant(), url: id, attachments: [file(url, name)], ...open() });
      await keep(object);
      await publish(new Create({ id: newId("create"), actor, object, ...open() }));
      return { id: id.href, url };
    },

    /** Gives the picture of a post other words. */
    async describe({ uri, url, name }) {
      const object = (await storedNote(uri)).clone({ attachments: [file(url, name)], updated: Temporal.Now.instant() });
      await keep(object);
      return publish(new Update({ id: newId("update"), actor, object, ...open() }));
    },
  };
}
