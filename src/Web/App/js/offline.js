const address = '/sw.js';

/** Lets the browser keep what is seen, for when there is no connection. Needs https, or localhost. */
export function keepForLater() {
  if (!navigator.serviceWorker) return;
  const policy = globalThis.trustedTypes?.createPolicy('calf-worker', { createScriptURL: () => address });
  navigator.serviceWorker.register(policy ? /** @type {any} */ (policy.createScriptURL('')) : address)
    .catch(problem => console.warn('What is seen cannot be kept for later', problem));
}
