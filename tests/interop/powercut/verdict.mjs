// Holds the database and what the stub saw against what was promised.
import { execFileSync } from "node:child_process";
import { check, same, that } from "../support/checks.mjs";

export async function compare({ calf, stub, incoming, outgoing, rounds, kills }) {
  const rows = (query) => JSON.parse(execFileSync("sqlite3", ["-readonly", "-json", calf.database, query], { encoding: "utf8", maxBuffer: 1 << 28 }) || "[]");
  const value = (query) => Object.values(rows(query)[0])[0];
  const arrived = [...stub.arrived.values()];
  const ours = rows("SELECT s.id, s.uri, s.source, s.replies_count, s.favourites_count, s.boosts_count FROM statuses s JOIN accounts a ON a.id = s.account_id WHERE a.domain = ''");

  await check(`the server was killed in ${rounds} rounds and came up again each time`, () => same(kills, rounds, "the number of kills"));
  await check("it stops in order at the end, and the queues are empty", async () => {
    same(await calf.stop(), 0, "the exit code");
    same(value("SELECT count(*) FROM inbox_queue"), 0, "the number of received activities that wait");
    same(value("SELECT count(*) FROM deliveries WHERE state = 0"), 0, "the number of deliveries that wait");
    same(value("SELECT count(*) FROM lanes"), 0, "the number of lanes");
  });
  await check("the database passes its integrity check and has no dangling reference", () => {
    same(value("PRAGMA integrity_check"), "ok", "the check");
    same(rows("PRAGMA foreign_key_check").length, 0, "the number of dangling references");
  });

  console.log(`      in: ${incoming.accepted} activities accepted, ${incoming.repeated} sendings repeated after a cut`);
  console.log(`      out: ${outgoing.posts.length} posts, ${outgoing.repeated} requests repeated after a cut, ${arrived.length} activities at the stub, `
    + `${arrived.reduce((sum, a) => sum + a.times - 1, 0)} of them more than once`);

  // --- In
  await check("no valid activity was refused, and none is without an answer", () => {
    same(incoming.refused.join("; "), "", "the list of refusals");
    same(incoming.pending.length, 0, "the number without an answer");
    that(incoming.accepted > rounds, `only ${incoming.accepted} were sent`);
  });
  await check("every post of others is there once, with its last text, and none that was deleted", () => {
    const there = new Map(rows("SELECT uri, content FROM statuses s WHERE boost_of_id IS NULL AND uri LIKE '" + stub.base + "%'").map((r) => [r.uri, r.content]));
    const expected = [...incoming.notes].filter(([, note]) => !note.gone);
    sameSets(new Set(there.keys()), new Set(expected.map(([uri]) => uri)), "posts of others");
    for (const [uri, note] of expected) same(there.get(uri), note.content, uri);
  });
  await check("every like is there once, and none that was undone", () => sameSets(
    new Set(rows("SELECT a.uri || ' ' || s.uri AS k FROM favourites f JOIN accounts a ON a.id = f.account_id JOIN statuses s ON s.id = f.status_id").map((r) => r.k)),
    incoming.likes, "likes"));
  await check("every boost is there once, and none that was undone", () => sameSets(
    new Set(rows("SELECT a.uri || ' ' || o.uri AS k FROM statuses s JOIN accounts a ON a.id = s.account_id JOIN statuses o ON o.id = s.boost_of_id").map((r) => r.k)),
    new Set(incoming.boosts.keys()), "boosts"));
  await check("the counts on the owner's posts are what is there: nothing was applied twice", () => {
    const replies = countBy([...incoming.notes.values()].filter((n) => !n.gone && n.parent), (n) => n.parent);
    const likes = countBy([...incoming.likes], (k) => k.split(" ")[1]);
    const boosts = countBy([...incoming.boosts.keys()], (k) => k.split(" ")[1]);
    for (const post of ours) {
      same(post.replies_count, replies.get(post.uri) ?? 0, `replies_count of ${post.uri}`);
      same(post.favourites_count, likes.get(post.uri) ?? 0, `favourites_count of ${post.uri}`);
      same(post.boosts_count, boosts.get(post.uri) ?? 0, `boosts_count of ${post.uri}`);
    }
  });
  await check("the owner was told once of each reply, like and boost that is still there", () => {
    const told = new Map(rows("SELECT type, count(*) AS n FROM notifications GROUP BY type").map((r) => [r.type, r.n]));
    same(told.get("mention") ?? 0, [...incoming.notes.values()].filter((n) => !n.gone && n.parent).length, "the number of mentions");
    same(told.get("favourite") ?? 0, incoming.likes.size, "the number of favourites");
    same(told.get("reblog") ?? 0, incoming.boosts.size, "the number of boosts");
  });

  // --- Out
  await check("no request of the owner's and no verb failed", () => {
    same(outgoing.refused.join("; "), "", "the list of failures");
    same(outgoing.pending.length, 0, "the number of requests without an answer");
    that(outgoing.posts.length > rounds && outgoing.verbs.length > 0, `only ${outgoing.posts.length} posts were written`);
  });
  const kept = outgoing.posts.filter((p) => !p.deleted);
  await check("every confirmed post exists once, with its last text, and no other does", () => {
    same(sorted(ours.map((r) => r.source)).join("\n"), sorted(kept.map((p) => p.text)).join("\n"), "the list of posts");
    same(value("SELECT statuses_count FROM accounts WHERE domain = ''"), kept.length, "the number of posts on the profile");
  });
  await check("every confirmed post has reached the stub, under one id, with its last text", () => {
    const creates = countBy(arrived.filter((a) => a.activity.type === "Create"), (a) => a.activity.object.id);
    const uris = [...ours.map((r) => r.uri), ...outgoing.posts.filter((p) => p.deleted).map((p) => p.uri)];
    sameSets(new Set(creates.keys()), new Set(uris), "posts at the stub");
    for (const [uri, n] of creates) same(n, 1, `the number of different Creates of ${uri}`);
    const texts = new Map();
    for (const { activity } of arrived) if (activity.object?.type === "Note") texts.set(activity.object.id, activity.object.content);
    for (const post of ours) that(texts.get(post.uri)?.includes(post.source), `the stub's last text of ${post.uri} is ${texts.get(post.uri)}`);
  });
  await check("every deletion has reached the stub", () => sameSets(
    new Set(arrived.filter((a) => a.activity.type === "Delete").map((a) => a.activity.object.id ?? a.activity.object)),
    new Set(outgoing.posts.filter((p) => p.deleted).map((p) => p.uri)), "deletions"));
  await check("the stub saw no two bodies under one id and no bad signature", () => {
    same(stub.faults.join("; "), "", "the list of faults");
    same(arrived.filter((a) => a.bodies.size > 1).map((a) => a.activity.id).join(), "", "the list of ids with two bodies");
  });
  await check("the stub saw activities in the order in which they were queued", () => {
    const queued = rows("SELECT json_extract(CAST(o.body AS TEXT), '$.id') AS id FROM deliveries d JOIN outgoing o ON o.id = d.outgoing_id WHERE d.state = 1 ORDER BY d.id").map((r) => r.id);
    const seen = arrived.map((a) => a.activity.id);
    same(seen.length, queued.length, "the number of activities");
    const first = seen.findIndex((id, i) => id !== queued[i]);
    same(first, -1, `the place where they differ (${seen[first]} instead of ${queued[first]})`);
  });
}

function countBy(list, key) {
  const counts = new Map();
  for (const item of list) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

function sorted(list) {
  return [...list].sort();
}

function sameSets(actual, expected, what) {
  const missing = [...expected].filter((item) => !actual.has(item));
  const surplus = [...actual].filter((item) => !expected.has(item));
  that(missing.length + surplus.length === 0,
    `${what}: ${missing.length} are missing (${missing.slice(0, 3).join(", ")}), ${surplus.length} too many (${surplus.slice(0, 3).join(", ")}), ${expected.size} in all`);
}
