// Keeps what was seen in this browser, so that it can be read without a connection, and forgets all of it when its owner signs out.
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** What is kept, and how many of each at most: the app's files, answers of the API, pictures. */
const most = { files: 200, words: 300, pictures: 400 };
/** Every place of the app begins with the same page. */
const shell = '/home';
const places = ['home', 'find', 'write', 'notifications', 'you', 'settings', 'bookmarks', 'favourites', 'requests', 'strangers', 'blocked', 'muted', 'why', 'conversations', 'follow-list', 'scheduled', 'lists', 'filters', 'tagged', 'posts', 'people'];

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

async function forget() {
  out = true;
  await Promise.all((await caches.keys()).map(kind => caches.delete(kind)));
}
