/** The files that another app shared, as the worker laid them down (sw.js); they are there once. @returns {Promise<File[]>} */
export async function takeShared() {
  const waiting = await caches.open('shared');
  const files = await Promise.all((await waiting.keys()).map(async request => {
    const answer = /** @type {Response} */ (await waiting.match(request)), name = decodeURIComponent(new URL(request.url).pathname.split('/')[3]);
    return new File([await answer.blob()], name, { type: answer.headers.get('Content-Type') ?? '' });
  }));
  await caches.delete('shared');
  return files;
}
