// A push as an app gets it, read by another implementation of the encryption.
import { createECDH, createPublicKey, randomBytes, verify } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import ece from "http_ece";
import { check, same, that, until } from "../../support/checks.mjs";

export async function push({ ann, bob, token: appToken }) {
  const got = [];
  const service = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    got.push({ headers: request.headers, body: Buffer.concat(parts) });
    response.writeHead(201).end();
  }).listen(0, "127.0.0.1");
  await once(service, "listening");
  const endpoint = `http://127.0.0.1:${service.address().port}/send`;
  const key = createECDH("prime256v1");
  key.generateKeys();
  const auth = randomBytes(16);
  const api = (method, body) =>
    fetch(`${ann.base}/api/v1/push/subscription`, {
      method, headers: { Authorization: `Bearer ${appToken}`, "Content-Type": "application/json" }, body: body && JSON.stringify(body),
    }).then((response) => response.json());

  for (const standard of [true, false])
    await check(`push: http_ece reads a mention in ${standard ? "aes128gcm" : "aesgcm"}`, async () => {
      got.length = 0;
      const subscription = await api("POST", {
        subscription: { endpoint, standard, keys: { p256dh: key.getPublicKey().toString("base64url"), auth: auth.toString("base64url") } },
        data: { alerts: { mention: true }, policy: "all" },
      });
      await bob.post("/api/v1/statuses", { status: `@ann@${new URL(ann.base).host} push ${standard}` });
      const { headers, body } = await until("it is pushed", () => got[0]);
      const parameters = standard
        ? { version: "aes128gcm" }
        : { version: "aesgcm", salt: /salt=([^;]+)/.exec(headers.encryption)[1], dh: /dh=([^;]+)/.exec(headers["crypto-key"])[1] };
      const payload = JSON.parse(ece.decrypt(body, { ...parameters, privateKey: key, authSecret: auth.toString("base64url") }));
      same(payload.notification_type, "mention", "the type");
      same(payload.access_token, appToken, "the token");
      that(payload.body.includes(`push ${standard}`), payload.body);

      const token = /^(?:vapid t=|WebPush )([^,]+)/.exec(headers.authorization)[1];
      const [head, claims, signature] = token.split(".");
      const point = Buffer.from(subscription.server_key, "base64url");
      const server = createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") } });
      that(verify("sha256", Buffer.from(`${head}.${claims}`), { key: server, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url")), "the VAPID token is not signed by the server");
      same(JSON.parse(Buffer.from(claims, "base64url")).aud, new URL(endpoint).origin, "the audience");
    });
  await check("push: nothing comes after the end of the subscription", async () => {
    await api("DELETE");
    same((await api("GET")).error, "Record not found", "the subscription");
  });
  service.close();
}
