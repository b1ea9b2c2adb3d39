// masto.js 8 in all areas; results are checked, not only that nothing throws. Each area adds to the story what the next ones need.
import { createOAuthAPIClient, createRestAPIClient } from "masto";
import { check, same, that } from "../../support/checks.mjs";
import { signIn } from "../sign-in.mjs";
import { filters } from "./filters.mjs";
import { lists } from "./lists.mjs";
import { media } from "./media.mjs";
import { notifications } from "./notifications.mjs";
import { people } from "./people.mjs";
import { profile } from "./profile.mjs";
import { push } from "./push.mjs";
import { refusals } from "./refusals.mjs";
import { search } from "./search.mjs";
import { statuses } from "./statuses.mjs";
import { streaming } from "./streaming.mjs";
import { timelines } from "./timelines.mjs";

const scopes = "read write follow push";

export async function masto({ ann, bob }) {
  const anonymous = createRestAPIClient({ url: ann.base });
  const say = (sentence, body) => check(`masto.js: ${sentence}`, body);

  const token = await say("an app is registered and let in with PKCE", async () => {
    const app = await anonymous.v1.apps.create({ clientName: "Herd", redirectUris: "http://localhost:1/back", scopes, website: "https://herd.example" });
    that(app.vapidKey.length > 80, "there is no VAPID key");
    return await signIn(ann, { clientId: app.clientId, clientSecret: app.clientSecret, redirectUri: "http://localhost:1/back", scopes });
  });
  const client = createRestAPIClient({ url: ann.base, accessToken: token });
  const { v1, v2 } = client;
  const story = { ann, bob, say, token, v1, v2 };

  await say("server metadata names the endpoints", async () => {
    const metadata = await (await fetch(`${ann.base}/.well-known/oauth-authorization-server`)).json();
    that(metadata.code_challenge_methods_supported.includes("S256"), "no PKCE");
    same(metadata.token_endpoint, `${ann.base}/oauth/token`, "the token endpoint");
  });
  await say("an app has a token of its own, which is revoked", async () => {
    const app = await anonymous.v1.apps.create({ clientName: "Calves", redirectUris: "urn:ietf:wg:oauth:2.0:oob", scopes: "read" });
    const oauth = createOAuthAPIClient({ url: ann.base });
    const own = { clientId: app.clientId, clientSecret: app.clientSecret };
    const { accessToken } = await oauth.token.create({ ...own, grantType: "client_credentials", redirectUri: "urn:ietf:wg:oauth:2.0:oob", scope: "read" });
    const verify = () => createRestAPIClient({ url: ann.base, accessToken }).v1.apps.verifyCredentials();
    same((await verify()).name, "Calves", "the app");
    await oauth.revoke({ ...own, token: accessToken });
    same(await verify().catch((failure) => failure.statusCode), 401, "the answer afterwards");
  });
  await say("the instance tells its limits in both versions", async () => {
    const [one, two] = [await v1.instance.fetch(), await v2.instance.fetch()];
    same(one.uri, two.domain, "the domain");
    that(two.configuration.statuses.maxCharacters >= 500 && two.configuration.statuses.maxMediaAttachments === 4, "the limits are odd");
    that(two.configuration.mediaAttachments.supportedMimeTypes.includes("image/jpeg"), "no JPEG");
  });

  for (const area of [profile, statuses, media, people, timelines, notifications, lists, filters, search, refusals, streaming, push])
    await area(story);
}
