import { post, put } from './api.js';
import { emit } from './bus.js';
import { describeFiles, fileChanges } from './files-writer.js';
import { finished } from './poll-writer.js';

/** @typedef {import('./drafts.js').Draft} Draft @typedef {import('./drafts.js').Part} Part */

/** What every post of a draft says. @param {Draft} draft @param {Part} part */
const common = ({ warning, warned, language }, part) => ({ status: part.text, spoiler_text: warned ? warning : '', sensitive: (warned && !!warning) || (!!part.covered && !!part.files?.length), language });

/** Sends a draft. @param {Draft} draft @param {{ reply?: string }} about ids */
export async function deliver(draft, { reply }) {
  const [part] = draft.parts;
  await describeFiles(part.files ?? []);
  const status = await post('/api/v1/statuses', {
    ...common(draft, part), visibility: draft.visibility, in_reply_to_id: reply, media_ids: part.files?.map(file => file.id), poll: finished(part.poll) ?? undefined,
  }, { 'Idempotency-Key': part.key });
  emit('update', status);
}

/** Saves an edit. @param {Draft} draft @param {any} status as it was */
export async function change(draft, status) {
  const [part] = draft.parts;
  await describeFiles(part.files ?? []);
  emit('status', await put(`/api/v1/statuses/${status.id}`, { ...common(draft, part), ...fileChanges(part.files ?? []), poll: samePoll(status.poll) }));
}

const shortestPoll = 300;

/** An edit that names no poll takes it away, so it is named again as it is. @param {any} poll */
const samePoll = poll => poll ? {
  options: poll.options.map((/** @type {any} */ option) => option.title), multiple: poll.multiple, hide_totals: poll.options.some((/** @type {any} */ option) => option.votes_count === null),
  expires_in: Math.max(shortestPoll, Math.round((Date.parse(poll.expires_at) - Date.now()) / 1000)),
} : undefined;
