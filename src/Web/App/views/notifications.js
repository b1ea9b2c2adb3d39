import { h, icon } from '../js/dom.js';
import { get, post } from '../js/api.js';
import { onWhile } from '../js/bus.js';
import { feed } from '../js/feed.js';
import { faces, name } from '../js/account.js';
import { plain } from '../js/html.js';
import { postCard } from '../js/status-card.js';
import { isMe } from '../js/session.js';
import { time } from '../js/time.js';
import { unread } from './conversations.js';

const path = '/api/v1/notifications';
/** @type {Record<string, [string, string]>} */
const kinds = {
  favourite: ['star', 'like your post'], reblog: ['boost', 'boosted your post'], follow: ['follow', 'follow you'], follow_request: ['clock', 'ask to follow you'],
  mention: ['reply', 'mentioned you'], status: ['bell', 'posted'], poll: ['poll', 'A poll that you answered has closed'], update: ['edit', 'edited a post that you boosted'],
  quote: ['quote', 'quoted you'], quoted_update: ['edit', 'edited a post that you quoted'],
  'admin.report': ['warning', 'passes on a complaint about you'],
};
/** @type {Record<string, string>} */
const one = { favourite: 'likes your post', follow: 'follows you', follow_request: 'asks to follow you' };

/** What happened to one's posts and who came; favourites, boosts and new followers gathered. */
export function notifications() {
  let newest = '0', seenUpTo = '0';
  const longer = (/** @type {string} */ a, /** @type {string} */ b) => a.length === b.length ? a > b : a.length > b.length;
  const marker = get('/api/v1/markers', { 'timeline[]': 'notifications' }).then(found => { seenUpTo = found?.notifications?.last_read_id ?? '0'; }, () => {});
  const asking = h('div');
  const list = feed({
    path, query: { limit: 30 }, label: 'Notifications', prepare: gather,
    render: group => notice(group, longer(group.items[0].id, seenUpTo)),
    empty: ['All quiet', 'When someone answers you, follows you or likes what you wrote, it is told here.'], end: 'Nothing older.',
  });
  const read = async () => {
    await marker;
    if (!node.isConnected || document.hidden || !longer(newest, seenUpTo)) return;
    post('/api/v1/markers', { notifications: { last_read_id: newest } }).catch(() => {});
    document.querySelector('[data-place="bell"]')?.removeAttribute('data-new');
  };
  function gather(/** @type {any[]} */ items) {
    if (items.length && longer(items[0].id, newest)) newest = items[0].id;
    setTimeout(read, 1200);
    return groups(items);
  }
  const node = h('div', null, asking, list);
  const ask = async () => {
    const [talks, waiting, policy] = await Promise.all([unread(), get('/api/v1/follow_requests', { limit: 40 }).catch(() => []), get('/api/v2/notifications/policy').catch(() => null)]);
    const held = policy?.summary.pending_requests_count ?? 0;
    asking.replaceChildren(h('a', { class: `banner ${talks ? '' : 'calm'}`, href: '/conversations' }, icon('direct'), talks ? talks === 1 ? 'One conversation has something new' : `${talks} conversations have something new` : 'Conversations', icon('forward')), ...held ? [h('a', { class: 'banner', href: '/strangers' }, icon('people'), held === 1 ? 'One stranger waits to be let through' : `${held} strangers wait to be let through`, icon('forward'))] : [], ...waiting.length ? [h('a', { class: 'banner', href: '/requests' }, icon('people'), waiting.length === 1 ? `@${waiting[0].acct} asks to follow you` : `${waiting.length} people ask to follow you`, icon('forward'))] : []);
  };
  ask();
  onWhile(node, 'requests', ask);
  onWhile(node, 'notification', item => { list.addOnTop([item]); if (item.type === 'follow_request' || item.status?.visibility === 'direct') ask(); });
  return { title: 'Notifications', node, place: 'bell' };
}

/** Neighbours of one kind about one post become one line. @param {any[]} items @returns {{ type: string, items: any[] }[]} */
function groups(items) {
  /** @type {{ type: string, items: any[], key: string }[]} */ const made = [];
  for (const item of items) {
    const key = ['favourite', 'reblog', 'follow'].includes(item.type) ? `${item.type} ${item.status?.id ?? ''}` : item.id;
    const last = made.slice(-4).find(group => group.key === key);
    if (last) last.items.push(item);
    else made.push({ type: item.type, items: [item], key });
  }
  return made;
}

/** @param {{ type: string, items: any[] }} group @param {boolean} fresh */
function notice({ type, items }, fresh) {
  const first = items[0];
  if ((type === 'mention' || type === 'status' || type === 'quote') && first.status) return postCard(first.status);
  const [glyph, usual] = kinds[type] ?? ['bell', 'did something that this page does not know'];
  const words = type === 'poll' && isMe(first.account) ? 'Your poll has closed' : usual;
  const people = [...new Map(items.map(item => [item.account.id, item.account])).values()];
  const rest = people.length - 1;
  return h('article', { class: 'post notice', data: fresh ? { new: '' } : {} },
    h('div', { class: 'post-margin' }, icon(glyph)),
    h('div', { class: 'post-main' }, faces(people.slice(0, 10)),
      h('p', { class: 'post-head' }, h('span', null, type === 'poll' ? null : [h('a', { class: 'post-who', href: `/people/${people[0].id}` }, name(people[0])), rest ? ` and ${rest === 1 ? 'one other' : `${rest} others`} ` : ' '],
        rest ? words : one[type] ?? words), h('span', { class: 'post-when' }, time(first.created_at))),
      first.status && h('a', { class: 'snippet', href: `/posts/${first.status.id}`, dir: 'auto', lang: first.status.language }, first.status.spoiler_text || plain(first.status.content) || 'A post without words'),
      first.report?.comment && h('p', { class: 'snippet', dir: 'auto' }, first.report.comment)));
}
