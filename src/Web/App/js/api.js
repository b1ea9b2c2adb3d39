import { language, t } from './i18n.js';

/** What the server said no to, in words for the person. */
export class ApiError extends Error {
  /** @param {number} status 0 when the server could not be reached @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }

  get offline() { return this.status === 0; }
}

/**
 * One request to Calf's Mastodon API with the session cookie.
 * @param {string} method @param {string} path @param {{ query?: Record<string, any>, json?: any, form?: FormData, headers?: Record<string, string>, signal?: AbortSignal }} [options]
 * @returns {Promise<{ data: any, headers: Headers }>}
 */
async function send(method, path, { query, json, form, headers = {}, signal } = {}) {
  const url = new URL(path, location.origin);
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of [value].flat()) url.searchParams.append(key, String(one));
  }
  const init = /** @type {RequestInit & { headers: Record<string, string> }} */ ({ method, signal, headers: { Accept: 'application/json', 'Accept-Language': language, ...headers }, body: form });
  if (json !== undefined) {
    init.body = JSON.stringify(json);
    init.headers['Content-Type'] = 'application/json';
  }
  let response;
  try {
    response = await fetch(url, init);
  } catch (cause) {
    if (cause.name === 'AbortError') throw cause;
    throw new ApiError(0, t('Your server did not answer. Check the connection and try again.'));
  }
  if (response.status === 401) {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
    throw new ApiError(401, t('You are signed out.'));
  }
  const data = parse(await response.text());
  // How Mastodon begins is for programs.
  if (!response.ok) throw new ApiError(response.status, (data?.error_description ?? data?.error)?.replace(/^Validation failed: /, '') ?? t('Your server answered {status}. Try again in a moment.', { status: String(response.status) }));
  return { data, headers: response.headers };
}

/** Few ids come as numbers, too long for a JavaScript number; these stay the digits that they were. @param {string} text */
function parse(text) {
  try {
    return /"in_reply_to_id":\d/.test(text)
      ? JSON.parse(text, /** @type {any} */ ((/** @type {string} */ _, /** @type {any} */ value, /** @type {any} */ context) => Number.isInteger(value) && !Number.isSafeInteger(value) ? context?.source ?? value : value))
      : JSON.parse(text);
  } catch { return null; }
}

/** @param {string} path @param {Record<string, any>} [query] @param {AbortSignal} [signal] */
export const get = async (path, query, signal) => (await send('GET', path, { query, signal })).data;
/** @param {string} path @param {any} [json] @param {Record<string, string>} [headers] */
export const post = async (path, json, headers) => (await send('POST', path, { json: json ?? {}, headers })).data;
/** @param {string} path @param {any} json @param {Record<string, string>} [headers] */
export const put = async (path, json, headers) => (await send('PUT', path, { json, headers })).data;
/** @param {string} path @param {FormData} form */
export const patchForm = async (path, form) => (await send('PATCH', path, { form })).data;
/** @param {string} path @param {FormData} form */
export const postForm = async (path, form) => (await send('POST', path, { form })).data;
/** @param {string} path */
export const remove = async path => (await send('DELETE', path)).data;

/**
 * One page of a list; `next` is the address of the following one, from the Link header.
 * @param {string} path @param {Record<string, any>} [query] @returns {Promise<{ items: any[], next: string | null }>}
 */
export async function page(path, query) {
  const { data, headers } = await send('GET', path, { query });
  const next = /<([^>]+)>;\s*rel="?next"?/.exec(headers.get('Link') ?? '')?.[1];
  const address = next ? new URL(next, location.origin) : null;
  return { items: data ?? [], next: address ? address.pathname + address.search : null };
}
