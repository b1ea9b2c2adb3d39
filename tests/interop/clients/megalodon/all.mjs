// megalodon 10 in all areas, as an app that is made for several kinds of servers.
import generator, { detector } from "megalodon";
import { check, same, that } from "../../support/checks.mjs";
import { shownCode } from "../sign-in.mjs";
import { choosing } from "./choosing.mjs";
import { others } from "./others.mjs";
import { own } from "./own.mjs";
import { posting } from "./posting.mjs";
import { reading } from "./reading.mjs";
import { streaming } from "./streaming.mjs";

/** Holds that a call is answered with this status, and with a text. */
const refused = async (status, work) => {
  const failure = await work().then(() => { throw new Error(`it was not refused with ${status}`); }, (error) => error);
  same(failure.response?.status, status, `the status (${failure.message})`);
  that(failure.response.data.error.length > 0, "the error has no text");
};

export async function megalodon({ ann, bob, work }) {
  const say = (sentence, body) => check(`megalodon: ${sentence}`, body);
  await say("the server is known for one with Mastodon's API", async () => same(await detector(ann.base), "mastodon", "the kind"));
  const token = await say("an app is registered and let in with a code", async () => {
    const anonymous = generator("mastodon", ann.base);
    const app = await anonymous.registerApp("Barn", { scopes: ["read", "write", "follow", "push"], redirect_uris: "urn:ietf:wg:oauth:2.0:oob" });
    const data = await anonymous.fetchAccessToken(app.client_id, app.client_secret, await shownCode(ann, app.url), "urn:ietf:wg:oauth:2.0:oob");
    same(data.token_type, "Bearer", "the type");
    same(data.scope, "read write follow push", "the scopes");
    return data.access_token;
  });
  const client = generator("mastodon", ann.base, token);
  await say("the app is told its name", async () => same((await client.verifyAppCredentials()).data.name, "Barn", "the name"));

  const story = { ann, bob, work, say, client, refused };
  for (const area of [own, posting, others, reading, choosing, streaming]) await area(story);

  await say("a token that was handed back is worth nothing", async () => {
    const anonymous = generator("mastodon", ann.base);
    const app = await anonymous.registerApp("Guest", { scopes: ["read"], redirect_uris: "urn:ietf:wg:oauth:2.0:oob" });
    const data = await anonymous.fetchAccessToken(app.client_id, app.client_secret, await shownCode(ann, app.url), "urn:ietf:wg:oauth:2.0:oob");
    const guest = generator("mastodon", ann.base, data.access_token);
    await refused(403, () => guest.postStatus("Not allowed", {}));
    await guest.revokeToken(app.client_id, app.client_secret, data.access_token);
    await refused(401, () => guest.verifyAccountCredentials());
  });
}
