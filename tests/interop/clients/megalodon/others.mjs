// The other person, and what they do.
import { same, that, until } from "../../support/checks.mjs";

export async function others(story) {
  const { say, client, ann, bob, post } = story;
  const other = (story.other = await say("somebody is searched for by their address", async () => {
    const { data } = await client.search(bob.actor, { type: "accounts", resolve: true });
    same(data.accounts[0].username, "bob", "the name");
    return data.accounts[0];
  }));
  const relation = async () => (await client.getRelationship(other.id)).data;

  await say("they are found by name and by address", async () => {
    same((await client.searchAccount("bob")).data[0].id, other.id, "by name");
    same((await client.lookupAccount(other.acct)).data.id, other.id, "by address");
    same((await client.getAccount(other.id)).data.acct, other.acct, "the address");
  });
  await say("they are followed", async () => {
    await client.followAccount(other.id, { reblog: true });
    await until("it is accepted", async () => (await relation()).following);
    const me = (await client.verifyAccountCredentials()).data.id;
    same((await client.getAccountFollowing(me)).data[0].id, other.id, "the one followed");
    that((await client.getRelationships([other.id, me])).data.length === 2, "one relation is missing");
  });
  await say("they are muted, and not", async () => {
    same((await client.muteAccount(other.id, true)).data.muting_notifications, true, "muted");
    same((await client.getMutes()).data[0].id, other.id, "the list");
    same((await client.unmuteAccount(other.id)).data.muting, false, "still");
  });
  await say("they are endorsed, and not", async () => {
    same((await client.pinAccount(other.id)).data.endorsed, true, "endorsed");
    same((await client.getEndorsements()).data[0].id, other.id, "the list");
    same((await client.unpinAccount(other.id)).data.endorsed, false, "still");
  });
  await say("a note about them is kept", async () => same((await client.setAccountNote(other.id, "Has a dog")).data.note, "Has a dog", "the note"));
  await say("they are blocked, and not, and followed again", async () => {
    same((await client.blockAccount(other.id)).data.blocking, true, "blocked");
    same((await client.getBlocks()).data[0].id, other.id, "the list");
    same((await client.unblockAccount(other.id)).data.blocking, false, "still");
    same((await relation()).following, false, "followed after the block");
    await client.followAccount(other.id);
    await until("it is accepted", async () => (await relation()).following);
  });
  await say("a domain is blocked, and not", async () => {
    await client.blockDomain("wolves.example");
    same((await client.getDomainBlocks()).data.join(), "wolves.example", "the list");
    await client.unblockDomain("wolves.example");
    same((await client.getDomainBlocks()).data.length, 0, "domains left");
  });
  await say("a report is taken", async () => same((await client.report(other.id, { comment: "Barks" })).data.comment, "Barks", "the comment"));
  await say("a request to follow is let in", async () => {
    await client.updateCredentials({ locked: true });
    const [found] = (await bob.get(`/api/v2/search?type=accounts&resolve=true&q=${encodeURIComponent(ann.actor)}`)).accounts;
    await bob.post(`/api/v1/accounts/${found.id}/unfollow`);
    await bob.post(`/api/v1/accounts/${found.id}/follow`);
    await until("it waits", async () => (await client.getFollowRequests()).data[0]?.id === other.id);
    same((await client.acceptFollowRequest(other.id)).data.followed_by, true, "the relation");
    same((await client.getFollowRequests()).data.length, 0, "requests left");
    await client.updateCredentials({ locked: false });
  });
  await say("what they do is told, and dismissed", async () => {
    await client.dismissNotifications();
    const [found] = (await bob.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(post.uri)}`)).statuses;
    await bob.post(`/api/v1/statuses/${found.id}/favourite`);
    await bob.post("/api/v1/statuses", { status: `@ann@${new URL(ann.base).host} Good night`, in_reply_to_id: found.id });
    const told = await until("both are there", async () => {
      const { data } = await client.getNotifications();
      return data.length === 2 && data;
    });
    same(told.map((n) => n.type).sort().join(), "favourite,mention", "the types");
    same((await client.getNotifications({ exclude_types: ["favourite"] })).data.map((n) => n.type).join(), "mention", "without favourites");
    same((await client.getNotification(told[0].id)).data.account.id, other.id, "who");
    await client.dismissNotification(told[0].id);
    same((await client.getNotifications()).data.map((n) => n.id).join(), told[1].id, "the one left");
  });
}
