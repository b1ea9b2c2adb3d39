// Timelines, threads and conversations.
import { same, that, until } from "../../support/checks.mjs";

export async function timelines({ say, v1, bob, ann, post, other }) {
  await say("home pages down and up", async () => {
    const [first] = await v1.timelines.home.list({ limit: 1 });
    const [second] = await v1.timelines.home.list({ limit: 1, maxId: first.id });
    that(second.id < first.id, "the order");
    same((await v1.timelines.home.list({ limit: 1, minId: second.id }))[0].id, first.id, "the page above");
    const pages = [];
    for await (const page of v1.timelines.home.list({ limit: 2 })) pages.push(...page.map((s) => s.id));
    same(new Set(pages).size, pages.length, "posts met once");
    that(pages.length >= 4, `only ${pages.length}`);
  });
  await say("public, local and hashtag timelines hold the post", async () => {
    for (const list of [v1.timelines.public.list({ local: true }), v1.timelines.public.list(), v1.timelines.tag.$select("cows").list()])
      that((await list).some((s) => s.id === post.id), "it is missing");
    that((await v1.timelines.public.list({ remote: true })).every((s) => s.account.id !== post.account.id), "one's own is remote");
  });
  await say("an account's posts are chosen by kind", async () => {
    const of = async (params) => (await v1.accounts.$select(post.account.id).statuses.list(params));
    that((await of({ onlyMedia: true })).every((s) => s.mediaAttachments.length > 0), "one has no picture");
    same((await of({ tagged: "cows" })).map((s) => s.id).join(), post.id, "the ones with the tag");
    that((await of({ excludeReplies: true })).every((s) => s.inReplyToId === null), "one is an answer");
  });
  await say("what somebody followed writes comes home", async () => {
    const theirs = await bob.post("/api/v1/statuses", { status: "From over there #farms" });
    const here = await until("it is there", async () => (await v1.timelines.home.list()).find((s) => s.uri === theirs.uri));
    same(here.account.id, other.id, "by");
    same((await v1.timelines.public.list({ remote: true }))[0].id, here.id, "the newest from elsewhere");
  });
  await say("the thread has both answers", async () => {
    const [found] = (await bob.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(post.uri)}`)).statuses;
    await bob.post("/api/v1/statuses", { status: `@ann@${new URL(ann.base).host} Moo`, in_reply_to_id: found.id });
    const thread = v1.statuses.$select(post.id).context;
    const answer = await until("the answer is there", async () => (await thread.fetch()).descendants[0]);
    same(answer.account.acct, other.acct, "who answers");
    const mine = await v1.statuses.create({ status: `@${other.acct} Moo yourself`, inReplyToId: answer.id });
    same((await thread.fetch()).descendants.length, 2, "answers");
    same((await v1.statuses.$select(mine.id).context.fetch()).ancestors.map((s) => s.id).join(), `${post.id},${answer.id}`, "what was before");
  });
  await say("a direct post makes a conversation", async () => {
    const direct = await v1.statuses.create({ status: `@${other.acct} psst`, visibility: "direct" });
    const [conversation] = await v1.conversations.list();
    same(conversation.accounts[0].id, other.id, "with");
    same(conversation.lastStatus.id, direct.id, "the last post");
    const one = v1.conversations.$select(conversation.id);
    same((await one.read()).unread, false, "unread");
    await one.remove();
    that((await v1.conversations.list()).every((c) => c.id !== conversation.id), "it stayed");
  });
  await say("markers remember the place", async () => {
    await v1.markers.create({ home: { lastReadId: post.id } });
    same((await v1.markers.fetch({ timeline: ["home"] })).home.lastReadId, post.id, "the place");
  });
}
