import { ApiError, get } from './api.js';
import { t } from './i18n.js';

const pause = 1200;

/**
 * Sends a file. Fetch cannot say how much of a body has left, so this is the older way.
 * @param {File} file @param {(share: number) => void} progress between 0 and 1 @param {AbortSignal} signal
 * @returns {Promise<any>} the media attachment; without `url` it is still being made ready
 */
export function upload(file, progress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(), form = new FormData();
    form.set('file', file, file.name || 'picture');
    request.open('POST', '/api/v2/media');
    request.responseType = 'json';
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', event => { if (event.lengthComputable) progress(event.loaded / event.total); });
    request.addEventListener('load', () => request.status < 300 ? resolve(request.response)
      : reject(new ApiError(request.status, request.response?.error ?? t('Your server answered {status}. Try again in a moment.', { status: request.status }))));
    request.addEventListener('error', () => reject(new ApiError(0, t('Your server did not answer. Check the connection and try again.'))));
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

/** Waits until the server has made a file ready. @param {string} id @param {AbortSignal} signal @returns {Promise<any>} */
export async function ready(id, signal) {
  for (;;) {
    const file = await get(`/api/v1/media/${id}`, undefined, signal);
    if (file.url) return file;
    await new Promise(resolve => setTimeout(resolve, pause));
    signal.throwIfAborted();
  }
}
