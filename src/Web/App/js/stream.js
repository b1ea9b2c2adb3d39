import { emit } from './bus.js';

const longestWait = 60_000;
let wait = 1_000;
let lost = false;
/** @type {EventSource | null} */
let source = null;

/** Live news over server-sent events. After a gap `stream` says `back`, so that lists can ask for what they missed. */
export function connect() {
  source?.close();
  source = new EventSource('/api/v1/streaming/user');
  source.addEventListener('open', () => {
    wait = 1_000;
    emit('stream', lost ? 'back' : 'open');
    lost = false;
  });
  source.addEventListener('error', () => {
    if (!lost) emit('stream', 'lost');
    lost = true;
    if (source?.readyState !== EventSource.CLOSED) return;
    setTimeout(connect, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, longestWait);
  });
  hear('update', data => emit('update', JSON.parse(data)));
  hear('status.update', data => emit('status', JSON.parse(data)));
  hear('delete', data => emit('status-deleted', data));
  hear('calf.delivery', data => emit('delivery', JSON.parse(data)));
  hear('calf.draft', data => emit('draft-elsewhere', data));
  hear('notification', data => emit('notification', JSON.parse(data)));
}

/** @param {string} type @param {(data: string) => void} act */
function hear(type, act) {
  source?.addEventListener(type, event => {
    try { act(/** @type {MessageEvent} */ (event).data); } catch (problem) { console.warn('An event could not be read', type, problem); }
  });
}
