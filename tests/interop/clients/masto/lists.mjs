// Lists, hashtags, collections.
import { same, that, until } from "../../support/checks.mjs";
import { refused } from "./refused.mjs";

export async function lists({ say, v1, bob, other }) {
  await say("a list is made, filled, read and deleted", async () => {
    const list = await v1.lists.create({ title: "Neighbours", repliesPolicy: "followed", exclusive: false });
    const one = v1.lists.$select(list.id);
    same((await one.update({ title: "Good neighbours", repliesPolicy: "none" })).repliesPolicy, "none", "the policy");
    same((await v1.lists.list()).map((l) => l.title).join(), "Good neighbours", "the lists");
    await one.accounts.create({ accountIds: [other.id] });
    same((await one.accounts.list())[0].id, other.id, "the member");
    same((await v1.accounts.$select(other.id).lists.list())[0].id, list.id, "the lists that they are on");
    const theirs = await bob.post("/api/v1/statuses", { status: "For the list" });
    await until("their post is on it", async () => (await v1.timelines.list.$select(list.id).list()).some((s) => s.uri === theirs.uri));
    await one.accounts.remove({ accountIds: [other.id] });
    same((await one.accounts.list()).length, 0, "members left");
    await one.remove();
    await refused(404, () => one.fetch());
  });
  await say("hashtags are followed and left", async () => {
    that((await v1.tags.$select("cows").follow()).following, "not followed");
    same((await v1.followedTags.list())[0].name, "cows", "the tag");
    that(!(await v1.tags.$select("cows").unfollow()).following, "still followed");
    same((await v1.tags.$select("cows").fetch()).name, "cows", "the tag alone");
  });
  await say("hashtags are shown on the profile", async () => {
    const featured = await v1.featuredTags.create({ name: "cows" });
    same(Number(featured.statusesCount), 1, "posts with it");
    const me = (await v1.accounts.verifyCredentials()).id;
    same((await v1.accounts.$select(me).featuredTags.list())[0].name, "cows", "the one shown");
    await v1.featuredTags.$select(featured.id).remove();
    same((await v1.featuredTags.list()).length, 0, "how many are left");
  });
  await say("a collection is made, renamed and deleted", async () => {
    const { collection } = await v1.collections.create({ name: "Farmers", description: "On the hill", discoverable: true, sensitive: false });
    const one = v1.collections.$select(collection.id);
    same((await one.update({ name: "All farmers" })).collection.name, "All farmers", "the name");
    same((await one.fetch()).collection.description, "On the hill", "the description");
    await one.remove();
    await refused(404, () => one.fetch());
  });
}
