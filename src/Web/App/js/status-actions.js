import { h, icon } from './dom.js';
import { post, remove } from './api.js';
import { emit } from './bus.js';
import { isMe } from './session.js';
import { bring } from './bring.js';
import { ask, complain, menu, toast } from './float.js';
import { compose } from './compose.js';
import { attachedFile } from './draft-files.js';
import { newPart, save } from './drafts.js';
import { go } from './router.js';
import { number, t } from './i18n.js';

/** @type {Record<string, [string, string, string, string]>} field, undo verb, label off, label on */
const toggles = {
  favourite: ['favourited', 'unfavourite', t('Favourite||a post, the button'), t('Take back the favourite')],
  reblog: ['reblogged', 'unreblog', t('Boost||a post, the button'), t('Take back the boost')],
  bookmark: ['bookmarked', 'unbookmark', t('Bookmark||a post, the button'), t('Remove the bookmark')],
};

/** @param {any} status @param {import('./float.js').MenuItem[]} [extra] what its menu has beside the usual */
export function actionRow(status, extra = []) {
  const own = isMe(status.account);
  const reply = t('Reply||to a post, the button'), closed = status.visibility === 'direct' || (status.visibility === 'private' && !own);
  return h('div', { class: 'post-actions', role: 'group', 'aria-label': t('What you can do with this post') },
    h('button', { type: 'button', class: 'post-action', data: { kind: 'reply' }, 'aria-label': own ? counted(reply, status.replies_count) : reply, title: reply, onclick: () => compose({ reply: status }) }, icon('reply'), own ? figure(status.replies_count) : null),
    toggle(status, 'reblog', 'boost', closed, own ? status.reblogs_count : 0),
    toggle(status, 'favourite', 'star', false, own ? status.favourites_count : 0),
    toggle(status, 'bookmark', 'bookmark', false, 0),
    h('button', { type: 'button', class: 'post-action', 'aria-label': t('More||that can be done'), title: t('More||that can be done'), 'aria-haspopup': 'menu', onclick: event => menu(event.currentTarget, [...choices(status), ...extra]) }, icon('more')));
}

/** Numbers are exact or absent: we know all of them only for our own posts. @param {number} n */
const figure = n => n ? h('span', { class: 'count' }, number(n)) : null;

/** @param {string} action @param {number} n */
const counted = (action, n) => n ? t('{action}, {n} so far||what a button does, and how often it was done', { action, n }) : action;

/** @param {any} status @param {string} verb @param {string} glyph @param {boolean} disabled @param {number} count */
function toggle(status, verb, glyph, disabled, count) {
  const [field, , off, on] = toggles[verb];
  const pressed = !!status[field];
  return h('button', {
    type: 'button', class: 'post-action', data: { kind: verb }, disabled, 'aria-pressed': String(pressed), 'aria-label': counted(off, count),
    title: disabled ? t('This post is not for passing on') : pressed ? on : off, onclick: () => flip(status, verb),
  }, icon(glyph), figure(count));
}

/** What was pressed and is not answered yet, by post: an answer that is older than a press does not take it back. @type {Map<string, Record<string, boolean>>} */
const pressed = new Map();

/** Shows the change at once and takes it back when the server says no. @param {any} status @param {string} verb */
export async function flip(status, verb) {
  const [field, undo] = toggles[verb];
  const before = status[field], others = pressed.get(status.id) ?? {};
  pressed.set(status.id, others);
  others[field] = !before;
  const tell = (/** @type {any} */ now) => emit('status', { ...now, ...others });
  tell(status);
  try {
    const answer = await post(`/api/v1/statuses/${status.id}/${before ? undo : verb}`);
    delete others[field];
    tell(verb === 'reblog' && !before ? answer.reblog ?? answer : answer);
  } catch (problem) {
    delete others[field];
    tell({ ...status, [field]: before });
    complain(problem);
  }
}

/** Whether its author lets us quote it, perhaps after a question. @param {any} status */
export const canQuote = status => ['automatic', 'manual'].includes(status.quote_approval?.current_user);

/** The versions of a post. @param {any} status */
export const history = status => bring(() => import('./edits.js')).then(edits => edits.history(status), complain);

/** @param {any} status @returns {any[]} */
function choices(status) {
  const own = isMe(status.account), who = `@${status.account.username}`;
  // What is marked in the post when the menu opens.
  const word = getSelection()?.toString().trim().slice(0, 100) ?? '';
  const open = status.visibility === 'public' || status.visibility === 'unlisted';
  return [
    canQuote(status) ? { label: t('Quote||a post, in a menu'), icon: 'quote', hint: status.quote_approval.current_user === 'manual' ? t('{who} is asked before others see it.', { who }) : undefined, act: () => compose({ quote: status }) } : undefined,
    { label: t('Copy the link'), icon: 'link', act: () => navigator.clipboard.writeText(status.url ?? status.uri).then(() => toast(t('The link is copied.')), () => toast(status.url ?? status.uri)) },
    { label: own ? t('Open the public page') : t('Open at its home'), icon: 'out', act: () => window.open(status.url ?? status.uri, '_blank', 'noopener') },
    status.edited_at ? { label: t('Earlier versions'), icon: 'history', act: () => history(status) } : undefined,
    null,
    { label: status.thread_followed ? t('Stop telling me of new answers') : t('Tell me of every new answer'), icon: 'bell', hint: status.thread_followed ? undefined : t('In this whole thread, by whomever.'), act: () => simple(status, status.thread_followed ? 'unfollow_thread' : 'follow_thread', status.thread_followed ? t('You will not be told of them any more.') : t('You will be told of every new answer.'), '/api/calf/v1') },
    ...own ? [
      { label: t('Edit||a post, in a menu'), icon: 'edit', act: () => compose({ edit: status }) },
      open || status.visibility === 'private' ? { label: status.pinned ? t('Take from the top of your profile') : t('Pin to your profile'), icon: 'pin', act: () => simple(status, status.pinned ? 'unpin' : 'pin', status.pinned ? t('No longer pinned.') : t('Pinned to your profile.')) } : undefined,
      { label: t('Delete'), icon: 'trash', brick: true, act: () => erase(status) },
    ] : [
      { label: status.muted ? t('Hear about this thread again') : t('Mute this thread'), icon: 'mute', act: () => simple(status, status.muted ? 'unmute' : 'mute', status.muted ? t('You will hear about it again.') : t('No more news from this thread.')) },
      { label: t('Filter this'), icon: 'filter', hint: t('Or what is like it, by words.'), act: () => go(`/filters?${new URLSearchParams({ post: status.id, word })}`) },
      { label: t('Mute {who}', { who }), icon: 'mute', hint: t('You see no posts from them. They are not told.'), act: () => person(status.account, 'mute', t('{who} is muted.', { who }), 'unmute') },
      { label: t('Block {who}', { who }), icon: 'block', hint: t('Neither of you follows or sees the other.'), brick: true, act: () => block(status.account) },
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
    toast(said, { label: t('Undo'), act: async () => { try { emit('relationship', await post(`/api/v1/accounts/${account.id}/${undo}`)); } catch (problem) { complain(problem); } } });
  } catch (problem) { complain(problem); }
}

/** @param {any} account */
export async function block(account) {
  const who = `@${account.acct}`;
  if (await ask({ title: t('Block {who}?', { who }), text: t('You stop following each other, and their posts disappear from your lists. Their server is told, so that it can do the same.'), yes: t('Block||a person, the button') })) {
    await person(account, 'block', t('{who} is blocked.', { who }), 'unblock');
  }
}

/** @param {any} status */
async function erase(status) {
  if (!await ask({ title: t('Delete this post?'), text: t('It disappears here, and the servers that have it are asked to remove it. Most do.'), yes: t('Delete') })) return;
  try {
    const gone = await remove(`/api/v1/statuses/${status.id}`);
    emit('status-deleted', status.id);
    toast(t('The post is deleted.'), { label: t('Write it again'), act: () => {
      save('new', { parts: [newPart({ text: gone.text ?? '', files: gone.media_attachments.map(loosened) })], warning: gone.spoiler_text ?? '', warned: !!gone.spoiler_text, visibility: gone.visibility, language: gone.language, at: Date.now() });
      compose({});
    } });
  } catch (problem) { complain(problem); }
}

/** A file of a deleted post is free for another. @param {any} one */
const loosened = one => ({ ...attachedFile(one), attached: false });
