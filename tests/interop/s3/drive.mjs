// Calf, the published file, keeps its owner's files in a bucket, and moves them there and back while everything is killed that can be.
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Calf } from "../support/calf.mjs";
import { check, finish, same, that, until } from "../support/checks.mjs";
import { Store } from "./store.mjs";

const { CALF_BINARY: binary, CI_OUT: out } = process.env;
const port = Number(process.env.CALF_PORT ?? 18970);
const work = mkdtempSync(join(tmpdir(), "calf-s3-"));
const calf = new Calf({ binary, port, data: join(work, "data"), log: join(out, "calf.log") });
const store = new Store({ port: port + 1, folder: join(work, "s3"), log: join(out, "s3rver.log") });
const media = join(calf.data, "media");
const secret = "S3RVER";

/** Where Media:Store says that files go. */
function choose(place) {
  mkdirSync(calf.data, { recursive: true });
  const s3 = { Endpoint: store.endpoint, Bucket: store.bucket, AccessKey: secret, SecretKey: secret, Prefix: store.prefix };
  writeFileSync(join(calf.data, "appsettings.json"), JSON.stringify({ Media: { Store: place, FFmpeg: "", S3: s3 } }));
}

const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex");

function onDisk() {
  if (!existsSync(media)) return [];
  return readdirSync(media).filter((group) => group.length === 2).flatMap((group) => readdirSync(join(media, group))).sort();
}

/** The verb, running. */
function move() {
  const child = spawn(binary, ["media", "move", "--data", calf.data, "--listen", calf.listen], { stdio: ["ignore", "pipe", "pipe"] });
  const verb = { child, out: "", error: "" };
  child.stdout.on("data", (part) => (verb.out += part));
  child.stderr.on("data", (part) => (verb.error += part));
  verb.ended = once(child, "close").then(([code]) => code);
  return verb;
}

async function moveAll() {
  const verb = move();
  same(await verb.ended, 0, `the exit code (${verb.error.trim()})`);
  return verb;
}

/** Sound as it is kept without ffmpeg: its bytes are what is stored. */
const sound = (bytes) => Buffer.concat([Buffer.from("ID3"), randomBytes(bytes)]);

async function upload(bytes) {
  const sent = await calf.upload(bytes, {});
  return { bytes, id: sent.id, url: sent.url.replace(calf.base, calf.listen), name: sent.url.split("/").at(-1) };
}

const get = async (file, headers = {}) => fetch(file.url, { headers, signal: AbortSignal.timeout(30_000) });

async function demand(file) {
  const answer = await get(file);
  same(answer.status, 200, "the status");
  same(hashOf(Buffer.from(await answer.arrayBuffer())), hashOf(file.bytes), "the hash of what is shown");
}

const everyFile = async () => { for (const file of files) await demand(file); };

/** Whole in one place at least. */
function nothingIsLost() {
  for (const file of files) {
    const here = onDisk().includes(file.name) && hashOf(readFileSync(join(media, file.name.slice(0, 2), file.name))) === hashOf(file.bytes);
    that(here || (store.names().includes(file.name) && hashOf(store.read(file.name)) === hashOf(file.bytes)), `${file.name} is whole in neither place`);
  }
}

const files = [];
try {
  choose("s3");
  await store.start();
  await calf.setUp("calf", "Calf of the tests");
  await calf.start();

  await check("an upload goes into the bucket and not on the disk", async () => {
    files.push(await upload(sound(3_000_000)));
    same(store.names().join(), files[0].name, "what lies in the bucket");
    same(onDisk().length, 0, "the number of files on disk");
    await until("it is shown as it was sent", async () => { await demand(files[0]); return true; });
  });
  await check("parts of it are shown, and its length", async () => {
    for (const [range, from, to] of [["bytes=0-99", 0, 100], ["bytes=1000000-1999999", 1_000_000, 2_000_000], ["bytes=-5", 2_999_998, 3_000_003], ["bytes=2999999-", 2_999_999, 3_000_003]]) {
      const part = await get(files[0], { Range: range });
      same(part.status, 206, `the status of ${range}`);
      that(files[0].bytes.subarray(from, to).equals(Buffer.from(await part.arrayBuffer())), `${range} has other bytes`);
    }
    const head = await fetch(files[0].url, { method: "HEAD" });
    same(head.headers.get("content-length"), "3000003", "the length that HEAD tells");
    same((await get(files[0], { "If-None-Match": head.headers.get("etag") })).status, 304, "the status for who has it");
  });
  await check("calf status says where files lie and that the bucket is reached, and no secret", async () => {
    const text = await calf.verb(["status"]);
    that(text.includes(`It is the bucket calf at 127.0.0.1:${store.port} and can be reached.`), text);
    that(!(text + (await calf.verb(["status", "--json"]))).includes(secret), "the secret is in it");
  });
  await store.stop();
  await check("while the bucket is out of reach an upload is refused with a sentence, and nothing is kept", async () => {
    const refusal = await upload(sound(1000)).then(() => { throw new Error("it was taken"); }, (failure) => failure.message);
    that(refusal.includes("503") && refusal.includes("The file cannot be stored at the moment. Try again in a while!"), refusal);
    same((await get(files[0])).status, 503, "the status of a file that lies there");
    same(onDisk().length, 0, "the number of files on disk");
    const text = await calf.verb(["status"]);
    that(text.includes("cannot be used"), text);
  });
  await store.start();
  await check("once it is back, uploads work again", async () => {
    files.push(await upload(sound(1000)));
    await everyFile();
  });

  await calf.stop();
  choose("disk");
  await calf.start();
  await check("with the disk chosen, new files go there and the old ones are shown from the bucket", async () => {
    for (let i = 0; i < 40; i++) files.push(await upload(sound(200_000 + i)));
    files.push(await upload(sound(20_000_000)));
    same(onDisk().length, 41, "the number of files on disk");
    await everyFile();
  });

  await calf.stop();
  choose("s3");
  await check("a server with other settings is told of before anything is moved", async () => {
    choose("disk");
    await calf.start();
    choose("s3");
    const verb = move();
    same(await verb.ended, 1, "the exit code");
    that(verb.error.includes("Restart it"), verb.error);
    same(onDisk().length, 41, "the number of files on disk");
    await calf.stop();
    await calf.start();
  });
  await check("the verb can be killed in the middle of a move into the bucket", async () => {
    for (let kill = 0; kill < 3; kill++) {
      const before = onDisk().length;
      const verb = move();
      await until("some files are moved", () => onDisk().length <= before - 3 - kill);
      verb.child.kill("SIGKILL");
      await verb.ended;
      nothingIsLost();
    }
    that(onDisk().length > 0, "it was over before it was killed");
    await until("all are shown", async () => { await everyFile(); return true; });
  });
  await check("the bucket can be killed in the middle: the verb says how to go on", async () => {
    const before = onDisk().length;
    const verb = move();
    await until("some files are moved", () => onDisk().length <= before - 3);
    await store.stop();
    same(await verb.ended, 1, "the exit code");
    that(verb.error.includes("Run 'calf media move' again to go on."), verb.error);
    that(onDisk().length > 0, "it was over before the bucket was killed");
    await store.start();
    nothingIsLost();
  });
  await check("run again, it moves the rest, and nothing is left on the disk", async () => {
    const verb = await moveAll();
    that(/^Moved \d+ files/.test(verb.out), verb.out);
    same(onDisk().length, 0, "the number of files on disk");
    same(store.names().join(), files.map((file) => file.name).sort().join(), "what lies in the bucket");
    for (const file of files) same(hashOf(store.read(file.name)), file.name.split(".")[0], "the hash of a file of the bucket");
    await everyFile();
  });

  await calf.stop();
  choose("disk");
  await calf.start();
  await check("a move back ends after the file in hand when it is interrupted, and says how to go on", async () => {
    const verb = move();
    await until("some files are moved", () => onDisk().length >= 5);
    verb.child.kill("SIGINT");
    same(await verb.ended, 1, "the exit code");
    that(/Stopped after \d+ of 43 files/.test(verb.error) && verb.error.includes("run 'calf media move' again"), verb.error);
    same(onDisk().length + store.names().length, files.length, "the number of files in both places");
    nothingIsLost();
    await everyFile();
  });
  await check("killed on its way back it loses nothing either", async () => {
    const before = onDisk().length;
    const verb = move();
    await until("some files are moved", () => onDisk().length >= before + 3);
    verb.child.kill("SIGKILL");
    await verb.ended;
    nothingIsLost();
  });
  await check("run again while files are shown, it brings back every byte and leaves nothing in the bucket", async () => {
    const verb = move();
    let over = false;
    verb.ended.then(() => (over = true));
    while (!over) await everyFile();
    same(await verb.ended, 0, "the exit code");
    same(store.names().length, 0, "the number of files in the bucket");
    same(onDisk().join(), files.map((file) => file.name).sort().join(), "what lies on disk");
    same(readdirSync(join(media, "moving")).length, 0, "the number of half-moved files");
    nothingIsLost();
    await everyFile();
  });
  await check("what is taken back goes from where it lies", async () => {
    await calf.api("DELETE", `/api/v1/media/${files[0].id}`);
    that(!onDisk().includes(files[0].name), "it is still there");
    same((await get(files[0])).status, 404, "the status afterwards");
  });
  await check("the secret is in no log", async () => {
    await sleep(100);
    that(!readFileSync(calf.log, "utf8").includes(secret), "it is in the log");
  });
} catch (failure) {
  await check("the script comes to its end", () => { throw failure; });
} finally {
  await calf.stop("SIGKILL");
  await store.stop();
  rmSync(work, { recursive: true });
}
finish();
