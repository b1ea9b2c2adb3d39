// Posts: written, edited, scheduled, quoted, deleted.
import { same, that } from "../../support/checks.mjs";
import { refused } from "./refused.mjs";

export async function statuses(story) {
  const { say, v1 } = story;
  const post = (story.post = await say("a post is written", async () => {
    const status = await v1.statuses.create({ status: "Hello *herd* #cows", visibility: "public", language: "en" });
    that(status.content.includes("<em>herd</em>"), status.content);
    same(status.tags[0].name, "cows", "the tag");
    return status;
  }));
  const own = v1.statuses.$select(post.id);

  await say("it is fetched alone, and with others", async () => {
    same((await own.fetch()).content, post.content, "the content");
    same((await v1.statuses.fetch({ id: [post.id, "1"] })).map((s) => s.id).join(), post.id, "the ids");
  });
  await say("its source is as it was typed", async () => same((await own.source.fetch()).text, "Hello *herd* #cows", "the source"));
  await say("an edit has a history", async () => {
    same((await own.update({ status: "Hello *all* #cows", spoilerText: "Greeting" })).id, post.id, "the id");
    const versions = await own.history.list();
    same(versions.map((v) => v.spoilerText).join(), ",Greeting", "the warnings");
    that(versions[0].content.includes("herd") && versions[1].content.includes("all"), "the order");
  });
  await say("the same key posts once", async () => {
    const twice = [];
    for (let n = 0; n < 2; n++) twice.push((await v1.statuses.create({ status: "Once" }, { requestInit: { headers: { "Idempotency-Key": "one" } } })).id);
    same(twice[0], twice[1], "the second");
  });
  await say("a warning, a language and a visibility are kept", async () => {
    const status = await v1.statuses.create({ status: "Muh", spoilerText: "Lärm", sensitive: true, language: "de", visibility: "private" });
    same([status.spoilerText, status.sensitive, status.language, status.visibility].join(), "Lärm,true,de,private", "they");
  });
  await say("favourite, bookmark, pin and mute are kept and taken back", async () => {
    that((await own.favourite()).favourited && (await own.bookmark()).bookmarked && (await own.pin()).pinned && (await own.mute()).muted, "one is not");
    same((await v1.favourites.list())[0].id, post.id, "the favourite");
    same((await v1.bookmarks.list())[0].id, post.id, "the bookmark");
    same((await own.favouritedBy.list())[0].username, "ann", "by");
    same((await v1.accounts.$select(post.account.id).statuses.list({ pinned: true })).length, 1, "pinned");
    that(!(await own.unfavourite()).favourited && !(await own.unbookmark()).bookmarked && !(await own.unpin()).pinned && !(await own.unmute()).muted, "one stayed");
  });
  await say("a boost and its undoing", async () => {
    that((await own.reblog()).reblog.reblogged, "not boosted");
    same((await own.rebloggedBy.list())[0].username, "ann", "by");
    that(!(await own.unreblog()).reblogged, "still boosted");
    same((await own.rebloggedBy.list()).length, 0, "boosts left");
  });
  await say("a quote shows the post and is counted", async () => {
    const quote = await v1.statuses.create({ status: "See this", quotedStatusId: post.id, quoteApprovalPolicy: "nobody" });
    same(quote.quote.state, "accepted", "the state");
    same(quote.quote.quotedStatus.id, post.id, "the post");
    same(quote.quoteApproval.automatic.length, 0, "who may quote the quote");
    same((await own.quotes.list())[0].id, quote.id, "the list");
    same((await own.fetch()).quotesCount, 1, "the count");
    await v1.statuses.$select(quote.id).remove();
    same((await own.quotes.list()).length, 0, "quotes left");
  });
  await say("a post for later is kept, moved and taken back", async () => {
    const at = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();
    const later = await v1.statuses.create({ status: "Later", scheduledAt: at(30) });
    same(later.params.text, "Later", "the text");
    const one = v1.scheduledStatuses.$select(later.id);
    that((await one.update({ scheduledAt: at(90) })).scheduledAt > later.scheduledAt, "it was not moved");
    same((await v1.scheduledStatuses.list()).length, 1, "how many");
    await one.remove();
    same((await v1.scheduledStatuses.list()).length, 0, "how many are left");
  });
  await say("a post is deleted with its source", async () => {
    const gone = await v1.statuses.create({ status: "Away *with* it" });
    same((await v1.statuses.$select(gone.id).remove()).text, "Away *with* it", "the source");
    await refused(404, () => v1.statuses.$select(gone.id).fetch());
  });
}
