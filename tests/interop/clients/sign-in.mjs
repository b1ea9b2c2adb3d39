// Lets an app in as a person does: by the sign-in page and the consent page.
import { createHash, randomBytes } from "node:crypto";
import { that } from "../support/checks.mjs";

const password = "correct horse battery staple";

async function allow(calf, address) {
  const asked = new URLSearchParams(new URL(address).search);
  const own = { Origin: calf.base, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded" };
  const session = await fetch(`${calf.base}/session`, {
    method: "POST", headers: own, redirect: "manual", body: new URLSearchParams({ username: calf.username, password, next: "/" }),
  });
  const cookie = session.headers.getSetCookie().map((c) => c.split(";")[0]).join("; ");
  const page = await fetch(address, { headers: { Cookie: cookie } });
  that(page.ok && (await page.text()).includes("allow"), `the consent page answered ${page.status}`);
  asked.set("answer", "allow");
  return await fetch(`${calf.base}/oauth/authorize`, { method: "POST", headers: { ...own, Cookie: cookie }, redirect: "manual", body: asked });
}

/** Opens the address that an app without a page of its own shows, and agrees. @returns {Promise<string>} the code to be typed in */
export async function shownCode(calf, address) {
  const shown = (await allow(calf, address)).headers.get("location");
  const page = await (await fetch(new URL(shown, calf.base))).text();
  return /<p class="code">([^<]+)</.exec(page)[1];
}

/** The same for an app with a page and PKCE. @returns {Promise<string>} an access token */
export async function signIn(calf, { clientId, clientSecret, redirectUri, scopes }) {
  const verifier = randomBytes(32).toString("base64url");
  const asked = new URLSearchParams({
    response_type: "code", client_id: clientId, redirect_uri: redirectUri, scope: scopes, state: "xyz",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"), code_challenge_method: "S256",
  });
  const consent = await allow(calf, `${calf.base}/oauth/authorize?${asked}`);
  const back = new URL(consent.headers.get("location"));
  that(back.searchParams.get("state") === "xyz", "the state did not come back");
  const response = await fetch(`${calf.base}/oauth/token`, {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      grant_type: "authorization_code", code: back.searchParams.get("code"), client_id: clientId, client_secret: clientSecret,
      redirect_uri: redirectUri, code_verifier: verifier,
    }),
  });
  const token = await response.json();
  that(token.token_type === "Bearer" && token.access_token, `no token: ${JSON.stringify(token)}`);
  return token.access_token;
}
