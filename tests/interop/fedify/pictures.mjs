// Pictures both ways: what is said of them, what is changed of that, and the files themselves.
import { same, that, until } from "../support/checks.mjs";
import { idOf } from "./peer-client.mjs";
import { png } from "./picture-verbs.mjs";

export async function pictures({ calf, peer, check }) {
  await shown(calf, peer, check);
  await showing(calf, peer, check);
}

/** Fedify shows a picture. */
async function shown(calf, peer, check) {
  let post, status;
  await check("Fedify shows a picture: Calf has its words and size, and shows it through itself", async () => {
    post = await peer.tell("show", { content: "<p>Look</p>", name: "One pixel" });
    status = await until("the post is at home", async () => (await calf.get("/api/v1/timelines/home")).find((s) => s.uri === post.id));
    const [file] = status.media_attachments;
    same(`${file.type} ${file.description} ${file.meta.original.size}`, "image One pixel 1x1", "what is said");
    same(file.remote_url, post.url, "remote_url");
    for (const url of [file.url, file.preview_url]) that(url.startsWith(`${calf.base}/media/remote/`), url);
  });
  await check("Calf fetches it when somebody looks, once, and says nothing of who that is", async () => {
    const path = new URL(post.url).pathname;
    const asked = async () => (await peer.state()).requests.filter((r) => r.path === path);
    same((await asked()).length, 0, "the requests before");
    for (let i = 0; i < 2; i++) {
      const answer = await fetch(status.media_attachments[0].url.replace(calf.base, calf.listen));
      same(`${answer.status} ${answer.headers.get("content-type")}`, "200 image/png", "the answer");
      that(Buffer.from(await answer.arrayBuffer()).equals(png), "the bytes differ");
    }
    const [request, ...more] = await asked();
    same(more.length, 0, "further requests");
    same(request.kind, "none", "the signature");
  });
  await check("Fedify describes it anew: Calf shows the new words, and the old post is in the history", async () => {
    await peer.tell("describe", { uri: post.id, url: post.url, name: "A pixel, described better" });
    const now = await until("the words have come", async () => {
      const found = await calf.get(`/api/v1/statuses/${status.id}`);
      return found.media_attachments[0]?.description === "A pixel, described better" && found;
    });
    that(now.edited_at, "edited_at is empty");
  });
}

/** Calf shows a picture. */
async function showing(calf, peer, check) {
  let file, status;
  const sent = (type) => peer.received(type, (a) => idOf(a.object) === status.uri);
  const only = (activity) => [activity.object.attachment].flat()[0];
  await check("Calf shows a picture: Fedify has its words, blurhash, point and size, and can fetch it", async () => {
    file = await calf.upload(png, { description: "One pixel of Calf's", focus: "0.5,-0.5" });
    status = await calf.post("/api/v1/statuses", { status: "Look here", media_ids: [file.id] });
    const attachment = only(await sent("Create"));
    same(`${attachment.type} ${attachment.mediaType} ${attachment.name}`, "Image image/png One pixel of Calf's", "what is said");
    same(`${attachment.width} ${attachment.height} ${attachment.focalPoint}`, "1 1 0.5,-0.5", "size and point");
    same(attachment.blurhash, file.blurhash, "the blurhash");
    const answer = await fetch(attachment.url.replace(calf.base, calf.listen));
    same(`${answer.status} ${answer.headers.get("content-type")}`, "200 image/png", "the answer");
  });
  await check("Calf describes it anew: Fedify has the Update with the new words", async () => {
    await calf.api("PUT", `/api/v1/statuses/${status.id}`, { status: "Look here", media_ids: [file.id], media_attributes: [{ id: file.id, description: "Described better" }] });
    const update = await sent("Update");
    same(only(update).name, "Described better", "the words");
    that(update.object.updated, "updated is missing");
  });
}
