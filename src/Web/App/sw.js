// Keeps what was seen in this browser, so that it can be read without a connection, shows what is pushed to it, and forgets all of it
// when its owner signs out.
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** What is kept, and how many of each at most: the app's files, answers of the API, pictures. */
const most = { files: 200, words: 300, pictures: 400 };
/** Every place of the app begins with the same page. */
const shell = '/home';
const places = ['home', 'find', 'write', 'notifications', 'you', 'settings', 'bookmarks', 'favourites', 'requests', 'strangers', 'blocked', 'muted', 'why', 'conversations', 'follow-list', 'scheduled', 'lists', 'filters', 'tagged', 'posts', 'people', 'welcome', 'server'];

/** From signing out until a place of the app opens again nothing is kept but what everybody may see. */
let out = false;

/** Files that may be kept for ever (AppFiles.cs); the others, such as the picture of who has none, are asked for anew. */
const versioned = /^\/app\/[0-9a-f]{12}\//;

/** What is below /tags is public. @param {string} path */
const isPlace = path => path === '/tags' || places.includes(path.split('/')[1]);

worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('activate', event => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', event => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === 'POST' && pathname === '/session/end') event.waitUntil(forget());
  if (request.method === 'POST' && pathname === '/api/v1/markers') event.waitUntil(read(request.clone()));
  if (request.method === 'POST' && pathname === '/write') return event.respondWith(share(request));
  if (request.method !== 'GET' || request.headers.has('Range')) return;
  if (request.mode === 'navigate') {
    if (isPlace(pathname)) event.respondWith(fresh(event, 'files', shell));
  } else if (pathname.startsWith('/app/')) event.respondWith(versioned.test(pathname) ? first(event, 'files') : fresh(event, 'files', request));
  else if (pathname.startsWith('/media/') && request.destination === 'image') event.respondWith(first(event, 'pictures'));
  else if (pathname.startsWith('/api/') && !pathname.startsWith('/api/v1/streaming')) event.respondWith(fresh(event, 'words', request));
});

/** What never changes under its address is asked for once. @param {FetchEvent} event @param {keyof typeof most} kind */
async function first(event, kind) {
  const known = await kept(kind, event.request);
  if (known) return known;
  const answer = await fetch(event.request);
  if (/immutable/.test(answer.headers.get('Cache-Control') ?? '')) keep(event, kind, event.request, answer);
  return answer;
}

/** From the server, else as it was when it was last seen. @param {FetchEvent} event @param {keyof typeof most} kind @param {RequestInfo} address */
async function fresh(event, kind, address) {
  try {
    const answer = await fetch(event.request);
    // The session is over, wherever it was ended.
    if (answer.status === 401) event.waitUntil(forget());
    keep(event, kind, address, answer);
    return answer;
  } catch (away) { return (/** @type {Error} */ (away)).name === 'AbortError' ? Promise.reject(away) : await kept(kind, address) ?? Promise.reject(away); }
}

/** @param {keyof typeof most} kind @param {RequestInfo} address */
const kept = async (kind, address) => (await caches.open(kind)).match(address);

/** Keeps a whole answer beside handing it on; a browser without room keeps nothing. @param {FetchEvent} event @param {keyof typeof most} kind @param {RequestInfo} address @param {Response} answer */
function keep(event, kind, address, answer) {
  if (answer.status !== 200 || answer.redirected || answer.type !== 'basic') return;
  if (address === shell) out = false;
  if (!out || kind !== 'words') event.waitUntil(store(kind, address, answer.clone()).catch(() => {}));
}

/** @param {keyof typeof most} kind @param {RequestInfo} address @param {Response} answer */
async function store(kind, address, answer) {
  const cache = await caches.open(kind);
  // Put anew, it is the youngest.
  await cache.delete(address);
  await cache.put(address, answer);
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - most[kind])).map(oldest => cache.delete(oldest)));
}

/** What another app shares (manifest.webmanifest): words go on in the address, files wait for the page in a cache. @param {Request} request */
async function share(request) {
  const form = await request.formData(), query = new URLSearchParams();
  for (const name of ['title', 'text', 'url']) query.set(name, String(form.get(name) ?? ''));
  const files = /** @type {File[]} */ (form.getAll('files')).filter(file => file.size);
  await caches.delete('shared');
  const waiting = await caches.open('shared');
  await Promise.all(files.map((file, index) => waiting.put(`/shared/${index}/${encodeURIComponent(file.name)}`, new Response(file, { headers: { 'Content-Type': file.type } }))));
  if (files.length) query.set('files', String(files.length));
  return Response.redirect(`/write?${query}`, 303);
}

async function forget() {
  out = true;
  await Promise.all([...(await caches.keys()).map(kind => caches.delete(kind)), tidy(), unsubscribe()]);
}

/** Where a notification leads, by its type. @type {Record<string, string>} */
const leads = { follow_request: '/requests', test: '/home' };
/** What a new subscription tells of when the server knows of no other. */
const alerts = { mention: true, quote: true, follow: true, follow_request: true, favourite: true, reblog: true, status: true, poll: true, update: true };
const subscriptions = '/api/v1/push/subscription';

worker.addEventListener('push', event => { if (event.data) event.waitUntil(tell(event.data.json())); });
worker.addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data));
});
worker.addEventListener('pushsubscriptionchange', event => event.waitUntil(subscribe(/** @type {any} */ (event))));

/** Shows what came, unless the owner is looking at the app anyway. @param {{ notification_id: number, notification_type: string, title: string, body: string, icon: string, preferred_locale: string }} news */
async function tell({ notification_id, notification_type: type, title, body, icon, preferred_locale: lang }) {
  const looking = (await windows()).some(client => client.focused);
  if (looking && type !== 'test') return;
  await worker.registration.showNotification(title, { body, icon, lang, dir: 'auto', tag: String(notification_id), data: leads[type] ?? '/notifications' });
  await worker.navigator.setAppBadge?.().catch(() => {});
}

/** The pages of the app that are open. @returns {Promise<WindowClient[]>} */
const windows = async () => (await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })).filter(client => isPlace(new URL(client.url).pathname));

/** An open page goes there by itself, so that nothing that is being written is lost. @param {string} place */
async function lead(place) {
  const [page] = await windows();
  if (!page) return worker.clients.openWindow(place);
  page.postMessage({ open: place });
  await page.focus().catch(() => {});
}

/** The push service took the old subscription back. @param {{ newSubscription?: PushSubscription }} event */
async function subscribe({ newSubscription }) {
  const known = await fetch(subscriptions).then(answer => answer.ok ? answer.json() : null);
  const { configuration } = await (await fetch('/api/v2/instance')).json();
  const { endpoint, keys } = (newSubscription ?? await worker.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: configuration.vapid.public_key })).toJSON();
  await fetch(subscriptions, {
    method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ subscription: { endpoint, keys, standard: true }, data: { alerts: known?.alerts ?? alerts, policy: known?.policy ?? 'all' } }),
  });
}

const unsubscribe = async () => (await worker.registration.pushManager?.getSubscription().catch(() => null))?.unsubscribe();

/** What is read in the page need not be told any more. @param {Request} marker */
async function read(marker) {
  if ('notifications' in await marker.json().catch(() => ({}))) await tidy();
}

async function tidy() {
  for (const shown of await worker.registration.getNotifications()) shown.close();
  await worker.navigator.clearAppBadge?.().catch(() => {});
}
