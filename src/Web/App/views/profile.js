import { h, icon } from '../js/dom.js';
import { get, post } from '../js/api.js';
import { emit, onWhile } from '../js/bus.js';
import { feed } from '../js/feed.js';
import { postCard } from '../js/status-card.js';
import { emojify, safe } from '../js/html.js';
import { avatar, called, followButton, relationOf } from '../js/account.js';
import { fullHandle, isMe } from '../js/session.js';
import { complain, menu, toast } from '../js/float.js';
import { compose } from '../js/compose.js';
import { block, person } from '../js/status-actions.js';
import { skeleton, trouble } from '../js/states.js';
import { chooseLists } from '../js/list-choice.js';
import { go } from '../js/router.js';
import { locale, number, t, tnx, tx } from '../js/i18n.js';

/** Someone's profile and posts, or one's own. @param {Record<string, string>} parameters @param {URLSearchParams} query */
export function profile({ id }, query) {
  const node = h('div'), side = h('div');
  const tab = query.get('show') ?? 'posts';
  const draw = async () => {
    node.replaceChildren(skeleton(4));
    try {
      const account = await get(`/api/v1/accounts/${id}`);
      node.replaceChildren(header(account, node), tabs(account, tab), ...lists(account, tab));
      side.replaceChildren(facts(account));
    } catch (problem) { node.replaceChildren(trouble(problem.status === 404 ? { message: t('This person is not known here.') } : problem, draw)); }
  };
  draw();
  return { title: t('Profile'), node, side, place: 'you-or-other', person: id };
}

/** @param {any} account @param {Node} node */
function header(account, node) {
  const picture = account.header && !/missing\.(png|svg)$/.test(account.header) ? h('img', { class: 'profile-header', src: account.header_static || account.header, alt: account.header_description ?? '' }) : null;
  const relation = h('p', { class: 'relation' });
  const tell = (/** @type {any} */ r) => relation.replaceChildren(...r.followed_by ? [icon('check', 'small'), r.following ? t('You follow each other') : t('Follows you')] : r.requested_by ? [icon('clock', 'small'), t('Asks to follow you')] : []);
  if (!isMe(account)) relationOf(account.id).then(tell, () => {});
  onWhile(node, 'relationship', r => { if (r.id === account.id) tell(r); });
  const { statuses_count: posts, following_count: followed, followers_count: followers } = account;
  const counted = (/** @type {number} */ n, /** @type {string} */ path, /** @type {any[]} */ text) => !n && !isMe(account) ? null : h('a', { href: `/people/${account.id}${path}` }, text);
  return [picture, h('div', { class: 'profile' },
    h('div', { class: 'profile-top' }, avatar(account, false), h('div', { class: 'row' },
      h('button', { type: 'button', class: 'icon-button', 'aria-label': t('More'), 'aria-haspopup': 'menu', onclick: event => more(event.currentTarget, account) }, icon('more')), followButton(account))),
    h('div', null, h('h2', { dir: 'auto' }, emojify(called(account), account.emojis)),
      h('p', { class: 'handle', dir: 'ltr' }, fullHandle(account), account.locked ? [' ', icon('private', 'small', t('Approves each follower'))] : null), relation),
    account.note && h('div', { class: 'prose', dir: 'auto' }, safe(account.note, account)),
    account.moved && h('p', { class: 'composer-note' }, icon('forward', 'small'), tx('Moved to {who}', { who: h('a', { href: `/people/${account.moved.id}` }, `@${account.moved.acct}`) })),
    h('div', { class: 'fields-inline' }, fields(account)),
    h('p', { class: 'profile-numbers' },
      counted(posts, '', tnx(posts, '{n} post', '{n} posts', { n: h('b', null, number(posts)) })),
      counted(followed, '/following', tnx(followed, '{n} followed', '{n} followed||how many somebody follows', { n: h('b', null, number(followed)) })),
      counted(followers, '/followers', tnx(followers, '{n} follower', '{n} followers', { n: h('b', null, number(followers)) }))))].filter(one => one).reduce((box, one) => (box.append(one), box), h('div'));
}

/** @param {any} account */
const fields = account => account.fields?.length ? h('dl', { class: 'facts' }, account.fields.map((/** @type {any} */ field) => h('div', null,
  h('dt', { dir: 'auto' }, emojify(field.name, account.emojis)),
  h('dd', { dir: 'auto', class: 'prose' }, field.verified_at && h('span', { class: 'is-leaf', title: t('This page links back') }, icon('check', 'small', t('Verified'))), safe(field.value, account))))) : null;

/** @param {any} account */
function facts(account) {
  const since = new Date(account.created_at).toLocaleDateString(locale, { month: 'long', year: 'numeric' });
  const host = account.acct.includes('@') ? account.acct.split('@')[1] : null;
  return h('section', null, h('h2', null, isMe(account) ? t('You||heading over a few facts') : t('About||heading over a few facts about somebody')), h('p', { class: 'small quiet' }, host ? t('Writes from {host}, since {month}. Only what has come here is shown; the rest is at their home.', { host, month: since }) : t('Here since {month}.', { month: since })),
    h('p', { class: 'small' }, h('a', { href: account.url, target: '_blank', rel: 'noopener noreferrer' }, isMe(account) ? t('Your public page') : t('Their page at home'))));
}

/** @param {any} account @param {string} tab */
const tabs = (account, tab) => h('nav', { class: 'tabs', 'aria-label': t('What to show') }, [['posts', t('Posts')], ['all', t('With answers')], ['media', t('Media')]].map(([key, label]) =>
  h('a', { href: `/people/${account.id}${key === 'posts' ? '' : `?show=${key}`}`, 'aria-current': key === tab ? 'page' : null }, label)));

/** @param {any} account @param {string} tab */
function lists(account, tab) {
  const path = `/api/v1/accounts/${account.id}/statuses`;
  const pins = h('div', { class: 'ruled' });
  if (tab === 'posts') get(path, { pinned: true }).then(items => pins.append(...items.map((/** @type {any} */ item) => postCard(item, { pinned: true }))), () => {});
  const mine = isMe(account);
  return [pins, feed({
    path, query: { limit: 20, exclude_replies: tab === 'posts' ? true : null, only_media: tab === 'media' ? true : null }, render: item => postCard(item),
    empty: mine ? [t('Nothing written yet'), t('Your posts gather here, for you and for everyone you let see them.'), h('button', { type: 'button', class: 'button main', onclick: () => compose({}) }, t('Write the first'))]
      : [t('Nothing here yet'), t('None of their posts have come to your server. Follow them, and the next ones will.')],
    end: mine ? t('This is where you began.') : t('Older posts are at their home.'),
  })];
}

/** @param {HTMLElement} anchor @param {any} account */
async function more(anchor, account) {
  const relation = isMe(account) ? null : await relationOf(account.id).catch(() => ({}));
  const act = async (/** @type {string} */ verb, /** @type {string} */ said) => {
    try { emit('relationship', await post(`/api/v1/accounts/${account.id}/${verb}`)); toast(said); } catch (problem) { complain(problem); }
  };
  const who = `@${account.username}`;
  menu(anchor, [
    { label: t('Copy the handle'), icon: 'link', act: () => navigator.clipboard.writeText(fullHandle(account)).then(() => toast(t('The handle is copied.')), () => toast(fullHandle(account))) },
    { label: isMe(account) ? t('Open your public page') : t('Open at its home'), icon: 'out', act: () => window.open(account.url, '_blank', 'noopener') },
    ...relation ? [
      { label: t('Write to {who}', { who }), icon: 'write', act: () => compose({ text: `@${account.acct} ` }) },
      ...relation.following ? [{ label: t('Lists with them'), icon: 'list', act: () => chooseLists(account) }] : [], null,
      relation.muting ? { label: t('Unmute'), icon: 'mute', act: () => act('unmute', t('{who} is no longer muted.', { who })) } : { label: t('Mute||somebody: button'), icon: 'mute', act: () => person(account, 'mute', t('{who} is muted.', { who }), 'unmute') },
      relation.blocking ? { label: t('Unblock'), icon: 'block', act: () => act('unblock', t('{who} is no longer blocked.', { who })) } : { label: t('Block||somebody: button'), icon: 'block', brick: true, act: () => block(account) },
      ...relation.followed_by ? [{ label: t('Remove from your followers'), icon: 'close', act: () => act('remove_from_followers', t('{who} no longer follows you.', { who })) }] : [],
    ] : [null, { label: t('Bookmarks'), icon: 'bookmark', act: () => go('/bookmarks') }, { label: t('Favourites'), icon: 'star', act: () => go('/favourites') }, { label: t('Lists'), icon: 'list', act: () => go('/lists') }, { label: t('Tags'), icon: 'tag', act: () => go('/tags') }, { label: t('Settings'), icon: 'settings', act: () => go('/settings') }],
  ]);
}
