// Polls both ways: asked, answered, counted, and the counts told.
import { never, same, that, until } from "../support/checks.mjs";
import { idOf } from "./peer-client.mjs";

const week = 7 * 24 * 3600;

export async function polls({ calf, peer, check }) {
  await asked(calf, peer, check);
  await asking(calf, peer, check);
}

/** Fedify asks. */
async function asked(calf, peer, check) {
  let uri, status;
  await check("Fedify asks: Calf shows the Question with its answers and its end", async () => {
    uri = (await peer.tell("ask", { content: "<p>Food?</p>", options: ["Hay", "Grass"], seconds: week })).id;
    status = await until("the Question is at home", async () => (await calf.get("/api/v1/timelines/home")).find((s) => s.uri === uri));
    same(status.poll?.options.map((o) => o.title).join(), "Hay,Grass", "the answers");
    same(status.poll.multiple, false, "multiple");
    that(status.poll.expires_at && !status.poll.expired && !status.poll.voted, JSON.stringify(status.poll));
  });
  await check("Calf votes: Fedify verifies a Note with a name and no content, to its author only", async () => {
    await calf.post(`/api/v1/polls/${status.poll.id}/votes`, { choices: [1] });
    const { object } = await peer.received("Create", (a) => idOf(a.object?.inReplyTo) === uri);
    same(object.name, "Grass", "the choice");
    same(object.content, undefined, "the content");
    same([object.to].flat().join(), peer.actor, "to");
    same(object.cc, undefined, "cc");
  });
  await check("Fedify's Update counts, and is no edit", async () => {
    await peer.tell("count", { uri, votes: [3, 8] });
    const now = await until("the counts have come", async () => {
      const found = await calf.get(`/api/v1/statuses/${status.id}`);
      return found.poll.options[1].votes_count === 8 && found;
    });
    same(now.edited_at, null, "edited_at");
    same(now.poll.own_votes.join(), "1", "own_votes");
    same(now.poll.voters_count, 11, "voters_count");
  });
}

/** Calf asks. */
async function asking(calf, peer, check) {
  let status;
  await check("Calf asks: Fedify reads the Question with its answers, inclusive ones", async () => {
    status = await calf.post("/api/v1/statuses", { status: "What next?", poll: { options: ["Sleep", "Play"], expires_in: week, multiple: true } });
    const { object } = await peer.received("Create", (a) => idOf(a.object) === status.uri);
    same(object.type, "Question", "the type");
    same([object.anyOf].flat().map((o) => o.name).join(), "Sleep,Play", "the answers");
    that(object.endTime, "there is no endTime");
    const { json } = await peer.tell("lookup", { uri: status.uri });
    same(json?.type, "Question", "the type of what is fetched");
  });
  await check("Fedify votes twice for one and once for the other: each counts once, and no reply comes of it", async () => {
    for (const name of ["Sleep", "Sleep", "Play"]) await peer.tell("vote", { uri: status.uri, author: calf.actor, name });
    await until("both count", async () => (await calf.get(`/api/v1/polls/${status.poll.id}`)).options.every((o) => o.votes_count === 1));
    await never("a vote is shown", async () => (await calf.get(`/api/v1/statuses/${status.id}`)).replies_count !== 0, 500);
    const poll = await calf.get(`/api/v1/polls/${status.poll.id}`);
    same(`${poll.votes_count} of ${poll.voters_count}`, "2 of 1", "votes and voters");
  });
}
