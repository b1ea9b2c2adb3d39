// Kills the server at random moments while posts go out and activities come in, then holds what it has against what it promised.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Calf } from "../support/calf.mjs";
import { finish, until } from "../support/checks.mjs";
import { Chance } from "./chance.mjs";
import { Incoming } from "./incoming.mjs";
import { Outgoing } from "./outgoing.mjs";
import { Stub } from "./stub.mjs";
import { compare } from "./verdict.mjs";

const { CALF_BINARY: binary, CI_OUT: out } = process.env;
const port = Number(process.env.CALF_PORT ?? 18940);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32));
const rounds = Number(process.env.ROUNDS ?? 50);
const longestRound = 2500;
const workers = { in: 4, out: 2 };

console.log(`seed ${seed} (repeat with SEED=${seed})`);
const chance = new Chance(seed);
const work = mkdtempSync(join(tmpdir(), "calf-powercut-"));
const calf = new Calf({ binary, port, data: join(work, "data"), log: join(out, "calf.log") });
const stub = new Stub(port + 1);
const actors = ["ada", "bob", "cleo", "dan"].map((name) => stub.actor(name));
const incoming = new Incoming(stub, calf, actors, chance);
const outgoing = new Outgoing(calf, chance);

try {
  await stub.start();
  await calf.setUp("calf", "Calf of the power cuts");
  await calf.start();
  await befriend();
  await calf.stop("SIGKILL");

  const begun = Date.now();
  let kills = 0;
  for (let round = 1; round <= rounds; round++) {
    if (await cutDuring()) kills++;
    if (round % 10 === 0) console.log(`      round ${round}: ${outgoing.posts.length} posts, ${incoming.accepted} activities, ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  }

  await calf.start();
  await settle();
  await compare({ calf, stub, incoming, outgoing, rounds, kills });
} finally {
  await calf.stop("SIGKILL");
  stub.stop();
  if (process.env.KEEP) console.log(`kept ${work}`);
  else rmSync(work, { recursive: true });
}
finish();

/** Everybody follows Calf, and Calf follows everybody. */
async function befriend() {
  for (const actor of actors) {
    await stub.send(`${calf.base}/inbox`, { id: `${actor}/follow`, type: "Follow", actor, object: calf.actor });
    const [account] = (await calf.get(`/api/v2/search?resolve=true&type=accounts&q=${encodeURIComponent(actor)}`)).accounts;
    await calf.post(`/api/v1/accounts/${account.id}/follow`);
    const follow = await until("the Follow arrives", () => [...stub.arrived.values()].map((a) => a.activity).find((a) => a.type === "Follow" && a.object === actor));
    await stub.send(`${calf.base}/inbox`, { id: `${actor}/accept`, type: "Accept", actor, object: follow });
    await until("the follow is accepted", async () => (await calf.get(`/api/v1/accounts/relationships?id[]=${account.id}`))[0].following);
  }
}

/** One round: up, busy, killed. Now and then it is killed while it starts. @returns whether the kill hit a living server */
async function cutDuring() {
  if (chance.oneIn(6)) {
    calf.launch();
    await sleep(chance.between(0, 200));
    return (await calf.stop("SIGKILL")) === null;
  }
  await calf.start();
  // A number of answers and not of milliseconds, so that a busy machine is cut off in the middle of its work as well.
  const before = incoming.accepted + outgoing.answered;
  const answers = Math.floor(chance.between(0, 80));
  let over = false;
  const moment = until("enough is answered", () => incoming.accepted + outgoing.answered >= before + answers, longestRound)
    .catch(() => {}).then(() => sleep(chance.between(0, 30))).then(() => (over = true));
  const busy = [
    ...Array.from({ length: workers.in }, async () => {
      while (!over) await incoming.sendOne(outgoing.lasting);
    }),
    ...Array.from({ length: workers.out }, async () => {
      while (!over) {
        await outgoing.doOne(true);
        await sleep(chance.between(0, 20));
      }
    }),
  ];
  if (chance.oneIn(4)) outgoing.post();
  await moment;
  const code = await calf.stop("SIGKILL");
  await Promise.all([...busy, ...outgoing.verbs]);
  return code === null;
}

/** Repeats what was cut off and waits until nothing is left to do. */
async function settle() {
  const end = Date.now() + 60_000;
  while (Date.now() < end && ((await incoming.sendOne()) || (await outgoing.doOne())));
  await until("the queues are empty", async () => {
    const { queue } = JSON.parse(await calf.verb(["status", "--json"]));
    return queue.received === 0 && queue.waiting === 0;
  }, 60_000).catch((failure) => console.log(`      ${failure.message}`));
}
