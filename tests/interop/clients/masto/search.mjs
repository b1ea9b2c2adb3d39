// Search, and what the server tells of itself.
import { same, that, until } from "../../support/checks.mjs";

export async function search({ say, v1, v2, post, other }) {
  await say("search finds words, not phrases that nobody wrote", async () => {
    await until("the post is indexed", async () => (await v2.search.list({ q: "hello from:me", type: "statuses" })).statuses.some((s) => s.id === post.id));
    same((await v2.search.list({ q: '"hello nobody"', type: "statuses" })).statuses.length, 0, "the phrase");
    that((await v2.search.list({ q: "has:media", type: "statuses" })).statuses.every((s) => s.mediaAttachments.length > 0), "one has no picture");
  });
  await say("search finds hashtags and people", async () => {
    same((await v2.search.list({ q: "#cow", type: "hashtags" })).hashtags[0].name, "cows", "the tag");
    same((await v1.accounts.search.list({ q: "bob" }))[0].id, other.id, "the person");
    same((await v1.accounts.search.list({ q: "nobody-of-this-name" })).length, 0, "people that there are not");
  });
  await say("emoji, announcements and rules are empty lists", async () => {
    for (const list of [v1.customEmojis.list(), v1.announcements.list()]) same((await list).length, 0, "how many");
    same((await v2.instance.fetch()).rules.length, 0, "rules");
  });
  await say("directory, trends and suggestions hold what was seen", async () => {
    that((await v1.directory.list({ local: true })).some((a) => a.username === "ann"), "Ann is not in the directory");
    that((await v1.trends.tags.list()).every((t) => t.history.length === 7), "a tag without its week");
    for (const list of [v1.trends.statuses.list(), v1.trends.links.list(), v2.suggestions.list()]) that(Array.isArray(await list), "no list");
  });
  await say("the server tells what it is and knows", async () => {
    same((await v1.instance.activity.list()).length, 12, "weeks");
    that((await v1.instance.extendedDescription.fetch()).updatedAt.length > 0, "no date of the description");
    same(JSON.stringify(await v1.instance.translationLanguages.list()), "{}", "languages of the translator that there is not");
  });
}
