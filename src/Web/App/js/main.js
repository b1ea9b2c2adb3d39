import { h, icon, whenQuiet } from './dom.js';
import { get } from './api.js';
import { emit, on } from './bus.js';
import { bring } from './bring.js';
import { back, route, startRouter } from './router.js';
import { session, start } from './session.js';
import { compose, openDraft } from './compose.js';
import { connect } from './stream.js';
import { t, translate } from './i18n.js';
import { keepForLater } from './offline.js';
import { listenForKeys } from './shortcuts.js';
import { empty, trouble } from './states.js';
import { home } from '../views/home.js';
const main = /** @type {HTMLElement} */ (document.getElementById('main'));
const side = /** @type {HTMLElement} */ (document.getElementById('side'));
const tops = ['/home', '/find', '/notifications', '/you'];

/** Home is in the first load; every other view comes when it is first opened, or when there is time for it. @type {Record<string, () => Promise<any>>} */
const views = {
  find: () => import('../views/find.js'),
  thread: () => import('../views/thread.js'),
  profile: () => import('../views/profile.js'),
  notifications: () => import('../views/notifications.js'),
  settings: () => import('../views/settings.js'),
  people: () => import('../views/people.js'),
  why: () => import('../views/why.js'),
  followList: () => import('../views/follow-list.js'),
  conversations: () => import('../views/conversations.js'),
  scheduled: () => import('../views/scheduled.js'),
  strangers: () => import('../views/strangers.js'),
  lists: () => import('../views/lists.js'),
  tags: () => import('../views/tags.js'),
  filters: () => import('../views/filters.js'),
  welcome: () => import('../views/welcome.js'),
  health: () => import('../views/health.js'),
};

/** @param {string} path @param {string} view @param {string} [name] of the function in it, else the view's own */
const later = (path, view, name = view) => route(path, async (parameters, query) => (await bring(views[view]))[name](parameters, query));

route('/home', home);
later('/find', 'find');
later('/notifications', 'notifications');
later('/posts/:id', 'thread');
later('/people/:id', 'profile');
later('/people/:id/followers', 'people', 'followers');
later('/people/:id/following', 'people', 'following');
route('/you', async (_, query) => (await bring(views.profile)).profile({ id: session.me.id }, query));
later('/settings', 'settings');
later('/bookmarks', 'people', 'bookmarks');
later('/favourites', 'people', 'favourites');
later('/requests', 'people', 'requests');
later('/blocked', 'people', 'blocked');
later('/muted', 'people', 'muted');
later('/strangers', 'strangers');
later('/why', 'why');
later('/follow-list', 'followList');
later('/conversations', 'conversations');
later('/scheduled', 'scheduled');
later('/lists', 'lists');
later('/lists/:id', 'lists', 'list');
later('/tags', 'tags');
later('/tagged/:name', 'tags', 'tag');
later('/filters', 'filters');
later('/welcome', 'welcome');
later('/server', 'health');

/** @param {any} view @param {string} path */
function draw(view, path) {
  const shown = view ?? { title: t('Not here'), node: empty(t('Nothing at this address'), t('It may have moved, or it never was.'), h('a', { class: 'button', href: '/home' }, t('Go home'))) };
  const deep = !tops.includes(path.split('?')[0]);
  document.title = `${shown.title} · Calf`;
  main.replaceChildren(
    h('header', { class: 'page-head' }, deep && h('button', { type: 'button', class: 'icon-button', 'aria-label': t('Back'), onclick: () => back() }, icon('back')),
      shown.head ? [h('h1', { class: 'unseen' }, shown.title), shown.head] : h('h1', null, shown.title)),
    shown.node);
  side.replaceChildren(...shown.side ? [shown.side] : []);
  const place = shown.place === 'you-or-other' ? shown.person === session.me.id ? 'you' : '' : shown.place;
  for (const link of document.querySelectorAll('[data-place]')) {
    if (link.getAttribute('data-place') === place) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  shown.focus?.();
  emit('drawn', path);
}

/** Columns beside the page, for those who want them. */
function watchDeck() {
  const root = document.documentElement, wide = matchMedia('(min-width: 1500px)');
  let brought = false;
  const look = () => {
    if (!brought && !(wide.matches && root.hasAttribute('data-deck'))) return;
    brought = true;
    bring(() => import('./deck.js')).then(deck => deck.arrange(), () => { brought = false; });
  };
  wide.addEventListener('change', look);
  new MutationObserver(look).observe(root, { attributeFilter: ['data-deck'] });
  look();
}

async function begin() {
  translate(document.body);
  try { await start(); }
  catch (problem) { return void (problem.status !== 401 && main.replaceChildren(trouble(problem, begin, t('Nothing is lost.')))); }
  document.querySelector('[data-place="write"]')?.addEventListener('click', event => {
    event.preventDefault();
    compose({});
  });
  if (location.pathname === '/write') {
    const words = new URLSearchParams(location.search);
    history.replaceState(null, '', '/home');
    // What is shared comes in up to three parts (manifest.webmanifest).
    const text = ['title', 'text', 'url'].map(name => words.get(name)).filter(word => word).join('\n\n');
    queueMicrotask(async () => compose({ text, ...words.has('files') && { files: await (await bring(() => import('./shared.js'))).takeShared().catch(() => []) } }));
  }
  startRouter(draw);
  watchDeck();
  listenForKeys();
  connect();
  news();
  keepForLater();
  whenQuiet(rest);
}

/** What an earlier visit left unsent; then the other modules, so that they are there at once, and without a connection too. */
async function rest() {
  (await bring(() => import('./holding.js'))).resumeHeld(openDraft);
  (await bring(() => import('./draft-sync.js'))).syncDrafts();
  if (/** @type {any} */ (navigator).connection?.saveData) return;
  for (const load of [...Object.values(views), () => import('./composer.js'), () => import('./viewer.js'), () => import('./edits.js'), () => import('./key-sheet.js')]) await bring(load).catch(() => {});
}

/** The dot on the bell. */
async function news() {
  const bell = document.querySelector('[data-place="bell"]');
  on('notification', () => { if (location.pathname !== '/notifications') bell?.setAttribute('data-new', ''); });
  const [[newest], markers] = await Promise.all([get('/api/v1/notifications', { limit: 1 }), get('/api/v1/markers', { 'timeline[]': 'notifications' })]).catch(() => [[], null]);
  if (newest && newest.id !== markers?.notifications?.last_read_id && location.pathname !== '/notifications') bell?.setAttribute('data-new', '');
}

begin();
