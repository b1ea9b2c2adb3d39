// Pictures and polls.
import { same, that, until } from "../../support/checks.mjs";
import { png } from "../picture.mjs";
import { refused } from "./refused.mjs";

export async function media({ say, v1, v2, bob }) {
  const upload = (more) => v2.media.create({ file: new Blob([png], { type: "image/png" }), ...more });

  await say("a picture is described, posted and served", async () => {
    const picture = await upload({ description: "Four by three", focus: "0.5,-0.5" });
    same(picture.meta.original.width, 4, "the width");
    same(picture.meta.focus.y, -0.5, "the focus");
    const status = await v1.statuses.create({ status: "Look", mediaIds: [picture.id] });
    same(status.mediaAttachments[0].description, "Four by three", "the description");
    that((await fetch(status.mediaAttachments[0].url)).ok, "it is not served");
    await refused(404, () => v1.media.$select(picture.id).fetch());
  });
  await say("a picture is described afterwards, and removed unused", async () => {
    const picture = await upload();
    same(picture.description, null, "the description");
    const one = v1.media.$select(picture.id);
    same((await one.update({ description: "Grass" })).description, "Grass", "the new one");
    same((await one.fetch()).description, "Grass", "the one fetched");
    await one.remove();
    await refused(404, () => one.fetch());
  });
  await say("a poll is asked, and its author cannot vote", async () => {
    const { poll } = await v1.statuses.create({ status: "Hay?", poll: { options: ["Yes", "No"], expiresIn: 600 } });
    same((await v1.polls.$select(poll.id).fetch()).options.map((o) => o.title).join(), "Yes,No", "the options");
    await refused(422, () => v1.polls.$select(poll.id).votes.create({ choices: [0] }));
  });
  await say("a vote in another's poll is counted", async () => {
    const theirs = await bob.post("/api/v1/statuses", { status: "Straw?", poll: { options: ["More", "Less", "None"], expires_in: 600, multiple: true } });
    const { statuses } = await v2.search.list({ q: theirs.uri, resolve: true });
    const { poll } = statuses[0];
    same(poll.multiple, true, "several choices");
    const voted = await v1.polls.$select(poll.id).votes.create({ choices: [0, 2] });
    same(voted.ownVotes.join(), "0,2", "the votes");
    await until("its author counts it", async () => (await bob.get(`/api/v1/polls/${theirs.poll.id}`)).votes_count === 2);
    await refused(422, () => v1.polls.$select(poll.id).votes.create({ choices: [0] }));
  });
}
