import { put } from './api.js';

/**
 * A file of a post that is being written.
 * @typedef {{ id: string, type: string, preview: string | null, ready: boolean, description: string, focus: [number, number] | null, saved: string, attached?: boolean }} DraftFile
 *   `saved` is what the server knows of description and focus; `attached` files belong to the post that is edited
 */

const state = (/** @type {DraftFile} */ file) => JSON.stringify([file.description, file.focus]);

/** A file that a post has already, for its editing. @param {any} one a media attachment @returns {DraftFile} */
export function attachedFile(one) {
  const file = /** @type {DraftFile} */ ({ id: one.id, type: one.type, preview: one.preview_url, ready: true, description: one.description ?? '', focus: one.meta?.focus ? [one.meta.focus.x, one.meta.focus.y] : null, saved: '', attached: true });
  return { ...file, saved: state(file) };
}

/** Tells the server what was written about files that no post has yet. @param {DraftFile[]} files */
export async function describeFiles(files) {
  for (const file of files.filter(one => !one.attached && one.saved !== state(one))) {
    await put(`/api/v1/media/${file.id}`, { description: file.description, focus: (file.focus ?? [0, 0]).join(',') });
    file.saved = state(file);
  }
}

/** What an edit says about the files. @param {DraftFile[]} files */
export const fileChanges = files => ({
  media_ids: files.map(file => file.id),
  media_attributes: files.filter(file => file.attached && file.saved !== state(file)).map(file => ({ id: file.id, description: file.description, focus: (file.focus ?? [0, 0]).join(',') })),
});
