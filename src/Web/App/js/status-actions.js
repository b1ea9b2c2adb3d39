import { h, icon } from './dom.js';
import { post, remove } from './api.js';
import { emit } from './bus.js';
import { isMe } from './session.js';
import { ask, complain, menu, toast } from './float.js';
import { compose } from './compose.js';
import { attachedFile } from './draft-files.js';
import { newPart, save } from './drafts.js';

/** @type {Record<string, [string, string, string, string]>} field, undo verb, label off, label on */
const toggles = {
  favourite: ['favourited', 'unfavourite', 'Favourite', 'Take back the favourite'],
  reblog: ['reblogged', 'unreblog', 'Boost', 'Take back the boost'],
  bookmark: ['bookmarked', 'unbookmark', 'Bookmark', 'Remove the bookmark'],
};

/** @param {any} status */
export function actionRow(status) {
  const own = isMe(status.account);
  const closed = status.visibility === 'direct' || (status.visibility === 'private' && !own);
  return h('div', { class: 'post-actions', role: 'group', 'aria-label': 'What you can do with this post' },
    h('button', { type: 'button', class: 'post-action', data: { kind: 'reply' }, 'aria-label': own && status.replies_count ? `Reply, ${status.replies_count.toLocaleString()} so far` : 'Reply', title: 'Reply', onclick: () => compose({ reply: status }) }, icon('reply'), own ? number(status.replies_count) : null),
    toggle(status, 'reblog', 'boost', closed, own ? status.reblogs_count : 0),
    toggle(status, 'favourite', 'star', false, own ? status.favourites_count : 0),
    toggle(status, 'bookmark', 'bookmark', false, 0),
    h('button', { type: 'button', class: 'post-action', 'aria-label': 'More', title: 'More', 'aria-haspopup': 'menu', onclick: event => menu(event.currentTarget, choices(status)) }, icon('more')));
}

/** Numbers are exact or absent: we know all of them only for our own posts. @param {number} n */
const number = n => n ? h('span', { class: 'count' }, n.toLocaleString()) : null;

/** @param {any} status @param {string} verb @param {string} glyph @param {boolean} disabled @param {number} count */
function toggle(status, verb, glyph, disabled, count) {
  const [field, , off, on] = toggles[verb];
  const pressed = !!status[field];
  return h('button', {
    type: 'button', class: 'post-action', data: { kind: verb }, disabled, 'aria-pressed': String(pressed), 'aria-label': count ? `${off}, ${count.toLocaleString()} so far` : off,
    title: disabled ? 'This post is not for passing on' : pressed ? on : off, onclick: () => flip(status, verb),
  }, icon(glyph), number(count));
}

/** Shows the change at once and takes it back when the server says no. @param {any} status @param {string} verb */
export async function flip(status, verb) {
  const [field, undo] = toggles[verb];
  const before = status[field];
  emit('status', { ...status, [field]: !before });
  try {
    const answer = await post(`/api/v1/statuses/${status.id}/${before ? undo : verb}`);
    emit('status', verb === 'reblog' && !before ? answer.reblog ?? answer : answer);
  } catch (problem) {
    emit('status', { ...status, [field]: before });
    complain(problem);
  }
}

/** Whether its author lets us quote it, perhaps after a question. @param {any} status */
export const canQuote = status => ['automatic', 'manual'].includes(status.quote_approval?.current_user);

/** The versions of a post. @param {any} status */
export const history = status => import('./edits.js').then(edits => edits.history(status), complain);

/** @param {any} status @returns {any[]} */
function choices(status) {
  const own = isMe(status.account), who = `@${status.account.username}`;
  const open = status.visibility === 'public' || status.visibility === 'unlisted';
  return [
    canQuote(status) ? { label: 'Quote', icon: 'quote', hint: status.quote_approval.current_user === 'manual' ? `${who} is asked before others see it.` : undefined, act: () => compose({ quote: status }) } : undefined,
    { label: 'Copy the link', icon: 'link', act: () => navigator.clipboard.writeText(status.url ?? status.uri).then(() => toast('The link is copied.'), () => toast(status.url ?? status.uri)) },
    { label: own ? 'Open the public page' : 'Open at its home', icon: 'out', act: () => window.open(status.url ?? status.uri, '_blank', 'noopener') },
    status.edited_at ? { label: 'Earlier versions', icon: 'history', act: () => history(status) } : undefined,
    null,
    { label: status.thread_followed ? 'Stop telling me of new answers' : 'Tell me of every new answer', icon: 'bell', hint: status.thread_followed ? undefined : 'In this whole thread, by whomever.', act: () => simple(status, status.thread_followed ? 'unfollow_thread' : 'follow_thread', status.thread_followed ? 'You will not be told of them any more.' : 'You will be told of every new answer.', '/api/calf/v1') },
    ...own ? [
      { label: 'Edit', icon: 'edit', act: () => compose({ edit: status }) },
      open || status.visibility === 'private' ? { label: status.pinned ? 'Take from the top of your profile' : 'Pin to your profile', icon: 'pin', act: () => simple(status, status.pinned ? 'unpin' : 'pin', status.pinned ? 'No longer pinned.' : 'Pinned to your profile.') } : undefined,
      { label: 'Delete', icon: 'trash', brick: true, act: () => erase(status) },
    ] : [
      { label: status.muted ? 'Hear about this thread again' : 'Mute this thread', icon: 'mute', act: () => simple(status, status.muted ? 'unmute' : 'mute', status.muted ? 'You will hear about it again.' : 'No more news from this thread.') },
      { label: `Mute ${who}`, icon: 'mute', hint: 'You see no posts from them. They are not told.', act: () => person(status.account, 'mute', `${who} is muted.`, 'unmute') },
      { label: `Block ${who}`, icon: 'block', hint: 'Neither of you follows or sees the other.', brick: true, act: () => block(status.account) },
    ],
  ].filter(item => item !== undefined);
}

/** @param {any} status @param {string} verb @param {string} said @param {string} [root] */
async function simple(status, verb, said, root = '/api/v1') {
  try {
    emit('status', await post(`${root}/statuses/${status.id}/${verb}`));
    toast(said);
  } catch (problem) { complain(problem); }
}

/** @param {any} account @param {string} verb @param {string} said @param {string} undo */
export async function person(account, verb, said, undo) {
  try {
    emit('relationship', await post(`/api/v1/accounts/${account.id}/${verb}`));
    toast(said, { label: 'Undo', act: async () => { try { emit('relationship', await post(`/api/v1/accounts/${account.id}/${undo}`)); } catch (problem) { complain(problem); } } });
  } catch (problem) { complain(problem); }
}

/** @param {any} account */
export async function block(account) {
  if (await ask({ title: `Block @${account.acct}?`, text: 'You stop following each other, and their posts disappear from your lists. Their server is told, so that it can do the same.', yes: 'Block' })) {
    await person(account, 'block', `@${account.acct} is blocked.`, 'unblock');
  }
}

/** @param {any} status */
async function erase(status) {
  if (!await ask({ title: 'Delete this post?', text: 'It disappears here, and the servers that have it are asked to remove it. Most do.', yes: 'Delete' })) return;
  try {
    const gone = await remove(`/api/v1/statuses/${status.id}`);
    emit('status-deleted', status.id);
    toast('The post is deleted.', { label: 'Write it again', act: () => {
      save('new', { parts: [newPart({ text: gone.text ?? '', files: gone.media_attachments.map(loosened) })], warning: gone.spoiler_text ?? '', warned: !!gone.spoiler_text, visibility: gone.visibility, language: gone.language, at: Date.now() });
      compose({});
    } });
  } catch (problem) { complain(problem); }
}

/** A file of a deleted post is free for another. @param {any} one */
const loosened = one => ({ ...attachedFile(one), attached: false });
