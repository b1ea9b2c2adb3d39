// What the owner sets up: lists, filters, hashtags, markers, a push subscription.
import { createECDH, randomBytes } from "node:crypto";
import { same, that } from "../../support/checks.mjs";

export async function choosing({ say, client, post, other, refused }) {
  await say("a list is made, renamed, filled and deleted", async () => {
    const { data: list } = await client.createList("Dogs");
    same((await client.updateList(list.id, "Dogs and owners")).data.title, "Dogs and owners", "the title");
    await client.addAccountsToList(list.id, [other.id]);
    same((await client.getAccountsInList(list.id)).data[0].id, other.id, "the member");
    same((await client.getAccountLists(other.id)).data[0].id, list.id, "their lists");
    that((await client.getListTimeline(list.id)).data.every((s) => s.account.id === other.id), "a post of somebody else");
    await client.deleteAccountsFromList(list.id, [other.id]);
    same((await client.getAccountsInList(list.id)).data.length, 0, "members left");
    same((await client.getLists()).data.length, 1, "lists");
    await client.deleteList(list.id);
    await refused(404, () => client.getList(list.id));
  });
  await say("a filter of the first version is made, changed and deleted", async () => {
    const { data: filter } = await client.createFilter("wolf", ["home"], { whole_word: true });
    same((await client.getFilter(filter.id)).data.phrase, "wolf", "the phrase");
    same((await client.updateFilter(filter.id, "fox", ["home", "public"])).data.context.join(), "home,public", "the places");
    same((await client.getFilters()).data.map((f) => f.phrase).join(), "fox", "the filters");
    await client.deleteFilter(filter.id);
    same((await client.getFilters()).data.length, 0, "filters left");
  });
  await say("a hashtag is followed, and not", async () => {
    same((await client.followTag("barn")).data.following, true, "followed");
    same((await client.getFollowedTags()).data[0].name, "barn", "the list");
    same((await client.unfollowTag("barn")).data.following, false, "still");
    same((await client.getTag("barn")).data.name, "barn", "the tag");
  });
  await say("a hashtag is featured, and not", async () => {
    that((await client.getSuggestedTags()).data.some((t) => t.name === "barn"), "it is not suggested");
    const { data } = await client.createFeaturedTag("barn");
    same((await client.getFeaturedTags()).data[0].id, data.id, "the list");
    await client.deleteFeaturedTag(data.id);
    same((await client.getFeaturedTags()).data.length, 0, "how many are left");
  });
  await say("markers remember the place", async () => {
    await client.saveMarkers({ home: { last_read_id: post.id } });
    same((await client.getMarkers(["home"])).data.home.last_read_id, post.id, "the place");
  });
  await say("a push subscription is made, changed and deleted", async () => {
    const key = createECDH("prime256v1");
    const keys = { p256dh: key.generateKeys("base64url"), auth: randomBytes(16).toString("base64url") };
    const { data } = await client.subscribePushNotification({ endpoint: "http://localhost:1/push", keys }, { alerts: { mention: true, favourite: false } });
    same([data.endpoint, data.alerts.mention, data.alerts.favourite].join(), "http://localhost:1/push,true,false", "it");
    same((await client.updatePushSubscription({ alerts: { mention: false } })).data.alerts.mention, false, "mentions");
    same((await client.getPushSubscription()).data.id, data.id, "the id");
    await client.deletePushSubscription();
    await refused(404, () => client.getPushSubscription());
  });
  await say("directory, trends and suggestions answer", async () => {
    that((await client.getInstanceDirectory({ local: true })).data.some((a) => a.username === "ann"), "Ann is not in the directory");
    that((await client.getInstanceTrends()).data.every((t) => t.history.length === 7), "a trend without its week");
    that(Array.isArray((await client.getSuggestions()).data), "no suggestions");
  });
}
