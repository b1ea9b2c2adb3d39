// masto.js 8 in all areas; results are checked, not only that nothing throws.
import { createOAuthAPIClient, createRestAPIClient } from "masto";
import { check, same, that, until } from "../support/checks.mjs";
import { signIn } from "./sign-in.mjs";

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg==", "base64");
const scopes = "read write follow push";

const refused = async (status, work) => {
  try {
    await work();
  } catch (failure) {
    same(failure.statusCode, status, "the status");
    that(failure.message.length > 0, "the error has no text");
    return;
  }
  throw new Error(`it was not refused with ${status}`);
};

export async function masto({ ann, bob }) {
  const anonymous = createRestAPIClient({ url: ann.base });
  const say = (sentence, body) => check(`masto.js: ${sentence}`, body);

  const token = await say("an app is registered and let in with PKCE", async () => {
    const app = await anonymous.v1.apps.create({ clientName: "Herd", redirectUris: "http://localhost:1/back", scopes, website: "https://herd.example" });
    that(app.vapidKey.length > 80, "there is no VAPID key");
    return await signIn(ann, { clientId: app.clientId, clientSecret: app.clientSecret, redirectUri: "http://localhost:1/back", scopes });
  });
  const client = createRestAPIClient({ url: ann.base, accessToken: token });
  ann.appToken = token;
  const { v1, v2 } = client;

  await say("server metadata names the endpoints", async () => {
    const metadata = await (await fetch(`${ann.base}/.well-known/oauth-authorization-server`)).json();
    that(metadata.code_challenge_methods_supported.includes("S256"), "no PKCE");
    that(createOAuthAPIClient({ url: ann.base }) !== undefined, "no client");
  });
  await say("the instance tells its limits in both versions", async () => {
    const [one, two] = [await v1.instance.fetch(), await v2.instance.fetch()];
    same(one.uri, two.domain, "the domain");
    that(two.configuration.statuses.maxCharacters >= 500 && two.configuration.statuses.maxMediaAttachments === 4, "the limits are odd");
    that(two.configuration.mediaAttachments.supportedMimeTypes.includes("image/jpeg"), "no JPEG");
  });
  await say("the account is verified", async () => same((await v1.accounts.verifyCredentials()).username, "ann", "the name"));
  await say("the profile is edited", async () => {
    const me = await v1.accounts.updateCredentials({ displayName: "Ann of the hill", note: "I like cows", fieldsAttributes: [{ name: "Farm", value: "Hill" }], discoverable: true });
    same(me.displayName, "Ann of the hill", "the name");
    same(me.fields[0].value.replace(/<[^>]+>/g, ""), "Hill", "the field");
  });
  await say("an avatar is sent", async () => {
    const me = await v1.accounts.updateCredentials({ avatar: new Blob([png], { type: "image/png" }) });
    same((await fetch(me.avatar)).headers.get("content-type"), "image/png", "the type");
  });

  const post = await say("a post is written", async () => {
    const status = await v1.statuses.create({ status: "Hello *herd* #cows", visibility: "public", language: "en" });
    that(status.content.includes("<em>herd</em>"), status.content);
    same(status.tags[0].name, "cows", "the tag");
    return status;
  });
  const own = v1.statuses.$select(post.id);
  await say("its source is as it was typed", async () => same((await own.source.fetch()).text, "Hello *herd* #cows", "the source"));
  await say("an edit has a history", async () => {
    same((await own.update({ status: "Hello *all* #cows" })).id, post.id, "the id");
    same((await own.history.list()).length, 2, "versions");
  });
  await say("the same key posts once", async () => {
    const twice = [];
    for (let n = 0; n < 2; n++) twice.push((await v1.statuses.create({ status: "Once" }, { requestInit: { headers: { "Idempotency-Key": "one" } } })).id);
    same(twice[0], twice[1], "the second");
  });
  await say("favourite, bookmark, pin and mute are kept", async () => {
    that((await own.favourite()).favourited && (await own.bookmark()).bookmarked && (await own.pin()).pinned && (await own.mute()).muted, "one is not");
    same((await v1.favourites.list())[0].id, post.id, "the favourite");
    same((await v1.bookmarks.list())[0].id, post.id, "the bookmark");
    same((await own.favouritedBy.list())[0].username, "ann", "by");
    that(!(await own.unfavourite()).favourited && !(await own.unbookmark()).bookmarked && !(await own.unpin()).pinned && !(await own.unmute()).muted, "one stayed");
  });
  await say("a picture is described, posted and served", async () => {
    const media = await v2.media.create({ file: new Blob([png], { type: "image/png" }), description: "Four by three", focus: "0.5,-0.5" });
    same(media.meta.original.width, 4, "the width");
    const status = await v1.statuses.create({ status: "Look", mediaIds: [media.id] });
    same(status.mediaAttachments[0].description, "Four by three", "the description");
    that((await fetch(status.mediaAttachments[0].url)).ok, "it is not served");
    await refused(404, () => v1.media.$select(media.id).fetch());
  });
  await say("a poll is asked, and its author cannot vote", async () => {
    const status = await v1.statuses.create({ status: "Hay?", poll: { options: ["Yes", "No"], expiresIn: 600 } });
    same((await v1.polls.$select(status.poll.id).fetch()).options.length, 2, "the options");
    await refused(422, () => v1.polls.$select(status.poll.id).votes.create({ choices: [0] }));
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
  });

  const other = await say("somebody is found by their address and followed", async () => {
    const { accounts } = await v2.search.list({ q: bob.actor, resolve: true });
    same(accounts[0].username, "bob", "the name");
    const them = v1.accounts.$select(accounts[0].id);
    that((await them.follow()).requested || (await v1.accounts.relationships.fetch({ id: [accounts[0].id] }))[0].following, "neither");
    await until("it is accepted", async () => (await v1.accounts.relationships.fetch({ id: [accounts[0].id] }))[0].following);
    return accounts[0];
  });
  const them = v1.accounts.$select(other.id);
  await say("what they do to the post is told, by the piece and in groups", async () => {
    const [found] = (await bob.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(post.uri)}`)).statuses;
    for (const verb of ["favourite", "reblog"]) await bob.post(`/api/v1/statuses/${found.id}/${verb}`);
    await bob.post("/api/v1/statuses", { status: `@ann@${new URL(ann.base).host} Moo`, in_reply_to_id: found.id });
    const types = await until("all three are there", async () => {
      const list = (await v1.notifications.list()).map((n) => n.type);
      return ["favourite", "reblog", "mention"].every((type) => list.includes(type)) && list;
    });
    same((await v1.notifications.list({ types: ["mention"] })).length, 1, "mentions");
    that((await v1.notifications.list({ excludeTypes: ["mention"] })).length === types.length - 1, "without mentions");
    const grouped = await v2.notifications.list();
    that(grouped.notificationGroups.some((g) => g.type === "favourite" && g.statusId === post.id), "no group");
    same((await v1.notifications.unreadCount.fetch()).count, types.length, "unread");
  });
  await say("the thread has the answer", async () => {
    const { descendants } = await own.context.fetch();
    same(descendants[0].account.acct, other.acct, "who answers");
    await v1.statuses.create({ status: "@bob Moo yourself", inReplyToId: descendants[0].id });
    same((await own.context.fetch()).descendants.length, 2, "answers");
  });
  await say("a direct post makes a conversation", async () => {
    await v1.statuses.create({ status: `@${other.acct} psst`, visibility: "direct" });
    const [conversation] = await v1.conversations.list();
    same(conversation.accounts[0].id, other.id, "with");
    same((await v1.conversations.$select(conversation.id).read()).unread, false, "unread");
  });
  await say("mute, block, note and endorsement are shown in the relation", async () => {
    that((await them.mute({ duration: 3600 })).muting && !(await them.unmute()).muting, "mute");
    same((await them.note.create({ comment: "Sells hay" })).note, "Sells hay", "the note");
    that((await them.pin()).endorsed && !(await them.unpin()).endorsed, "endorsement");
  });
  await say("a list is made, filled, read and deleted", async () => {
    const list = await v1.lists.create({ title: "Neighbours", repliesPolicy: "followed" });
    const one = v1.lists.$select(list.id);
    await one.accounts.create({ accountIds: [other.id] });
    same((await one.accounts.list())[0].id, other.id, "the member");
    const theirs = await bob.post("/api/v1/statuses", { status: "For the list" });
    await until("their post is on it", async () => (await v1.timelines.list.$select(list.id).list()).some((s) => s.uri === theirs.uri));
    await one.remove();
    await refused(404, () => one.fetch());
  });
  await say("a filter marks what it matches", async () => {
    const filter = await v2.filters.create({ title: "Greetings", context: ["home"], filterAction: "warn", keywordsAttributes: [{ keyword: "hello", wholeWord: true }] });
    same((await own.fetch()).filtered[0].keywordMatches[0], "Hello", "the match");
    await v2.filters.$select(filter.id).remove();
    same((await own.fetch()).filtered.length, 0, "marks");
  });
  await say("hashtags are followed and shown on the profile", async () => {
    that((await v1.tags.$select("cows").follow()).following, "not followed");
    same((await v1.followedTags.list())[0].name, "cows", "the tag");
    const featured = await v1.featuredTags.create({ name: "cows" });
    same(featured.name, "cows", "featured");
    await v1.featuredTags.$select(featured.id).remove();
  });
  await say("markers remember the place", async () => {
    await v1.markers.create({ home: { lastReadId: post.id } });
    same((await v1.markers.fetch({ timeline: ["home"] })).home.lastReadId, post.id, "the place");
  });
  await say("search finds words, phrases and people", async () => {
    await until("the post is indexed", async () => (await v2.search.list({ q: "hello from:me", type: "statuses" })).statuses.some((s) => s.id === post.id));
    same((await v2.search.list({ q: '"hello nobody"', type: "statuses" })).statuses.length, 0, "the phrase");
    same((await v2.search.list({ q: "#cow", type: "hashtags" })).hashtags[0].name, "cows", "the tag");
    same((await v1.accounts.search.list({ q: "bob" }))[0].id, other.id, "the person");
  });
  await say("preferences, emoji, announcements, directory, suggestions and trends answer", async () => {
    that((await v1.preferences.fetch())["posting:default:visibility"] === "public", "the visibility");
    for (const list of [v1.customEmojis.list(), v1.announcements.list(), v1.directory.list(), v2.suggestions.list(), v1.trends.tags.list(), v1.trends.statuses.list(), v1.trends.links.list()])
      that(Array.isArray(await list), "no list");
  });
  await say("domains are blocked and freed", async () => {
    await v1.domainBlocks.create({ domain: "bad.example" });
    same((await v1.domainBlocks.list())[0], "bad.example", "the domain");
    await v1.domainBlocks.remove({ domain: "bad.example" });
  });
  await say("a report is taken", async () => same((await v1.reports.create({ accountId: other.id, comment: "Too loud" })).comment, "Too loud", "the comment"));
  await say("a boost and its undoing", async () => {
    that((await own.reblog()).reblog.reblogged, "not boosted");
    that(!(await own.unreblog()).reblogged, "still boosted");
  });
  await say("a post is deleted with its source", async () => {
    const gone = await v1.statuses.create({ status: "Away *with* it" });
    same((await v1.statuses.$select(gone.id).remove()).text, "Away *with* it", "the source");
    await refused(404, () => v1.statuses.$select(gone.id).fetch());
  });
  await say("what is wrong is refused in words", async () => {
    await refused(422, () => v1.statuses.create({ status: "" }));
    await refused(404, () => v1.accounts.$select("1").fetch());
    await refused(401, () => createRestAPIClient({ url: ann.base, accessToken: "nonsense" }).v1.timelines.home.list());
  });
}
