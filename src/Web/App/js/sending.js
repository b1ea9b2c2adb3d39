import { post, put } from './api.js';
import { tn } from './i18n.js';
import { emit } from './bus.js';
import { describeFiles, fileChanges } from './draft-files.js';
import { finished } from './poll-writer.js';

/** @typedef {import('./drafts.js').Draft} Draft @typedef {import('./drafts.js').Part} Part @typedef {{ reply?: string, quote?: string }} Ids what is answered or quoted */

/** What every post of a draft says. @param {Draft} draft @param {Part} part */
const common = ({ warning, warned, language }, part) => ({ status: part.text, spoiler_text: warned ? warning : '', sensitive: (warned && !!warning) || (!!part.covered && !!part.files?.length), language });

/** The request that makes one post of a draft. @param {Draft} draft @param {Part} part @param {Ids} ids */
export const request = (draft, part, { reply, quote }) => ({
  path: '/api/v1/statuses', headers: { 'Idempotency-Key': part.key },
  json: { ...common(draft, part), visibility: draft.visibility, in_reply_to_id: reply, quoted_status_id: quote, media_ids: part.files?.map(file => file.id), poll: finished(part.poll) ?? undefined, scheduled_at: draft.scheduled ?? undefined },
});

/** Tells the server all descriptions, before the posts that need them. @param {Draft} draft */
export async function describe(draft) {
  for (const part of draft.parts) await describeFiles(part.files ?? []);
}

/** Sends what of a draft is not out yet, each post as the answer to the one before. @param {Draft} draft marked in place @param {Ids} ids @param {() => void} [marked] after each post */
export async function deliver(draft, { reply, quote }, marked = () => {}) {
  let parent = reply;
  for (const [index, part] of draft.parts.entries()) {
    if (!part.sent) {
      const { path, json, headers } = request(draft, part, { reply: parent, quote: index ? undefined : quote });
      const made = await post(path, json, headers);
      part.sent = made.id;
      marked();
      emit(draft.scheduled ? 'scheduled' : 'update', made);
    }
    parent = part.sent;
  }
}

/** Saves an edit. @param {Draft} draft @param {any} status as it was */
export async function change(draft, status) {
  const [part] = draft.parts;
  await describe(draft);
  emit('status', await put(`/api/v1/statuses/${status.id}`, { ...common(draft, part), ...fileChanges(part.files ?? []), poll: samePoll(status.poll) }));
}

/** How much of a thread is out, said before what went wrong. @param {Draft} draft */
export function outSoFar({ parts }) {
  const out = parts.filter(part => part.sent).length;
  return out ? `${tn(out, '{n} of {all} posts is out.', '{n} of {all} posts are out.', { all: parts.length })} ` : '';
}

const shortestPoll = 300;

/** An edit that names no poll takes it away, so it is named again as it is. @param {any} poll */
const samePoll = poll => poll ? {
  options: poll.options.map((/** @type {any} */ option) => option.title), multiple: poll.multiple, hide_totals: poll.options.some((/** @type {any} */ option) => option.votes_count === null),
  expires_in: Math.max(shortestPoll, Math.round((Date.parse(poll.expires_at) - Date.now()) / 1000)),
} : undefined;
