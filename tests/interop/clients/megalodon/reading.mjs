// Timelines, threads, conversations, search.
import { same, that, until } from "../../support/checks.mjs";

export async function reading({ say, client, bob, post, other }) {
  await say("home pages by id", async () => {
    const { data } = await client.getHomeTimeline({ limit: 3 });
    same(data.length, 3, "how many");
    const { data: older } = await client.getHomeTimeline({ limit: 2, max_id: data[0].id });
    same(older.map((s) => s.id).join(), `${data[1].id},${data[2].id}`, "the older ones");
    same((await client.getHomeTimeline({ min_id: data[1].id, limit: 1 })).data[0].id, data[0].id, "the newer one");
  });
  await say("public, local and hashtag timelines hold the post", async () => {
    for (const { data } of [await client.getPublicTimeline(), await client.getLocalTimeline(), await client.getTagTimeline("barn")])
      that(data.some((s) => s.id === post.id), "it is missing");
    that((await client.getLocalTimeline()).data.every((s) => s.account.username === "ann"), "a stranger is local");
  });
  await say("what they write comes home", async () => {
    const theirs = await bob.post("/api/v1/statuses", { status: "The dog sleeps" });
    const here = await until("it is there", async () => (await client.getHomeTimeline()).data.find((s) => s.uri === theirs.uri));
    same((await client.getAccountStatuses(other.id, { limit: 1 })).data[0].id, here.id, "their newest");
  });
  await say("the thread has the answer", async () => {
    const { data } = await client.getStatusContext(post.id);
    same(data.descendants[0].in_reply_to_id, post.id, "it answers");
    const { data: mine } = await client.postStatus(`@${other.acct} Sleep well`, { in_reply_to_id: data.descendants[0].id });
    same((await client.getStatusContext(mine.id)).data.ancestors.length, 2, "what was before");
  });
  await say("a direct post makes a conversation", async () => {
    const { data: direct } = await client.postStatus(`@${other.acct} a word`, { visibility: "direct" });
    const { data } = await client.getConversationTimeline();
    same(data[0].last_status.id, direct.id, "the last post");
    same((await client.readConversation(data[0].id)).data.unread, false, "unread");
    await client.deleteConversation(data[0].id);
    that((await client.getConversationTimeline()).data.every((c) => c.id !== data[0].id), "it stayed");
  });
  await say("words and hashtags are found", async () => {
    await until("the post is indexed", async () => (await client.search("evening from:me", { type: "statuses" })).data.statuses.some((s) => s.id === post.id));
    same((await client.search("barn", { type: "hashtags" })).data.hashtags[0].name, "barn", "the hashtag");
    same((await client.search("nothinglikethis", {})).data.statuses.length, 0, "what nobody wrote");
  });
}
