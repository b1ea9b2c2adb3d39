import { go } from './router.js';

const address = '/sw.js';

/** What the browser offers to make of this page: an app of its own. `ask` is there as long as it does. @type {{ ask: (() => void) | null, changed: () => void }} */
export const installing = { ask: null, changed() {} };

addEventListener('beforeinstallprompt', (/** @type {any} */ event) => {
  installing.ask = () => event.prompt();
  installing.changed();
});
addEventListener('appinstalled', () => {
  installing.ask = null;
  installing.changed();
});

// A notification was pressed while this page was open, or opening.
navigator.serviceWorker?.addEventListener('message', ({ data }) => { if (data?.open) go(data.open); });

/** Lets the browser keep what is seen, for when there is no connection, and tell of news when no page is open. Needs https, or localhost. */
export function keepForLater() {
  if (!navigator.serviceWorker) return;
  const policy = globalThis.trustedTypes?.createPolicy('calf-worker', { createScriptURL: () => address });
  navigator.serviceWorker.register(policy ? /** @type {any} */ (policy.createScriptURL('')) : address)
    .catch(problem => console.warn('What is seen cannot be kept for later', problem));
}
