import { get, post, put, remove } from './api.js';
import { t } from './i18n.js';
import { session } from './session.js';

/** Notifications of this browser, also when no page is open. https://docs.joinmastodon.org/methods/push/ */
const path = '/api/v1/push/subscription';

/** What one can be told of; those that are new begin switched on. */
export const alertKinds = ['mention', 'quote', 'follow', 'follow_request', 'favourite', 'reblog', 'status', 'poll', 'update'];

/** Null where pushes can be had, else why not. @returns {string | null} */
export function pushHindrance() {
  if (!('PushManager' in window) || !navigator.serviceWorker) return t('This browser has no notifications for web pages. On an iPhone, add Calf to the home screen first.');
  return Notification.permission === 'denied' ? t('You have forbidden notifications for this page in your browser. Allow them there first.') : null;
}

/** What this browser is told of; null when nothing. @returns {Promise<{ alerts: Record<string, boolean>, policy: string } | null>} */
export async function pushState() {
  const mine = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
  if (!mine) return null;
  const kept = await get(path).catch(problem => { if (problem.status === 404) return null; throw problem; });
  return mine.endpoint === kept?.endpoint ? kept : null;
}

/** Asks the reader and the browser, then the server. @returns {Promise<any>} */
export async function startPush() {
  if (await Notification.requestPermission() !== 'granted') throw new Error(t('The browser was not allowed to show notifications, so nothing was changed.'));
  const { pushManager } = await navigator.serviceWorker.ready;
  // One that was made for another key of the server is of no use.
  await (await pushManager.getSubscription())?.unsubscribe();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: session.instance.configuration.vapid.public_key }).catch(() => { throw new Error(t('The push service of this browser did not answer. Try again later.')); });
  const { endpoint, keys } = made.toJSON();
  return post(path, { subscription: { endpoint, keys, standard: true }, data: { alerts: Object.fromEntries(alertKinds.map(kind => [kind, true])), policy: 'all' } });
}

/** @param {Record<string, boolean>} alerts @param {string} policy */
export const changePush = (alerts, policy) => put(path, { data: { alerts, policy } });

/** From now on it speaks this language, where this browser is told of anything. @param {string} languages as Accept-Language has them */
export async function speakPush(languages) {
  if (!('PushManager' in window) || Notification.permission !== 'granted' || !await pushState()) return;
  await put(path, {}, { 'Accept-Language': languages });
}

export async function stopPush() {
  await remove(path);
  await (await (await navigator.serviceWorker.ready).pushManager.getSubscription())?.unsubscribe();
}

/** Sends one to this browser, to see that it arrives. */
export const tryPush = () => post('/api/calf/v1/push/test');
