// Notifications: one by one and in groups, with policy and requests.
import { same, that, until } from "../../support/checks.mjs";
import { refused } from "./refused.mjs";

export async function notifications({ say, v1, v2, ann, bob, post, other }) {
  await say("what they do to the post is told one by one", async () => {
    const [found] = (await bob.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(post.uri)}`)).statuses;
    for (const verb of ["favourite", "reblog"]) await bob.post(`/api/v1/statuses/${found.id}/${verb}`);
    const list = await until("all are there", async () => {
      const told = await v1.notifications.list();
      return ["favourite", "reblog", "mention"].every((type) => told.some((n) => n.type === type)) && told;
    });
    same(list.find((n) => n.type === "favourite").status.id, post.id, "the post");
    that((await v1.notifications.list({ types: ["mention"] })).every((n) => n.type === "mention"), "not only mentions");
    that((await v1.notifications.list({ excludeTypes: ["mention"] })).every((n) => n.type !== "mention"), "a mention");
    same((await v1.notifications.unreadCount.fetch()).count, list.length, "unread");
    same((await v1.notifications.$select(list[0].id).fetch()).type, list[0].type, "the first");
  });
  await say("and in groups", async () => {
    const grouped = await v2.notifications.list();
    const group = grouped.notificationGroups.find((g) => g.type === "favourite" && g.statusId === post.id);
    same(group.sampleAccountIds.join(), other.id, "by");
    that(grouped.accounts.some((a) => a.id === other.id) && grouped.statuses.some((s) => s.id === post.id), "account or post is missing");
    const one = v2.notifications.$select(group.groupKey);
    same((await one.fetch()).notificationGroups[0].groupKey, group.groupKey, "the key");
    same((await one.accounts.fetch())[0].id, other.id, "the account");
    same((await v2.notifications.unreadCount.fetch()).count, grouped.notificationGroups.length, "unread");
    await one.dismiss();
    that((await v2.notifications.list()).notificationGroups.every((g) => g.groupKey !== group.groupKey), "it stayed");
  });
  await say("a policy keeps a stranger's mention apart, until it is accepted", async () => {
    same((await v2.notifications.policy.update({ forNotFollowing: "filter" })).forNotFollowing, "filter", "the policy");
    const them = v1.accounts.$select(other.id);
    await them.unfollow();
    await bob.post("/api/v1/statuses", { status: `@ann@${new URL(ann.base).host} do you hear me?` });
    const request = await until("it waits", async () => (await v1.notifications.requests.list()).find((r) => r.account.id === other.id));
    that(request.lastStatus.content.includes("do you hear me"), "the post");
    same((await v2.notifications.policy.fetch()).summary.pendingRequestsCount, 1, "how many wait");
    same((await v1.notifications.requests.$select(request.id).fetch()).id, request.id, "the request");
    await v1.notifications.requests.$select(request.id).accept();
    await until("it is merged", async () => (await v1.notifications.requests.merged.fetch()).merged);
    that((await v1.notifications.list()).some((n) => n.status?.content.includes("do you hear me")), "it is not told");
    await v2.notifications.policy.update({ forNotFollowing: "accept" });
    await them.follow();
    await until("they are followed again", async () => (await v1.accounts.relationships.fetch({ id: [other.id] }))[0].following);
  });
  await say("one is dismissed, then all", async () => {
    const [first, ...rest] = await v1.notifications.list();
    await v1.notifications.$select(first.id).dismiss();
    await refused(404, () => v1.notifications.$select(first.id).fetch());
    same((await v1.notifications.list())[0].id, rest[0].id, "the first one left");
    await v1.notifications.clear();
    same((await v1.notifications.list()).length, 0, "how many are left");
  });
}
