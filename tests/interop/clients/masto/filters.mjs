// Filters of the second version, by words and by post.
import { same } from "../../support/checks.mjs";
import { refused } from "./refused.mjs";

export async function filters({ say, v1, v2, post }) {
  const own = v1.statuses.$select(post.id);
  await say("a filter marks what it matches", async () => {
    const filter = await v2.filters.create({ title: "Greetings", context: ["home"], filterAction: "warn", keywordsAttributes: [{ keyword: "hello", wholeWord: true }] });
    const [mark] = (await own.fetch()).filtered;
    same([mark.filter.title, ...mark.keywordMatches].join(), "Greetings,Hello", "the match");
    await v2.filters.$select(filter.id).remove();
    same((await own.fetch()).filtered.length, 0, "marks");
  });
  await say("words of a filter are added, changed and taken out", async () => {
    const filter = await v2.filters.create({ title: "Cattle", context: ["home", "public"], filterAction: "hide", expiresIn: 3600 });
    same(filter.expiresAt !== null, true, "it ends");
    const one = v2.filters.$select(filter.id);
    const word = await one.keywords.create({ keyword: "cow", wholeWord: false });
    const edited = await v2.filters.keywords.$select(word.id).update({ keyword: "calf", wholeWord: true });
    same([edited.keyword, edited.wholeWord].join(), "calf,true", "the word");
    same((await one.keywords.list())[0].keyword, "calf", "the word listed");
    await v2.filters.keywords.$select(word.id).remove();
    same((await one.fetch()).keywords.length, 0, "words left");
    same((await one.update({ title: "Herds", filterAction: "warn" })).title, "Herds", "the title");
    await one.remove();
    await refused(404, () => one.fetch());
  });
  await say("a filter names a post", async () => {
    const filter = await v2.filters.create({ title: "This one", context: ["home"], filterAction: "warn" });
    const named = await v2.filters.$select(filter.id).statuses.create({ statusId: post.id });
    same((await own.fetch()).filtered[0].statusMatches.join(), post.id, "the match");
    await v2.filters.statuses.$select(named.id).remove();
    same((await own.fetch()).filtered.length, 0, "marks");
    await v2.filters.$select(filter.id).remove();
    same((await v2.filters.list()).length, 0, "filters left");
  });
}
