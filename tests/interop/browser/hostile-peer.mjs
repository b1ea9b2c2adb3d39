// A server whose people and posts are made to do harm. It signs nothing and takes nothing; it hands out documents.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";

const context = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1", { toot: "http://joinmastodon.org/ns#", Emoji: "toot:Emoji", schema: "http://schema.org#", PropertyValue: "schema:PropertyValue", value: "schema:value" }];
const everybody = "https://www.w3.org/ns/activitystreams#Public";

/** What would run, if anything did. */
const run = "globalThis.hacked=1";
const markup = `<img src=x onerror="${run}"><script>${run}</script><svg onload="${run}"><b onmouseover="${run}">name</b>`;
const bidi = "Mallory \u202Emoc.knab@ecila\u2066 (safe)\u202E\u2067";
const zalgo = [..."Mallory"].map((letter) => letter + "\u0315\u0358\u0322\u0336\u0489\u035F\u0352".repeat(30)).join("");
const long = "M".repeat(10_000);

/** Names of people, by what is wrong with them. */
const people = {
  markup: { name: markup, summary: `<p>${markup}</p><style>*{display:none!important}</style><iframe srcdoc="<script>parent.hacked=1</script>"></iframe><a href="javascript:${run}">bio</a>` },
  bidi: { name: bidi, summary: `<p>${bidi}</p>` },
  zalgo: { name: zalgo, summary: `<p>${zalgo}</p>` },
  long: { name: long, summary: `<p>${long}</p>` },
  blank: { name: " \u200B\u2003\u00AD \u3164 ", summary: "<p> </p>" },
  emoji: { name: ":ok:\u202E:evil: :far:", summary: "<p>:ok: :evil: :far:</p>" },
};

const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const nested = (tag, depth, inside) => `<${tag}>`.repeat(depth) + inside + `</${tag}>`.repeat(depth);
const table = `<table style="position:fixed;inset:0;width:9999px">${`<tr>${"<td>cell</td>".repeat(200)}</tr>`.repeat(40)}</table>`;

/** Posts, by what is wrong with them. Each has a word of its own, by which it is found on the page. */
const posts = (base) => ({
  scripts: { content: `<p>scripts-here</p><script>${run}</script><img src=x onerror="${run}"><svg onload="${run}"><animate onbegin="${run}" attributeName=x dur=1s></svg><math><mtext><style><img src=x onerror="${run}"></style></mtext></math><details open ontoggle="${run}">open</details><input autofocus onfocus="${run}"><body onload="${run}">` },
  mutations: { content: `<p>mutations-here</p><noscript><p title="</noscript><img src=x onerror=${run}>"></noscript><svg></p><style><a id="</style><img src=x onerror=${run}>"></svg><template><script>${run}</script></template><!--><img src=x onerror=${run}>--><form><math><mtext></form><form><mglyph><style></math><img src onerror=${run}>` },
  styles: { content: `<style>body{display:none}</style><link rel="stylesheet" href="${base}/far.css"><p style="position:fixed;inset:0;z-index:99999;background:red" class="page-head shell places dialog" id="main">styles-here</p><div class="toast"><marquee>moves</marquee></div><center><font size=7 color=red>large</font></center>` },
  links: { content: `<p>links-here <a href="javascript:${run}">script</a> <a href="  java\nscript:${run}">broken script</a> <a href="data:text/html,<script>${run}</script>">data</a> <a href="vbscript:x">basic</a> <a href="https://bank.example@${new URL(base).host}/">https://bank.example</a> <a href="https://xn--pple-43d.example/">https://аpple.example</a> <a href="//${new URL(base).host}/x">no scheme</a> <a href="/settings">settings</a> <a href="https://example.org/" target="_top" onclick="${run}" ping="${base}/ping">https://bank.example/account</a></p>` },
  media: { content: `<p>media-here</p><img src="${base}/far.png"><video src="${base}/far.mp4" autoplay></video><audio src="${base}/far.mp3" autoplay></audio><iframe src="${base}/far"></iframe><object data="${base}/far"></object><embed src="${base}/far"><picture><source srcset="${base}/far.png"><img></picture><p style="background:url(${base}/far.png)">background</p>` },
  nesting: { content: `<p>nesting-here</p>${nested("blockquote", 500, "deep")}${nested("ul><li", 200, "list").replaceAll("</ul><li>", "</li></ul>")}${nested("b", 2000, "bold")}` },
  table: { content: `<p>table-here</p>${table}` },
  wide: { content: `<p>wide-here ${"W".repeat(10_000)}</p><pre><code>${"x=1;".repeat(2_000)}</code></pre><p>${"\u00A0".repeat(3_000)}end</p><p><a href="https://example.org/${"a".repeat(1_900)}">https://example.org/${"a".repeat(1_900)}</a></p>` },
  bidi: { content: `<p>bidi-here ${"\u202E".repeat(20)}txet ${"\u2067\u202B".repeat(20)}</p><p>${bidi}</p>` },
  zalgo: { content: `<p>zalgo-here ${zalgo}</p>` },
  lines: { content: `<p>lines-here</p>${"<br>".repeat(5_000)}<p>${"\n".repeat(2_000)}</p><h1>huge</h1>${"<hr>".repeat(500)}` },
  warning: { content: "<p>warning-here</p>", summary: `warned ${markup} ${bidi} ${long}`, sensitive: true },
  poll: { type: "Question", content: "<p>poll-here</p>", endTime: "2040-01-01T00:00:00Z", oneOf: [markup, bidi, zalgo, long.slice(0, 2_000)].map((name) => ({ type: "Note", name, replies: { type: "Collection", totalItems: 1 } })) },
  emoji: { content: "<p>emoji-here :ok: :evil: :far: :img:</p>", tag: emoji(base) },
  files: { content: "<p>files-here</p>", attachment: [`javascript:${run}`, "data:text/html,x", `${base}/far.svg`].map((url) => ({ type: "Image", mediaType: "image/svg+xml", url, name: `${markup} ${bidi} ${long}`, blurhash: `"><img src=x onerror=${run}>`, width: -1, height: 1e9 })) },
  card: { content: `<p>card-here <a href="${base}/page">${base}/page</a></p>` },
  tags: { content: `<p>tags-here <a href="javascript:${run}" class="mention hashtag" rel="tag">#tag"&gt;&lt;img&gt;</a></p>`, tag: [{ type: "Hashtag", name: `#tag"><img src=x onerror=${run}>`, href: `javascript:${run}` }, { type: "Mention", name: `@"><svg onload=${run}>`, href: `javascript:${run}` }] },
});

function emoji(base) {
  const one = (name, url) => ({ type: "Emoji", id: `${base}/emoji/${encodeURIComponent(name)}`, name, icon: { type: "Image", mediaType: "image/png", url } });
  return [one(":ok:", `${base}/ok.png`), one(":evil:", `javascript:${run}`), one(":far:", `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="${run}"/>`), one(`:"><img src=x onerror=${run}>:`, `${base}/ok.png`), one(":img:", `${base}/ok.png" onload="${run}`)];
}

export class HostilePeer {
  #key = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "pem" });

  constructor(port) {
    this.port = port;
    this.base = `http://localhost:${port}`;
    this.posts = posts(this.base);
    this.people = Object.keys(people);
  }

  address(post) {
    return `${this.base}/posts/${post}`;
  }

  actor(name) {
    return `${this.base}/users/${name}`;
  }

  /** Which post of it answers another server's. */
  answers = {};

  async start() {
    this.server = createServer((request, response) => this.#answer(request.url, response));
    await new Promise((resolve, reject) => this.server.once("error", reject).listen(this.port, "127.0.0.1", resolve));
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  #answer(path, response) {
    const document = this.#person(/^\/users\/(\w+)$/.exec(path)?.[1]) ?? this.#post(/^\/posts\/(\w+)$/.exec(path)?.[1]) ?? this.#finger(path);
    if (document) return void response.writeHead(200, { "Content-Type": path.startsWith("/.well-known") ? "application/jrd+json" : "application/activity+json" }).end(JSON.stringify(document));
    if (path.endsWith(".png")) return void response.writeHead(200, { "Content-Type": "image/png" }).end(pixel);
    if (path === "/far.svg") return void response.writeHead(200, { "Content-Type": "image/svg+xml" }).end(`<svg xmlns="http://www.w3.org/2000/svg" onload="${run}"><script>${run}</script></svg>`);
    if (path === "/page") return void response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><title>t</title><meta property="og:title" content="${escape(`${markup} ${bidi} ${long.slice(0, 500)}`)}"><meta property="og:url" content="javascript:${run}"><meta property="og:image" content="javascript:${run}"><meta property="og:site_name" content="${escape(markup)}"><meta property="og:video" content="javascript:${run}"><p>`);
    response.writeHead(404).end();
  }

  #person(name) {
    if (!people[name]) return undefined;
    const id = this.actor(name);
    return {
      "@context": context, id, type: "Person", preferredUsername: name, ...people[name], url: `javascript:${run}`, inbox: `${id}/inbox`, outbox: `${id}/outbox`, followers: `${id}/followers`,
      publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: this.#key },
      icon: { type: "Image", url: `javascript:${run}` }, image: { type: "Image", url: `data:image/svg+xml,<svg onload="${run}"/>` }, tag: emoji(this.base),
      attachment: [{ type: "PropertyValue", name: markup, value: markup }, { type: "PropertyValue", name: bidi, value: `<a href="javascript:${run}" rel="me">${bidi}</a>` }, { type: "PropertyValue", name: long, value: long }],
    };
  }

  #post(name) {
    if (!this.posts[name]) return undefined;
    const id = this.address(name), author = people[name] ? name : "markup";
    return {
      "@context": context, id, type: "Note", attributedTo: this.actor(author), to: [everybody], cc: [`${this.actor(author)}/followers`], published: "2026-01-02T03:04:05Z",
      ...(this.answers[name] ? { inReplyTo: this.answers[name] } : {}), ...this.posts[name],
    };
  }

  #finger(path) {
    const name = /^\/\.well-known\/webfinger\?resource=acct(?::|%3A)(\w+)/i.exec(path)?.[1];
    return people[name] && { subject: `acct:${name}@${new URL(this.base).host}`, links: [{ rel: "self", type: "application/activity+json", href: this.actor(name) }] };
  }
}

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
