import { h, icon } from './dom.js';
import { get } from './api.js';
import { on } from './bus.js';
import { back, route, startRouter } from './router.js';
import { session, start } from './session.js';
import { compose, openDraft } from './composer.js';
import { resumeHeld } from './holding.js';
import { connect } from './stream.js';
import { keepForLater } from './offline.js';
import { listenForKeys } from './shortcuts.js';
import { empty, trouble } from './states.js';
import { home } from '../views/home.js';
import { find } from '../views/find.js';
import { thread } from '../views/thread.js';
import { profile } from '../views/profile.js';
import { notifications } from '../views/notifications.js';
import { settings } from '../views/settings.js';
import { followList } from '../views/follow-list.js';
import { why } from '../views/why.js';
import { list, lists } from '../views/lists.js';
import { tag, tags } from '../views/tags.js';
import { scheduled } from '../views/scheduled.js';
import { conversations } from '../views/conversations.js';
import { strangers } from '../views/strangers.js';
import { blocked, bookmarks, favourites, followers, following, muted, requests } from '../views/people.js';

const main = /** @type {HTMLElement} */ (document.getElementById('main'));
const side = /** @type {HTMLElement} */ (document.getElementById('side'));
const tops = ['/home', '/find', '/notifications', '/you'];

route('/home', home);
route('/find', find);
route('/notifications', notifications);
route('/posts/:id', thread);
route('/people/:id', profile);
route('/people/:id/followers', followers);
route('/people/:id/following', following);
route('/you', (_, query) => profile({ id: session.me.id }, query));
route('/settings', settings);
route('/bookmarks', bookmarks);
route('/favourites', favourites);
route('/requests', requests);
route('/strangers', strangers);
route('/why', why);
route('/follow-list', followList);
route('/conversations', conversations);
route('/scheduled', scheduled);
route('/lists', lists);
route('/lists/:id', list);
route('/tags', tags);
route('/tagged/:name', tag);
route('/blocked', blocked);
route('/muted', muted);

/** @param {any} view @param {string} path */
function draw(view, path) {
  const shown = view ?? { title: 'Not here', node: empty('Nothing at this address', 'It may have moved, or it never was.', h('a', { class: 'button', href: '/home' }, 'Go home')) };
  const deep = !tops.includes(path.split('?')[0]);
  document.title = `${shown.title} · Calf`;
  main.replaceChildren(
    h('header', { class: 'page-head' }, deep && h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Back', onclick: () => back() }, icon('back')),
      shown.head ? [h('h1', { class: 'unseen' }, shown.title), shown.head] : h('h1', null, shown.title)),
    shown.node);
  side.replaceChildren(...shown.side ? [shown.side] : []);
  const place = shown.place === 'you-or-other' ? shown.person === session.me.id ? 'you' : '' : shown.place;
  for (const link of document.querySelectorAll('[data-place]')) {
    if (link.getAttribute('data-place') === place) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  shown.focus?.();
}

async function begin() {
  try { await start(); }
  catch (problem) { return void (problem.status !== 401 && main.replaceChildren(trouble(problem, begin, 'Nothing is lost.'))); }
  document.querySelector('[data-place="write"]')?.addEventListener('click', event => {
    event.preventDefault();
    compose({});
  });
  if (location.pathname === '/write') {
    history.replaceState(null, '', '/home');
    queueMicrotask(() => compose({ text: new URLSearchParams(location.search).get('text') ?? '' }));
  }
  startRouter(draw);
  listenForKeys();
  resumeHeld(openDraft);
  connect();
  keepForLater();
  news();
}

/** The dot on the bell. */
async function news() {
  const bell = document.querySelector('[data-place="bell"]');
  on('notification', () => { if (location.pathname !== '/notifications') bell?.setAttribute('data-new', ''); });
  const [[newest], markers] = await Promise.all([get('/api/v1/notifications', { limit: 1 }), get('/api/v1/markers', { 'timeline[]': 'notifications' })]).catch(() => [[], null]);
  if (newest && newest.id !== markers?.notifications?.last_read_id && location.pathname !== '/notifications') bell?.setAttribute('data-new', '');
}

begin();
