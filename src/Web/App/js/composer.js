import { h, icon } from './dom.js';
import { get } from './api.js';
import { emit } from './bus.js';
import { length } from './count.js';
import { draftName, forget, hasWords, load, newPart, save } from './drafts.js';
import { isMe, session } from './session.js';
import { ask, menu, toast } from './float.js';
import { plain, safe } from './html.js';
import { habits } from './habits.js';
import { languages, languageName } from './languages.js';
import { narrower, visibilities } from './visibility.js';
import { name } from './account.js';
import { accepted, attachedFile } from './files-writer.js';
import { partWriter } from './part-writer.js';
import { change, deliver } from './sending.js';

/** @typedef {{ reply?: any, edit?: any, text?: string }} About what is answered or edited */

/** Opens the sheet to write on; what was begun before is still there. @param {About} about */
export async function compose(about) {
  if (document.querySelector('dialog.writing')) return;
  const sheet = /** @type {Composer} */ (document.createElement('calf-composer'));
  sheet.about = about;
  const box = h('dialog', { class: 'writing', 'aria-label': about.edit ? 'Edit' : 'Write' }, sheet);
  box.addEventListener('close', () => { box.remove(); emit('drafts'); });
  box.addEventListener('cancel', (/** @type {Event} */ event) => { if (box.querySelector('.suggest')) event.preventDefault(); });
  document.body.append(box);
  box.showModal();
  await sheet.begin();
}

class Composer extends HTMLElement {
  /** @type {About} */ about = {};
  /** @type {import('./drafts.js').Draft} */ draft = /** @type {any} */ (null);
  busy = false;
  /** @type {ReturnType<typeof partWriter>[]} */ writers = [];
  /** The post that has the focus. */
  active = 0;

  get key() { return draftName(this.about); }
  get writer() { return this.writers[this.active]; }

  async begin() {
    this.draft = load(this.key) ?? await this.fresh();
    this.draw();
    this.writer.focusEnd();
  }

  /** @returns {Promise<import('./drafts.js').Draft>} */
  async fresh() {
    const source = session.me.source ?? {};
    const base = { parts: [newPart({ text: this.about.text ?? '' })], warning: '', warned: false, visibility: source.privacy ?? 'public', language: source.language || navigator.language.split('-')[0], at: 0 };
    const { reply, edit } = this.about;
    if (edit) {
      const words = await get(`/api/v1/statuses/${edit.id}/source`).catch(() => ({ text: plain(edit.content), spoiler_text: edit.spoiler_text }));
      const part = newPart({ text: words.text, files: edit.media_attachments.map(attachedFile), covered: edit.sensitive && !edit.spoiler_text });
      return { ...base, parts: [part], warning: words.spoiler_text, warned: !!words.spoiler_text, visibility: edit.visibility, language: edit.language ?? base.language };
    }
    if (!reply) return base;
    const names = [reply.account, ...reply.mentions].filter(one => !isMe(one) && one.acct !== session.me.acct).map(one => `@${one.acct}`);
    return { ...base, parts: [newPart({ text: [...new Set(names)].map(one => `${one} `).join('') })], warning: reply.spoiler_text, warned: !!reply.spoiler_text, visibility: narrower(base.visibility, reply.visibility), language: reply.language ?? base.language };
  }

  draw() {
    const { edit, reply } = this.about;
    const tool = (/** @type {string} */ glyph, /** @type {string} */ label, /** @type {string} */ title, /** @type {() => void} */ act, hidden = false) => h('button', { type: 'button', class: 'icon-button', title, 'aria-label': label, hidden, onclick: act }, icon(glyph));
    this.warning = h('input', { class: 'composer-warning', dir: 'auto', placeholder: 'What should readers know before they unfold it', 'aria-label': 'Content warning', value: this.draft.warning, oninput: () => { this.draft.warning = this.warning.value; this.changed(); } });
    this.count = h('output', { class: 'composer-count', 'aria-label': 'Characters left' });
    this.sendButton = h('button', { type: 'submit', class: 'button main compact' }, edit ? 'Save' : reply ? 'Answer' : 'Post');
    this.said = h('p', { class: 'composer-note', role: 'status' });
    this.warnButton = tool('warning', 'Content warning', 'Content warning', () => this.warn());
    this.eyeButton = tool('eye', 'Preview', 'See it as it will look', () => { this.writer.look(); this.show(); });
    this.pollButton = tool('poll', 'Poll', 'Ask a poll', () => this.writer.item.files?.length ? this.say('A post has a poll or files, not both.', true) : this.writer.ask(), !!edit);
    const chooser = h('input', { type: 'file', multiple: true, accept: accepted(), hidden: true, 'aria-label': 'Files', onchange: () => this.add(chooser) });
    const camera = h('input', { type: 'file', accept: 'image/*', capture: 'environment', hidden: true, 'aria-label': 'Camera', onchange: () => this.add(camera) });
    const cameraButton = tool('camera', 'Camera', 'Take a picture', () => camera.click());
    cameraButton.classList.add('camera');
    this.visibility = h('button', { type: 'button', class: 'pick', 'aria-haspopup': 'menu', disabled: !!edit, onclick: () => this.pickVisibility() });
    this.language = h('button', { type: 'button', class: 'pick', 'aria-haspopup': 'menu', onclick: () => this.pickLanguage() });
    this.place = h('div', { class: 'composer-parts' });
    const form = h('form', { class: 'composer', onsubmit: event => { event.preventDefault(); this.send(); } },
      h('div', { class: 'composer-head' },
        h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close, the text is kept', title: 'Close. The text is kept.', onclick: () => this.close() }, icon('close')),
        h('h2', null, edit ? 'Edit' : reply ? 'Answer' : 'Write'), this.sendButton),
      h('div', { class: 'composer-body' }, reply && answered(reply), this.warning, this.place, this.said),
      h('div', { class: 'composer-foot' }, h('div', { class: 'composer-picks' }, this.visibility, this.language),
        h('div', { class: 'composer-tools', role: 'group', 'aria-label': 'Add' }, tool('image', 'Add pictures, film or sound', 'Add pictures, film or sound', () => chooser.click()), cameraButton, this.warnButton, this.pollButton, this.eyeButton, chooser, camera), this.count));
    form.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit(); });
    form.addEventListener('trouble', (/** @type {CustomEvent} */ event) => this.say(event.detail, true));
    this.takeDrops(form);
    this.replaceChildren(form);
    this.drawParts();
  }

  drawParts() {
    this.writers = this.draft.parts.map(part => partWriter(part, this.about.reply ? 'Your answer' : 'What is on your mind', () => this.changed()));
    this.place.replaceChildren(...this.writers);
    this.show();
  }

  /** Files that are dragged onto the sheet. @param {HTMLElement} form */
  takeDrops(form) {
    const files = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files');
    form.addEventListener('dragover', event => { if (files(event)) { event.preventDefault(); form.dataset.drop = ''; } });
    form.addEventListener('dragleave', event => { if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) delete form.dataset.drop; });
    form.addEventListener('drop', event => {
      if (!files(event)) return;
      event.preventDefault();
      delete form.dataset.drop;
      this.writer.add(event.dataTransfer?.files ?? []);
    });
  }

  /** @param {HTMLInputElement} input */
  add(input) {
    this.writer.add(input.files ?? []);
    input.value = '';
  }

  /** Brings the labels and the counter up to date. */
  show() {
    const kind = visibilities[this.draft.visibility], warning = this.warningLength(), left = this.writer.left(warning);
    this.visibility.replaceChildren(icon(kind.icon, 'small'), kind.label, this.about.edit ? '' : icon('down', 'small'));
    this.language.replaceChildren(icon('language', 'small'), languageName(this.draft.language));
    this.warning.hidden = !this.draft.warned;
    this.warnButton.setAttribute('aria-pressed', String(this.draft.warned));
    this.eyeButton.setAttribute('aria-pressed', String(this.writer.previewing));
    this.pollButton.setAttribute('aria-pressed', String(!!this.writer.item.poll));
    this.count.textContent = String(left);
    this.count.toggleAttribute('data-over', left < 0);
    this.sendButton.disabled = this.busy || !this.writers.every(writer => writer.finished(warning));
  }

  warningLength() { return this.draft.warned ? length(this.draft.warning) : 0; }

  changed() {
    if (this.said.classList.contains('is-brick')) this.say('');
    this.keep();
    this.show();
  }

  keep() {
    this.draft.at = Date.now();
    if (!save(this.key, this.draft)) this.say('This browser keeps no drafts. Do not close the page before the post is out.', true);
  }

  /** @param {string} text @param {boolean} [bad] */
  say(text, bad = false) {
    this.said.className = `composer-note ${bad ? 'is-brick' : ''}`;
    this.said.replaceChildren(...text ? [icon(bad ? 'warning' : 'check', 'small'), text] : []);
    if (text) this.said.scrollIntoView({ block: 'nearest' });
  }

  warn() {
    this.draft.warned = !this.draft.warned;
    this.changed();
    (this.draft.warned ? this.warning : this.writer.area).focus();
  }

  pickVisibility() {
    menu(this.visibility, Object.entries(visibilities).map(([key, kind]) => ({ label: kind.label, hint: kind.hint, icon: kind.icon, checked: key === this.draft.visibility, act: () => this.set({ visibility: key }) })));
  }

  pickLanguage() {
    menu(this.language, languages(this.draft.language).map(one => ({ label: one.name, checked: one.code === this.draft.language, act: () => this.set({ language: one.code }) })));
  }

  /** @param {Partial<import('./drafts.js').Draft>} change */
  set(change) {
    Object.assign(this.draft, change);
    this.changed();
    this.writer.area.focus();
  }

  async close() {
    const untouched = !this.draft.at || !hasWords(this.draft);
    if (untouched) forget(this.key);
    else if (this.about.edit && !await ask({ title: 'Keep your changes for later?', text: 'The post stays as it was until you save. Your changes are kept in this browser.', yes: 'Drop the changes' })) toast('Your changes are kept here.');
    else if (this.about.edit) forget(this.key);
    else toast('The draft is kept in this browser.');
    this.closest('dialog')?.close();
  }

  /** Who insists on descriptions is led to the first that is missing. */
  undescribed() {
    const row = habits().insist && this.writers.map(writer => writer.files).find(files => files.bare);
    if (!row) return false;
    this.say('A description is missing. You asked to be stopped here.', true);
    [...row.querySelectorAll('textarea')].find(area => !area.value.trim())?.focus();
    return true;
  }

  async send() {
    if (this.sendButton.disabled || this.undescribed()) return;
    this.busy = true;
    this.sendButton.setAttribute('aria-busy', 'true');
    this.show();
    this.say('');
    try {
      const { edit, reply } = this.about;
      if (edit) await change(this.draft, edit);
      else await deliver(this.draft, { reply: reply?.id });
      forget(this.key);
      this.closest('dialog')?.close();
      toast(edit ? 'The change is out.' : 'Your post is out.');
    } catch (problem) {
      this.busy = false;
      this.sendButton.removeAttribute('aria-busy');
      this.show();
      this.say(`${problem.message} Your text is kept.`, true);
    }
  }
}
customElements.define('calf-composer', Composer);

/** @param {any} status */
const answered = status => h('div', { class: 'composer-to' }, h('p', null, 'To ', name(status.account)),
  h('div', { class: 'prose', dir: 'auto', lang: status.language }, status.spoiler_text || safe(status.content, status)));
