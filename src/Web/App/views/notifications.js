import { h, icon } from '../js/dom.js';
import { get, post } from '../js/api.js';
import { onWhile } from '../js/bus.js';
import { feed } from '../js/feed.js';
import { faces, name } from '../js/account.js';
import { plain } from '../js/html.js';
import { postCard } from '../js/status-card.js';
import { isMe } from '../js/session.js';
import { time } from '../js/time.js';
import { t, tn, tnx, tx } from '../js/i18n.js';
import { unread } from './conversations.js';

const path = '/api/v1/notifications';
/** What a line shows and says of the one who did it. @type {Record<string, [string, (who: any) => any]>} */
const kinds = {
  favourite: ['star', who => tx('{who} likes your post', { who })], reblog: ['boost', who => tx('{who} boosted your post', { who })],
  follow: ['follow', who => tx('{who} follows you', { who })], follow_request: ['clock', who => tx('{who} asks to follow you', { who })],
  mention: ['reply', who => tx('{who} mentioned you', { who })], status: ['bell', who => tx('{who} posted', { who })], poll: ['poll', () => t('A poll that you answered has closed')],
  update: ['edit', who => tx('{who} edited a post that you boosted', { who })], quote: ['quote', who => tx('{who} quoted you', { who })],
  quoted_update: ['edit', who => tx('{who} edited a post that you quoted', { who })], 'admin.report': ['warning', who => tx('{who} passes on a complaint about you', { who })],
};
/** What is said when others did the same. @type {Record<string, (who: any, others: number) => any>} */
const gathered = {
  favourite: (who, others) => tnx(others, '{who} and one other like your post', '{who} and {n} others like your post', { who }),
  reblog: (who, others) => tnx(others, '{who} and one other boosted your post', '{who} and {n} others boosted your post', { who }),
  follow: (who, others) => tnx(others, '{who} and one other follow you', '{who} and {n} others follow you', { who }),
};

/** What happened to one's posts and who came; favourites, boosts and new followers gathered. */
export function notifications() {
  let newest = '0', seenUpTo = '0';
  const longer = (/** @type {string} */ a, /** @type {string} */ b) => a.length === b.length ? a > b : a.length > b.length;
  const marker = get('/api/v1/markers', { 'timeline[]': 'notifications' }).then(found => { seenUpTo = found?.notifications?.last_read_id ?? '0'; }, () => {});
  const asking = h('div');
  const list = feed({
    path, query: { limit: 30 }, label: t('Notifications'), prepare: gather,
    render: group => notice(group, longer(group.items[0].id, seenUpTo)),
    empty: [t('All quiet'), t('When someone answers you, follows you or likes what you wrote, it is told here.')], end: t('Nothing older.'),
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
    asking.replaceChildren(h('a', { class: `banner ${talks ? '' : 'calm'}`, href: '/conversations' }, icon('direct'), talks ? tn(talks, 'One conversation has something new', '{n} conversations have something new') : t('Conversations'), icon('forward')), ...held ? [h('a', { class: 'banner', href: '/strangers' }, icon('people'), tn(held, 'One stranger waits to be let through', '{n} strangers wait to be let through'), icon('forward'))] : [], ...waiting.length ? [h('a', { class: 'banner', href: '/requests' }, icon('people'), waiting.length === 1 ? t('{who} asks to follow you', { who: `@${waiting[0].acct}` }) : tn(waiting.length, 'One person asks to follow you', '{n} people ask to follow you'), icon('forward'))] : []);
  };
  ask();
  onWhile(node, 'requests', ask);
  onWhile(node, 'notification', item => { list.addOnTop([item]); if (item.type === 'follow_request' || item.status?.visibility === 'direct') ask(); });
  return { title: t('Notifications'), node, place: 'bell' };
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
  const [glyph, say] = kinds[type] ?? ['bell', who => tx('{who} did something that this page does not know', { who })];
  const people = [...new Map(items.map(item => [item.account.id, item.account])).values()];
  const who = h('a', { class: 'post-who', href: `/people/${people[0].id}` }, name(people[0])), others = people.length - 1;
  const said = type === 'poll' && isMe(first.account) ? t('Your poll has closed') : others ? gathered[type](who, others) : say(who);
  return h('article', { class: 'post notice', data: fresh ? { new: '' } : {} },
    h('div', { class: 'post-margin' }, icon(glyph)),
    h('div', { class: 'post-main' }, faces(people.slice(0, 10)),
      h('p', { class: 'post-head' }, h('span', null, said), h('span', { class: 'post-when' }, time(first.created_at))),
      first.status && h('a', { class: 'snippet', href: `/posts/${first.status.id}`, dir: 'auto', lang: first.status.language }, first.status.spoiler_text || plain(first.status.content) || t('A post without words')),
      first.report?.comment && h('p', { class: 'snippet', dir: 'auto' }, first.report.comment)));
}
