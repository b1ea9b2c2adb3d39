import { h, icon } from './dom.js';
import { t, tn } from './i18n.js';
import { session } from './session.js';
import { ready, upload } from './upload.js';
import { cropVars } from './crop.js';
import { pickFocus } from './focal-point.js';

/**
 * A file in the sheet, perhaps still on its way.
 * @typedef {import('./draft-files.js').DraftFile} DraftFile
 * @typedef {{ file: DraftFile | null, name: string, local: string, words: string, share: number, failure: string, stop: AbortController }} Row
 */

const limits = () => ({ most: 4, longest: 1500, types: /** @type {string[]} */ ([]), ...session.instance && {
  most: session.instance.configuration.statuses.max_media_attachments,
  longest: session.instance.configuration.media_attachments.description_limit,
  types: session.instance.configuration.media_attachments.supported_mime_types } });

const alone = (/** @type {string} */ type) => /^(video|audio)/.test(type);
/** What buttons and fields are called that belong to the nth file. @typedef {Record<'describe' | 'take' | 'up' | 'down', (n: number) => string>} Said */
const picture = /** @type {Said} */ ({
  describe: n => t('Description of picture {n}', { n }), take: n => t('Take away picture {n}', { n }),
  up: n => t('Earlier picture {n}||puts it before the others', { n }), down: n => t('Later picture {n}||puts it after the others', { n }),
});
const film = /** @type {Said} */ ({
  describe: n => t('Description of film {n}', { n }), take: n => t('Take away film {n}', { n }),
  up: n => t('Earlier film {n}||puts it before the others', { n }), down: n => t('Later film {n}||puts it after the others', { n }),
});
const sound = /** @type {Said} */ ({
  describe: n => t('Description of sound {n}', { n }), take: n => t('Take away sound {n}', { n }),
  up: n => t('Earlier sound {n}||puts it before the others', { n }), down: n => t('Later sound {n}||puts it after the others', { n }),
});
const other = /** @type {Said} */ ({
  describe: n => t('Description of file {n}', { n }), take: n => t('Take away file {n}', { n }),
  up: n => t('Earlier file {n}||puts it before the others', { n }), down: n => t('Later file {n}||puts it after the others', { n }),
});
const kinds = /** @type {Record<string, Said>} */ ({ image: picture, video: film, gifv: film, audio: sound });

/** What the file chooser offers. */
export const accepted = () => limits().types.join(',');

/** The files of one post: a row for each, with its description. */
class Files extends HTMLElement {
  /** @type {import('./drafts.js').Part} */ item = /** @type {any} */ (null);
  changed = () => {};
  /** @type {Row[]} */ rows = [];
  /** @type {Row | null} */ dragged = null;

  connectedCallback() {
    if (this.rows.length) return;
    this.rows = (this.item.files ?? []).map(file => ({ file, name: '', local: '', words: file.description, share: 1, failure: '', stop: new AbortController() }));
    this.rows.filter(row => !row.file?.attached).forEach(row => this.follow(row));
    this.draw();
  }

  disconnectedCallback() { this.rows.forEach(row => { row.stop.abort(); if (row.local) URL.revokeObjectURL(row.local); }); }

  get waiting() { return this.rows.some(row => !row.file?.ready || row.failure); }
  /** Whether a file is still on its way to the server. */
  get sending() { return this.rows.some(row => !row.file && !row.failure); }
  get bare() { return this.rows.filter(row => !row.words.trim()).length; }

  /** @param {Iterable<File>} files @returns {string} why some were not taken, else nothing */
  add(files) {
    const all = [...files], { most, types } = limits();
    const wrong = all.find(file => types.length && !types.includes(file.type));
    if (wrong) return wrong.type ? t('{file} is of a kind that cannot be shown ({type}).', { file: wrong.name, type: wrong.type }) : t('{file} is of a kind that cannot be shown (unknown).', { file: wrong.name });
    if (this.rows.length + all.length > most) return tn(most, 'A post can have one file.', 'A post can have {n} files.');
    if (this.rows.length + all.length > 1 && (all.some(file => alone(file.type)) || this.rows.some(row => alone(row.file?.type ?? '')))) return t('A film or a sound goes alone.');
    for (const file of all) {
      const row = { file: null, name: file.name, local: file.type.startsWith('image/') ? URL.createObjectURL(file) : '', words: '', share: 0, failure: '', stop: new AbortController() };
      this.rows.push(row);
      this.send(row, file);
    }
    this.keep();
    return '';
  }

  /** @param {Row} row @param {File} chosen */
  async send(row, chosen) {
    try {
      const got = await upload(chosen, share => { row.share = share; this.querySelectorAll('progress').forEach(bar => { if (bar.dataset.row === String(this.rows.indexOf(row))) bar.value = share; }); }, row.stop.signal);
      row.file = { id: got.id, type: got.type, preview: got.preview_url, ready: !!got.url, description: row.words, focus: null, saved: JSON.stringify(['', null]) };
      this.keep();
      await this.follow(row);
    } catch (problem) { this.fail(row, problem); }
  }

  /** Until the server has it ready; what was kept from before may be gone. @param {Row} row */
  async follow(row) {
    if (!row.file) return;
    try {
      const got = await ready(row.file.id, row.stop.signal);
      Object.assign(row.file, { ready: true, type: got.type, preview: got.preview_url });
      this.keep();
    } catch (problem) { this.fail(row, problem.status === 404 ? { message: t('This file is no longer on the server. Take it away and choose it again.') } : problem); }
  }

  /** @param {Row} row @param {any} problem */
  fail(row, problem) {
    if (row.stop.signal.aborted) return;
    row.failure = problem.message;
    this.keep();
  }

  keep() {
    this.item.files = this.rows.flatMap(row => row.file ? [row.file] : []);
    this.draw();
    this.changed();
  }

  /** @param {Row} row @param {string} words */
  describe(row, words) {
    row.words = words;
    if (row.file) row.file.description = words;
    this.querySelector('.files-note')?.replaceWith(this.note());
    this.changed();
  }

  /** @param {Row} row @param {number} by */
  move(row, by) {
    const at = this.rows.indexOf(row);
    this.rows.splice(at, 1);
    this.rows.splice(at + by, 0, row);
    this.keep();
    /** @type {HTMLElement | undefined} */ (this.querySelectorAll('.file')[at + by]?.querySelectorAll('button')[1])?.focus();
  }

  /** Its picture is the handle: dragged onto another it takes the place of that. @param {any} item @param {HTMLElement} handle @param {Row} row */
  drag(item, handle, row) {
    handle.draggable = true;
    handle.addEventListener('dragstart', event => {
      this.dragged = row;
      event.dataTransfer?.setData('text/x-calf-file', '');
      event.dataTransfer?.setDragImage(item, 0, 0);
      item.dataset.dragged = '';
    });
    handle.addEventListener('dragend', () => { this.dragged = null; delete item.dataset.dragged; });
    item.addEventListener('dragover', (/** @type {Event} */ event) => { if (this.dragged && this.dragged !== row) { event.preventDefault(); item.dataset.over = ''; } });
    item.addEventListener('dragleave', () => { delete item.dataset.over; });
    item.addEventListener('drop', (/** @type {Event} */ event) => {
      if (!this.dragged) return;
      event.preventDefault();
      this.move(this.dragged, this.rows.indexOf(row) - this.rows.indexOf(this.dragged));
    });
  }

  /** @param {Row} row */
  take(row) {
    row.stop.abort();
    this.rows.splice(this.rows.indexOf(row), 1);
    this.keep();
    this.dispatchEvent(new Event('taken', { bubbles: true }));
  }

  draw() {
    const focused = /** @type {HTMLElement | null} */ (this.contains(document.activeElement) ? document.activeElement : null);
    const at = focused?.tagName === 'TEXTAREA' ? [...this.querySelectorAll('textarea')].indexOf(/** @type {any} */ (focused)) : -1;
    const caret = at < 0 ? 0 : /** @type {HTMLTextAreaElement} */ (focused).selectionStart;
    this.replaceChildren(...this.rows.length ? [h('ol', { class: 'files', 'aria-label': t('Attached files') }, this.rows.map((row, index) => this.row(row, index))), this.note(), this.cover()] : []);
    const again = /** @type {HTMLTextAreaElement | undefined} */ (at < 0 ? undefined : this.querySelectorAll('textarea')[at]);
    again?.focus();
    again?.setSelectionRange(caret, caret);
  }

  /** @param {Row} row @param {number} index */
  row(row, index) {
    const file = row.file, said = kinds[file?.type ?? ''] ?? other, n = index + 1;
    const src = row.local || file?.preview;
    const shown = src ? h('img', { src, alt: '', vars: cropVars(file?.focus && { x: file.focus[0], y: file.focus[1] }) }) : icon(file?.type === 'image' ? 'image' : 'play');
    const thumb = file?.ready && file.type === 'image' && src
      ? h('button', { type: 'button', class: 'file-thumb', 'aria-label': t('Choose what stays in view of picture {n}', { n }), title: t('Choose what stays in view'), onclick: async () => { file.focus = await pickFocus(src, file.focus); this.keep(); } }, shown, icon('focus', 'small'))
      : h('div', { class: 'file-thumb' }, shown);
    const words = h('textarea', { class: 'input', rows: 2, dir: 'auto', maxlength: limits().longest, placeholder: said === sound ? t('What is heard here') : t('What is seen here, for those who cannot see it'), 'aria-label': said.describe(n), value: row.words, oninput: (/** @type {any} */ event) => this.describe(row, event.target.value) });
    const button = (/** @type {string} */ glyph, /** @type {string} */ label, /** @type {string} */ title, /** @type {() => void} */ act, off = false) => h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title, disabled: off, onclick: act }, icon(glyph, 'small'));
    const item = h('li', { class: 'file' }, thumb,
      h('div', { class: 'file-words' }, words,
        row.failure ? h('p', { class: 'composer-note is-brick', role: 'alert' }, icon('warning', 'small'), row.failure)
          : !file ? h('progress', { max: 1, value: row.share, data: { row: index }, 'aria-label': t('Sending {file}', { file: row.name }) })
            : !file.ready && h('p', { class: 'composer-note' }, icon('clock', 'small'), t('Your server is making it ready.'))),
      h('div', { class: 'file-tools' }, button('close', said.take(n), t('Take away'), () => this.take(row)),
        this.rows.length > 1 && [button('up', said.up(n), t('Earlier||puts it before the others'), () => this.move(row, -1), index === 0), button('down', said.down(n), t('Later||puts it after the others'), () => this.move(row, 1), index === this.rows.length - 1)]));
    if (this.rows.length > 1) this.drag(item, thumb, row);
    return item;
  }

  /** Says plainly that a description is missing. */
  note() {
    const n = this.bare;
    return h('p', { class: 'composer-note files-note', role: 'status' }, n > 0 && [icon('warning', 'small is-amber'), n === 1 && this.rows.length === 1 ? t('The description is missing.') : tn(n, 'One description is missing.', '{n} descriptions are missing.')]);
  }

  cover() {
    return h('label', { class: 'choice' }, h('input', { type: 'checkbox', checked: !!this.item.covered, onchange: (/** @type {any} */ event) => { this.item.covered = event.target.checked; this.changed(); } }), h('span', null, t('Cover until asked for')));
  }
}
customElements.define('calf-files', Files);

/** @param {import('./drafts.js').Part} part changed in place @param {() => void} changed @returns {Files} */
export function filesWriter(part, changed) {
  const element = /** @type {Files} */ (document.createElement('calf-files'));
  element.item = part;
  element.changed = changed;
  return element;
}
