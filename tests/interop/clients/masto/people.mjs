// Other people: found, followed, muted, blocked.
import { same, that, until } from "../../support/checks.mjs";
import { refused } from "./refused.mjs";

export async function people(story) {
  const { say, v1, v2, ann, bob } = story;
  const relation = async (id) => (await v1.accounts.relationships.fetch({ id: [id] }))[0];

  const other = (story.other = await say("somebody is found by their address and followed", async () => {
    const { accounts } = await v2.search.list({ q: bob.actor, resolve: true });
    same(accounts[0].username, "bob", "the name");
    const them = v1.accounts.$select(accounts[0].id);
    that((await them.follow()).requested || (await relation(accounts[0].id)).following, "neither");
    await until("it is accepted", async () => (await relation(accounts[0].id)).following);
    return accounts[0];
  }));
  const them = v1.accounts.$select(other.id);
  const me = (await v1.accounts.verifyCredentials()).id;

  await say("they are looked up, fetched, and among those followed", async () => {
    same((await v1.accounts.lookup({ acct: other.acct })).id, other.id, "the one looked up");
    same((await v1.accounts.fetch({ id: [me, other.id] })).length, 2, "how many");
    same((await v1.accounts.$select(me).following.list())[0].id, other.id, "the one followed");
    same((await them.fetch()).acct, other.acct, "the address");
  });
  await say("a follow tells what it is to show", async () => {
    const set = await them.follow({ reblogs: false, notify: true });
    same([set.showingReblogs, set.notifying].join(), "false,true", "it");
    same((await them.follow({ reblogs: true, notify: false })).showingReblogs, true, "boosts");
  });
  await say("they follow back, and are sent away", async () => {
    const [found] = (await bob.get(`/api/v2/search?type=accounts&resolve=true&q=${encodeURIComponent(ann.actor)}`)).accounts;
    await bob.post(`/api/v1/accounts/${found.id}/follow`);
    await until("they are a follower", async () => (await v1.accounts.$select(me).followers.list()).some((a) => a.id === other.id));
    same((await relation(other.id)).followedBy, true, "the relation");
    await them.removeFromFollowers();
    same((await relation(other.id)).followedBy, false, "the relation afterwards");
  });
  await say("a request waits for a locked account, and is let in", async () => {
    await v1.accounts.updateCredentials({ locked: true });
    const [found] = (await bob.get(`/api/v2/search?type=accounts&resolve=true&q=${encodeURIComponent(ann.actor)}`)).accounts;
    await bob.post(`/api/v1/accounts/${found.id}/unfollow`);
    await bob.post(`/api/v1/accounts/${found.id}/follow`);
    await until("it waits", async () => (await v1.followRequests.list()).some((a) => a.id === other.id));
    same((await v1.followRequests.$select(other.id).authorize()).followedBy, true, "the relation");
    same((await v1.followRequests.list()).length, 0, "requests left");
    await v1.accounts.updateCredentials({ locked: false });
  });
  await say("mute and block are listed and taken back", async () => {
    that((await them.mute({ duration: 3600 })).muting, "not muted");
    same((await v1.mutes.list())[0].id, other.id, "the one muted");
    that(!(await them.unmute()).muting, "still muted");
    that((await them.block()).blocking, "not blocked");
    same((await v1.blocks.list())[0].id, other.id, "the one blocked");
    that(!(await them.unblock()).blocking, "still blocked");
    same((await v1.blocks.list()).length + (await v1.mutes.list()).length, 0, "how many are left");
    await them.follow();
    await until("they are followed again", async () => (await relation(other.id)).following);
  });
  await say("a note and an endorsement are kept", async () => {
    same((await them.note.create({ comment: "Sells hay" })).note, "Sells hay", "the note");
    that((await them.pin()).endorsed, "not endorsed");
    same((await v1.endorsements.list())[0].id, other.id, "the one endorsed");
    that(!(await them.unpin()).endorsed, "still endorsed");
  });
  await say("domains are blocked and freed", async () => {
    await v1.domainBlocks.create({ domain: "bad.example" });
    same((await v1.domainBlocks.list())[0], "bad.example", "the domain");
    await v1.domainBlocks.remove({ domain: "bad.example" });
    same((await v1.domainBlocks.list()).length, 0, "domains left");
  });
  await say("a report is taken", async () => {
    const report = await v1.reports.create({ accountId: other.id, comment: "Too loud", category: "spam" });
    same([report.comment, report.category, report.targetAccount.id].join(), `Too loud,spam,${other.id}`, "the report");
    await refused(404, () => v1.reports.create({ accountId: "1" }));
  });
}
