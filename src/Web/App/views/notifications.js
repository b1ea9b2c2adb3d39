import { h, icon } from '../js/dom.js';
import { get, post } from '../js/api.js';
import { onWhile } from '../js/bus.js';
import { feed } from '../js/feed.js';
import { faces, name, person } from '../js/account.js';
import { plain } from '../js/html.js';
import { postCard } from '../js/status-card.js';
import { ask, complain } from '../js/float.js';
import { redraw } from '../js/router.js';
import { isMe } from '../js/session.js';
import { time } from '../js/time.js';
import { number, t, tn, tnx, tx } from '../js/i18n.js';
import { unread } from './conversations.js';

/**
 * Those who did the same to the same within some hours (https://docs.joinmastodon.org/methods/grouped_notifications/#NotificationGroup).
 * @typedef {{ key: string, type: string, count: number, newest: string, at: string, people: any[], status: any, report: any, collection: any }} Group the last of the people first
 */
const path = '/api/v2/notifications', addressed = ['mention', 'quote'];
/** What a line shows and says of the one who did it. @type {Record<string, [string, (who: any) => any]>} */
const kinds = {
  favourite: ['star', who => tx('{who} likes your post', { who })], reblog: ['boost', who => tx('{who} boosted your post', { who })],
  follow: ['follow', who => tx('{who} follows you', { who })], follow_request: ['clock', who => tx('{who} asks to follow you', { who })],
  mention: ['reply', who => tx('{who} mentioned you', { who })], status: ['bell', who => tx('{who} posted', { who })], poll: ['poll', () => t('A poll that you answered has closed')],
  update: ['edit', who => tx('{who} edited a post that you boosted', { who })], quote: ['quote', who => tx('{who} quoted you', { who })],
  quoted_update: ['edit', who => tx('{who} edited a post that you quoted', { who })], 'admin.report': ['warning', who => tx('{who} passes on a complaint about you', { who })],
  added_to_collection: ['list', who => tx('{who} put you into a collection of people', { who })], collection_update: ['list', who => tx('{who} changed a collection that you are in', { who })],
};
/** What is said when others did the same. @type {Record<string, (who: any, others: number) => any>} */
const gathered = {
  favourite: (who, others) => tnx(others, '{who} and one other like your post', '{who} and {n} others like your post', { who }),
  reblog: (who, others) => tnx(others, '{who} and one other boosted your post', '{who} and {n} others boosted your post', { who }),
  follow: (who, others) => tnx(others, '{who} and one other follow you', '{who} and {n} others follow you', { who }),
};

/** Whether an id is the later one. @param {string} a @param {string} b */
const later = (a, b) => a.length === b.length ? a > b : a.length > b.length;

/** @param {any} answer @returns {Group[]} */
function groupsOf({ accounts, statuses, notification_groups: groups }) {
  const people = new Map(accounts.map((/** @type {any} */ one) => [one.id, one])), posts = new Map(statuses.map((/** @type {any} */ one) => [one.id, one]));
  return groups.map((/** @type {any} */ group) => ({
    key: group.group_key, type: group.type, count: group.notifications_count, newest: group.page_max_id, at: group.latest_page_notification_at,
    people: group.sample_account_ids.map((/** @type {string} */ id) => people.get(id)).filter(Boolean), status: posts.get(group.status_id), report: group.report, collection: group.collection,
  }));
}

/** What happened to one's posts and who came, as the server gathers it. @param {Record<string, string>} _ @param {URLSearchParams} query */
export function notifications(_, query) {
  const mentions = query.get('show') === 'mentions', types = mentions ? addressed : null;
  let newest = '0', seenUpTo = '0';
  /** @type {Map<string, { group: Group, node: HTMLElement }>} */ const shown = new Map();
  const marker = get('/api/v1/markers', { 'timeline[]': 'notifications' }).then(found => { seenUpTo = found?.notifications?.last_read_id ?? '0'; }, () => {});
  const asking = h('div');
  const list = feed({
    path, query: { limit: 30, 'types[]': types }, label: t('Notifications'),
    read: async answer => { await marker; return groupsOf(answer); },
    // A group goes on below the page where it began.
    prepare: groups => groups.filter((/** @type {Group} */ group) => !shown.has(group.key)),
    render: draw,
    empty: mentions ? [t('Nobody has spoken to you yet'), t('Answers, mentions and quotes are gathered here.')] : [t('All quiet'), t('When someone answers you, follows you or likes what you wrote, it is told here.')], end: t('Nothing older.'),
  });
  const read = async () => {
    await marker;
    if (mentions || !node.isConnected || document.hidden || !later(newest, seenUpTo)) return;
    post('/api/v1/markers', { notifications: { last_read_id: newest } }).catch(() => {});
    document.querySelector('[data-place="bell"]')?.removeAttribute('data-new');
  };
  /** @param {Group} group */
  function draw(group) {
    if (later(group.newest, newest)) newest = group.newest;
    setTimeout(read, 1200);
    const dismiss = () => post(`${path}/${group.key}/dismiss`).then(() => { node.remove(); shown.delete(group.key); list.check(); }, complain);
    const node = told(group, later(group.newest, seenUpTo), dismiss);
    shown.set(group.key, { group, node });
    return node;
  }
  /** On top, in the place of what was told of it before. @param {Group} group */
  const put = group => {
    shown.get(group.key)?.node.remove();
    shown.delete(group.key);
    list.addOnTop([group]);
  };
  const hear = (/** @type {any} */ item) => {
    if (types && !types.includes(item.type)) return;
    const before = shown.get(item.group_key)?.group, { type, status, report, collection } = item;
    const known = before?.people.some(one => one.id === item.account.id);
    put({ key: item.group_key, type, status, report, collection, newest: item.id, at: item.created_at, count: (before?.count ?? 0) + (known ? 0 : 1), people: [item.account, ...before?.people.filter(one => one.id !== item.account.id) ?? []] });
  };
  const clear = async () => {
    if (!await ask({ title: t('Clear all notifications?'), text: t('What they tell of stays: posts, answers, followers. Only the notes of it go.'), yes: t('Clear all') })) return;
    post(`${path}/clear`).then(redraw, complain);
  };
  const tabs = h('nav', { class: 'tabs', 'aria-label': t('What to show') }, [['/notifications', t('All||notifications'), !mentions], ['/notifications?show=mentions', t('Mentions'), mentions]].map(([href, label, now]) => h('a', { href, 'aria-current': now ? 'page' : null }, label)));
  const node = h('div', null, tabs, asking, list);
  const wait = async () => {
    const [talks, waiting, policy] = await Promise.all([unread(), get('/api/v1/follow_requests', { limit: 40 }).catch(() => []), get('/api/v2/notifications/policy').catch(() => null)]);
    const held = policy?.summary.pending_requests_count ?? 0;
    asking.replaceChildren(h('a', { class: `banner ${talks ? '' : 'calm'}`, href: '/conversations' }, icon('direct'), talks ? tn(talks, 'One conversation has something new', '{n} conversations have something new') : t('Conversations'), icon('forward')), ...held ? [h('a', { class: 'banner', href: '/strangers' }, icon('people'), tn(held, 'One stranger waits to be let through', '{n} strangers wait to be let through'), icon('forward'))] : [], ...waiting.length ? [h('a', { class: 'banner', href: '/requests' }, icon('people'), waiting.length === 1 ? t('{who} asks to follow you', { who: `@${waiting[0].acct}` }) : tn(waiting.length, 'One person asks to follow you', '{n} people ask to follow you'), icon('forward'))] : []);
  };
  if (!mentions) wait();
  onWhile(node, 'requests', wait);
  onWhile(node, 'notification', item => { hear(item); if (!mentions && (item.type === 'follow_request' || item.status?.visibility === 'direct')) wait(); });
  onWhile(node, 'stream', async state => {
    if (state !== 'back') return;
    const missed = groupsOf(await get(path, { limit: 30, 'types[]': types }).catch(() => ({ accounts: [], statuses: [], notification_groups: [] })));
    for (const group of missed.reverse()) if (group.newest !== shown.get(group.key)?.group.newest) put(group);
  });
  const head = h('div', { class: 'page-title' }, h('span', { class: 'title' }, t('Notifications')), h('button', { type: 'button', class: 'icon-button', 'aria-label': t('Clear all'), title: t('Clear all'), onclick: clear }, icon('trash')));
  return { title: t('Notifications'), head, node, place: 'bell' };
}

/** @param {Group} group @param {boolean} fresh @param {() => void} dismiss */
function told(group, fresh, dismiss) {
  const box = h('div', { class: 'told', role: 'article', data: fresh ? { new: '' } : {} });
  box.draw = () => {
    if (!['mention', 'status', 'quote'].includes(group.type) || !group.status) return box.replaceChildren(notice(group, dismiss, box));
    const card = postCard(group.status);
    card.extra = [null, { label: t('Dismiss this notification'), icon: 'close', act: dismiss }];
    box.replaceChildren(card);
  };
  box.draw();
  return box;
}

/** @param {Group} group @param {() => void} dismiss @param {HTMLElement} box where its people unfold */
function notice({ key, type, count, at, people, status, report, collection }, dismiss, box) {
  const [glyph, say] = kinds[type] ?? ['bell', who => tx('{who} did something that this page does not know', { who })];
  const who = h('a', { class: 'post-who', href: `/people/${people[0].id}` }, name(people[0]));
  const said = type === 'poll' && isMe(people[0]) ? t('Your poll has closed') : count > 1 && gathered[type] ? gathered[type](who, count - 1) : say(who);
  const unfold = h('button', { type: 'button', class: 'button compact slight', 'aria-expanded': 'false', onclick: () => {
    const open = unfold.getAttribute('aria-expanded') === 'true';
    unfold.setAttribute('aria-expanded', String(!open));
    unfold.textContent = open ? words : t('Fold||a list of people');
    if (open) box.querySelector('calf-feed')?.remove();
    else box.append(feed({ path: `${path}/${key}/accounts`, query: { limit: 40 }, kind: 'person', label: t('Who it was'), render: account => person(account, { note: false }), empty: [t('Nobody'), t('They took it back, or they are gone.')], end: t('That is everyone.') }));
  } }), words = tn(count, 'That person', 'All {n} people');
  unfold.textContent = words;
  return h('div', { class: 'post notice' },
    h('div', { class: 'post-margin' }, icon(glyph)),
    h('div', { class: 'post-main' },
      h('div', { class: 'notice-top' }, faces(people.slice(0, 8)), count > people.length && h('span', { class: 'small quiet count' }, `+${number(count - people.length)}`), h('button', { type: 'button', class: 'icon-button', 'aria-label': t('Dismiss'), title: t('Dismiss'), onclick: dismiss }, icon('close', 'small'))),
      h('p', { class: 'post-head' }, h('span', null, said), h('span', { class: 'post-when' }, time(at))),
      status && h('a', { class: 'snippet', href: `/posts/${status.id}`, dir: 'auto', lang: status.language }, status.spoiler_text || plain(status.content) || t('A post without words')),
      report?.comment && h('p', { class: 'snippet', dir: 'auto' }, report.comment),
      collection && h('a', { class: 'snippet', href: collection.url ?? collection.uri, dir: 'auto', target: '_blank', rel: 'noopener noreferrer' }, collection.name),
      count > 1 && unfold));
}
