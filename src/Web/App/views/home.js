import { h } from '../js/dom.js';
import { get } from '../js/api.js';
import { onWhile } from '../js/bus.js';
import { feed } from '../js/feed.js';
import { postCard } from '../js/status-card.js';
import { compose } from '../js/compose.js';
import { session } from '../js/session.js';
import { avatar } from '../js/account.js';
import { hasWords, load } from '../js/drafts.js';
import { gapNote } from '../js/gap-note.js';
import { sinceYouLeft } from '../js/since.js';
import { t, tn } from '../js/i18n.js';
import { homeSide } from './side.js';

const path = '/api/v1/timelines/home';

/** What the people whom the owner follows wrote, newest first, with the news coming in. */
export function home() {
  /** @type {any[]} */ let waiting = [];
  const seen = new Set();
  // A boost of what is in the list already would only say it twice.
  const about = (/** @type {any} */ item) => item.reblog?.id ?? item.id;
  const isNew = (/** @type {any} */ item) => !seen.has(item.id) && !seen.has(about(item));
  const list = feed({
    path, query: { limit: 20 }, label: t('Home'), render: item => postCard(item),
    prepare: items => items.filter(item => isNew(item) && seen.add(item.id) && seen.add(about(item))),
    empty: [t('Your field is still empty'), t('Follow someone and their posts appear here. A handle looks like @someone@example.org.'), h('a', { class: 'button main', href: '/find' }, t('Find someone'))],
    end: t('You have read everything there is.'),
  });
  const fresh = h('div', { class: 'fresh-line', hidden: true });
  const offline = h('p', { class: 'offline', hidden: true, role: 'status' }, t('The live connection is lost. Calf tries again by itself; what you see stays.'));
  const line = h('button', { type: 'button', class: 'write-line', onclick: () => compose({}) }, h('span', null, avatar(session.me, false)), h('span'));
  const invite = () => { line.lastElementChild.textContent = hasWords(load('new')) ? t('Go on with your draft') : t('What is on your mind'); };
  invite();
  const node = h('div', null, line, offline, gapNote(), fresh, list);

  const since = sinceYouLeft(node, list);

  const release = () => {
    since.arriving(waiting.length);
    list.addOnTop(waiting);
    waiting = [];
    fresh.hidden = true;
  };
  const take = (/** @type {any[]} */ items) => {
    const news = items.filter(item => isNew(item) && !waiting.some(one => about(one) === about(item)));
    if (!news.length) return;
    const own = news.some(item => item.account.id === session.me.id);
    waiting = [...news, ...waiting];
    if (own || (scrollY < 120 && node.isConnected && !document.hidden)) {
      release();
      /** @type {any} */ (list.list.firstElementChild)?.firstElementChild?.classList.add('fresh');
      return;
    }
    fresh.hidden = false;
    fresh.replaceChildren(h('button', { type: 'button', class: 'button main', onclick: () => { release(); scrollTo({ top: 0, behavior: 'smooth' }); } },
      tn(waiting.length, 'One new post', '{n} new posts')));
  };
  onWhile(node, 'drafts', invite);
  onWhile(node, 'update', status => take([status]));
  onWhile(node, 'status-deleted', id => { waiting = waiting.filter(one => one.id !== id && one.reblog?.id !== id); });
  onWhile(node, 'stream', async state => {
    offline.hidden = state !== 'lost';
    if (state !== 'back') return;
    const newest = waiting[0]?.id ?? /** @type {any} */ (list.list.firstElementChild)?.item?.id;
    take(await get(path, { limit: 40, since_id: newest }).catch(() => []));
  });
  return { title: t('Home'), node, side: homeSide(node), place: 'home' };
}
