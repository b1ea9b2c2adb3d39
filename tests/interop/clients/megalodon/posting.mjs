// Posts: written, edited, scheduled, with pictures and polls.
import { createReadStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { same, that } from "../../support/checks.mjs";
import { png } from "../picture.mjs";

export async function posting(story) {
  const { say, client, refused, work } = story;
  const post = (story.post = await say("a post is written and fetched", async () => {
    const { data } = await client.postStatus("Good *morning* #barn", { visibility: "public", language: "en", spoiler_text: "Greeting" });
    same((await client.getStatus(data.id)).data.content, data.content, "the content");
    that(data.content.includes("<em>morning</em>"), data.content);
    same([data.visibility, data.language, data.spoiler_text, data.tags[0].name].join(), "public,en,Greeting,barn", "it");
    return data;
  }));
  await say("its source is as it was typed", async () => same((await client.getStatusSource(post.id)).data.text, "Good *morning* #barn", "the source"));
  await say("it is edited", async () => {
    const { data } = await client.editStatus(post.id, { status: "Good evening #barn", spoiler_text: "" });
    same(data.id, post.id, "the id");
    that(data.content.includes("evening") && data.edited_at !== null, "it is not edited");
  });
  await say("it is favourited, and not", async () => {
    same((await client.favouriteStatus(post.id)).data.favourited, true, "favourited");
    same((await client.getFavourites()).data[0].id, post.id, "the list");
    same((await client.getStatusFavouritedBy(post.id)).data[0].username, "ann", "by");
    same((await client.unfavouriteStatus(post.id)).data.favourites_count, 0, "the count");
  });
  await say("it is boosted, and not", async () => {
    same((await client.reblogStatus(post.id)).data.reblog.id, post.id, "the post");
    same((await client.getStatusRebloggedBy(post.id)).data[0].username, "ann", "by");
    same((await client.unreblogStatus(post.id)).data.reblogged, false, "boosted");
  });
  await say("it is bookmarked, and not", async () => {
    same((await client.bookmarkStatus(post.id)).data.bookmarked, true, "bookmarked");
    same((await client.getBookmarks()).data[0].id, post.id, "the list");
    same((await client.unbookmarkStatus(post.id)).data.bookmarked, false, "still");
  });
  await say("it is pinned, and not", async () => {
    same((await client.pinStatus(post.id)).data.pinned, true, "pinned");
    same((await client.getAccountStatuses(post.account.id, { pinned: true })).data.map((s) => s.id).join(), post.id, "the list");
    same((await client.unpinStatus(post.id)).data.pinned, false, "still");
  });
  await say("its conversation is muted, and not", async () => {
    same((await client.muteStatus(post.id)).data.muted, true, "muted");
    same((await client.unmuteStatus(post.id)).data.muted, false, "still");
  });
  await say("a picture is sent, described and posted", async () => {
    const file = join(work, "calf.png");
    writeFileSync(file, png);
    const { data: sent } = await client.uploadMedia(createReadStream(file), { description: "A calf" });
    same([sent.type, sent.description].join(), "image,A calf", "it");
    same((await client.updateMedia(sent.id, { description: "Two calves" })).data.description, "Two calves", "the new description");
    const { data } = await client.postStatus("Look here", { media_ids: [sent.id] });
    same(data.media_attachments[0].description, "Two calves", "the one posted");
    that((await client.getAccountStatuses(post.account.id, { only_media: true })).data.some((s) => s.id === data.id), "it is not among the pictures");
  });
  await say("a poll is asked, and its author cannot vote", async () => {
    const { data } = await client.postStatus("Milk?", { poll: { options: ["Warm", "Cold"], expires_in: 600, multiple: false } });
    same((await client.getPoll(data.poll.id)).data.options.map((o) => o.title).join(), "Warm,Cold", "the options");
    await refused(422, () => client.votePoll(data.poll.id, [0]));
  });
  await say("a post for later is kept, moved and cancelled", async () => {
    const at = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();
    const { data } = await client.postStatus("Tomorrow", { scheduled_at: at(60) });
    same((await client.getScheduledStatus(data.id)).data.params.text, "Tomorrow", "the text");
    that((await client.scheduleStatus(data.id, at(120))).data.scheduled_at > data.scheduled_at, "it was not moved");
    same((await client.getScheduledStatuses()).data.length, 1, "how many");
    await client.cancelScheduledStatus(data.id);
    await refused(404, () => client.getScheduledStatus(data.id));
  });
  await say("a post is deleted", async () => {
    const { data } = await client.postStatus("Gone", {});
    same((await client.deleteStatus(data.id)).data.id, data.id, "the id");
    await refused(404, () => client.getStatus(data.id));
  });
  await say("an empty post is refused", () => refused(422, () => client.postStatus("", {})));
}
