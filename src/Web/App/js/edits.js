import { h } from './dom.js';
import { get } from './api.js';
import { t, tn, tx } from './i18n.js';
import { complain, dialog } from './float.js';
import { difference } from './diff.js';
import { plain, safe } from './html.js';
import { time } from './time.js';

/** The versions of a post, the newest first, each with what changed in it. @param {any} status */
export async function history(status) {
  try {
    /** @type {any[]} */ const edits = (await get(`/api/v1/statuses/${status.id}/history`)).reverse();
    const list = h('ol', { class: 'edits' });
    const draw = (/** @type {boolean} */ changes) => list.replaceChildren(...edits.map((edit, i) => h('li', null,
      h('p', { class: 'small quiet' }, version(i, edits.length, time(edit.created_at, true))),
      changes && edits[i + 1] ? changed(edits[i + 1], edit, status) : whole(edit, status))));
    const toggle = h('input', { type: 'checkbox', checked: true, onchange: () => draw(toggle.checked) });
    draw(true);
    dialog(t('Earlier versions'), h('div', { class: 'dialog-body' }, h('h2', null, t('Versions of this post')),
      h('label', { class: 'choice' }, toggle, h('span', null, t('Show what changed'))), list));
  } catch (problem) { complain(problem); }
}

/** Which version it is, the newest being 0. @param {number} i @param {number} all @param {HTMLElement} when */
const version = (i, all, when) => i === 0 ? tx('As it is now, {when}', { when }) : i === all - 1 ? tx('As first written, {when}', { when }) : when;

/** @param {any} edit @param {any} status */
const whole = (edit, status) => [edit.spoiler_text && h('p', null, h('b', { dir: 'auto' }, edit.spoiler_text)),
  h('div', { class: 'prose', dir: 'auto', lang: status.language }, safe(edit.content, { emojis: edit.emojis })), pictures(edit)];

/** @param {any} edit */
const pictures = ({ media_attachments: files }) => files?.length ? h('p', { class: 'small quiet' }, tn(files.length, 'With a file.', 'With {n} files.')) : null;

/** @param {any} before @param {any} after @param {any} status */
function changed(before, after, status) {
  const [old, now] = [before, after].map(edit => plain(edit.content, '\n'));
  const sentences = otherChanges(before, after);
  return [before.spoiler_text !== after.spoiler_text ? h('p', { dir: 'auto' }, h('b', null, compared(before.spoiler_text, after.spoiler_text))) : null,
    old !== now || !sentences.length ? h('div', { class: 'prose compared', dir: 'auto', lang: status.language }, compared(old, now)) : null,
    sentences.length ? h('p', { class: 'small quiet' }, sentences.join(' ')) : null];
}

/** @param {string} before @param {string} after */
const compared = (before, after) => difference(before, after).map(({ kind, text }) => kind === 'same' ? text : h(kind === 'in' ? 'ins' : 'del', null, text));

/** What else is new, in words. @param {any} before @param {any} after */
function otherChanges(before, after) {
  const [old, now] = [before, after].map(edit => new Map((edit.media_attachments ?? []).map((/** @type {any} */ one) => [one.id, one.description ?? ''])));
  const added = [...now.keys()].filter(id => !old.has(id)).length, gone = [...old.keys()].filter(id => !now.has(id)).length;
  const described = [...now].filter(([id, words]) => old.has(id) && old.get(id) !== words).length;
  const poll = (/** @type {any} */ edit) => JSON.stringify(edit.poll?.options?.map((/** @type {any} */ option) => option.title) ?? null);
  return [added && tn(added, 'One file was added.', '{n} files were added.'), gone && tn(gone, 'One file was taken away.', '{n} files were taken away.'),
    described && tn(described, 'One description was changed.', '{n} descriptions were changed.'), poll(before) !== poll(after) ? t('The poll is another.') : '',
    before.sensitive !== after.sensitive && !before.spoiler_text && !after.spoiler_text ? after.sensitive ? t('The pictures are covered.') : t('The pictures are no longer covered.') : ''].filter(Boolean);
}
