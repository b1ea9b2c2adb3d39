// Keeps what was seen in this browser, so that it can be read without a connection, and forgets all of it when its owner signs out.
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** What is kept, and how many of each at most: the app's files, answers of the API, pictures. */
const most = { files: 200, words: 300, pictures: 400 };
/** Every place of the app begins with the same page. */
const shell = '/home';
const places = ['home', 'find', 'write', 'notifications', 'you', 'settings', 'bookmarks', 'favourites', 'requests', 'strangers', 'blocked', 'muted', 'why', 'conversations', 'follow-list', 'scheduled', 'lists', 'tagged', 'posts', 'people'];

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
    if (isPlace(pathname)) event.respondWith(page(request));
  } else if (pathname.startsWith('/app/')) event.respondWith(first(request, 'files'));
  else if (pathname.startsWith('/media/') && request.destination === 'image') event.respondWith(first(request, 'pictures'));
  else if (pathname.startsWith('/api/') && !pathname.startsWith('/api/v1/streaming')) event.respondWith(fresh(request));
});

/** From the server, else the page as it was. @param {Request} request */
async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected && answer.type === 'basic') await keep('files', shell, answer.clone());
    return answer;
  } catch (away) { return await kept('files', shell) ?? Promise.reject(away); }
}

/** What never changes under its address is asked for once. @param {Request} request @param {keyof typeof most} kind */
async function first(request, kind) {
  const known = await kept(kind, request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok && /immutable/.test(answer.headers.get('Cache-Control') ?? '')) await keep(kind, request, answer.clone());
  return answer;
}

/** From the server, else as it was when it was last seen. @param {Request} request */
async function fresh(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await keep('words', request, answer.clone());
    return answer;
  } catch (away) { return (/** @type {Error} */ (away)).name === 'AbortError' ? Promise.reject(away) : await kept('words', request) ?? Promise.reject(away); }
}

/** @param {keyof typeof most} kind @param {RequestInfo} address */
const kept = async (kind, address) => (await caches.open(kind)).match(address);

/** @param {keyof typeof most} kind @param {RequestInfo} address @param {Response} answer */
async function keep(kind, address, answer) {
  const cache = await caches.open(kind);
  // Put anew, it is the youngest.
  await cache.delete(address);
  await cache.put(address, answer);
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - most[kind])).map(oldest => cache.delete(oldest)));
}

const forget = async () => Promise.all((await caches.keys()).map(kind => caches.delete(kind)));
