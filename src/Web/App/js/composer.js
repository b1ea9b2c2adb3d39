import { h, icon } from './dom.js';
import { get } from './api.js';
import { number, t } from './i18n.js';
import { emit } from './bus.js';
import { length } from './count.js';
import { draftName, drafts, forget, hasWords, load, newKey, newPart, save } from './drafts.js';
import { ask, complain, menu, toast } from './float.js';
import { habits } from './habits.js';
import { languages, languageName } from './languages.js';
import { visibilities } from './visibility.js';
import { go } from './router.js';
import { ago } from './time.js';
import { accepted } from './files-writer.js';
import { partWriter } from './part-writer.js';
import { answered, freshDraft, quotedPost } from './composer-about.js';
import { change, deliver, describe, outSoFar } from './sending.js';
import { hold, release } from './holding.js';
import { due, passed, pickTime } from './schedule.js';

/** @typedef {import('./composer-about.js').About} About */

/** Opens the sheet to write on; what was begun before is still there. @param {About} about */
export async function compose(about) {
  if (document.querySelector('dialog.writing[open]')) return;
  release();
  const sheet = /** @type {Composer} */ (document.createElement('calf-composer'));
  // What is shared does not go into what was begun.
  sheet.about = (about.text || about.files) && hasWords(load('new')) ? { ...about, kept: `shared.${newKey()}` } : about;
  const box = h('dialog', { class: 'writing', 'aria-label': about.edit ? t('Edit||title of the sheet to write on') : t('Write||title of the sheet to write on') }, sheet);
  box.addEventListener('close', () => { box.remove(); emit('drafts'); });
  box.addEventListener('cancel', (/** @type {Event} */ event) => { if (box.querySelector('.suggest')) event.preventDefault(); });
  document.body.append(box);
  box.showModal();
  await sheet.begin();
}

/** Goes on with a draft. @param {string} kept */
export async function openDraft(kept) {
  const [, kind, id] = /^(reply|quote)\.(\d+)/.exec(kept) ?? [];
  try {
    await compose({ kept, ...kind && { [kind]: await get(`/api/v1/statuses/${id}`) } });
  } catch (problem) { complain(problem.status === 404 ? { message: t('The post that it answers is gone.') } : problem); }
}

class Composer extends HTMLElement {
  /** @type {About} */ about = {};
  /** @type {import('./drafts.js').Draft} */ draft = /** @type {any} */ (null);
  busy = false;
  /** @type {import('./part-writer.js').Writer[]} */ writers = [];
  /** The post that has the focus. */
  active = 0;

  get key() { return draftName(this.about); }
  get writer() { return this.writers[this.active]; }

  async begin() {
    this.draft = load(this.key) ?? await freshDraft(this.about);
    this.draw();
    this.writer.focusEnd();
    if (this.about.files?.length) this.writer.add(this.about.files);
    else if (this.about.files) this.say(t('What was shared did not arrive. Share it again.'), true);
  }

  draw() {
    const { edit, reply, quote } = this.about;
    const tool = (/** @type {string} */ glyph, /** @type {string} */ label, /** @type {string} */ title, /** @type {() => void} */ act, hidden = false) => h('button', { type: 'button', class: 'icon-button', title, 'aria-label': label, hidden, onclick: act }, icon(glyph));
    this.warning = h('input', { class: 'composer-warning', dir: 'auto', placeholder: t('What should readers know before they unfold it'), 'aria-label': t('Content warning'), value: this.draft.warning, oninput: () => { this.draft.warning = this.warning.value; this.changed(); } });
    this.count = h('output', { class: 'composer-count', 'aria-label': t('Characters left') });
    this.sendButton = h('button', { type: 'submit', class: 'button main compact' });
    this.said = h('p', { class: 'composer-note', role: 'status' });
    this.warnButton = tool('warning', t('Content warning'), t('Content warning'), () => this.warn());
    this.eyeButton = tool('eye', t('Preview'), t('See it as it will look'), () => { this.writer.look(); this.show(); });
    this.pollButton = tool('poll', t('Poll'), t('Ask a poll'), () => this.writer.item.files?.length ? this.say(t('A post has a poll or files, not both.'), true) : this.writer.ask(), !!edit);
    const chooser = h('input', { type: 'file', multiple: true, accept: accepted(), hidden: true, 'aria-label': t('Files'), onchange: () => this.add(chooser) });
    const camera = h('input', { type: 'file', accept: 'image/*', capture: 'environment', hidden: true, 'aria-label': t('Camera'), onchange: () => this.add(camera) });
    const cameraButton = tool('camera', t('Camera'), t('Take a picture'), () => camera.click());
    cameraButton.classList.add('camera');
    this.visibility = h('button', { type: 'button', class: 'pick', 'aria-haspopup': 'menu', disabled: !!edit, onclick: () => this.pickVisibility() });
    this.language = h('button', { type: 'button', class: 'pick', 'aria-haspopup': 'menu', onclick: () => this.pickLanguage() });
    this.timeButton = tool('clock', t('Send it later'), t('Send it later'), () => this.pickTime(), !!edit);
    this.time = h('button', { type: 'button', class: 'pick', hidden: true, onclick: () => this.pickTime() });
    this.moreButton = tool('plus', t('Add another post'), t('Add another post to make a thread'), () => this.addPart(), !!edit);
    this.draftsButton = tool('drafts', t('Other drafts'), t('Other drafts'), () => this.pickDraft(), !!edit || !drafts().some(one => one.name !== this.key));
    this.place = h('div', { class: 'composer-parts' });
    const form = h('form', { class: 'composer', onsubmit: event => { event.preventDefault(); this.send(); } },
      h('div', { class: 'composer-head' },
        h('button', { type: 'button', class: 'icon-button', 'aria-label': t('Close, the text is kept'), title: t('Close. The text is kept.'), onclick: () => this.close() }, icon('close')),
        h('h2', null, edit ? t('Edit||title of the sheet to write on') : reply ? t('Answer||title of the sheet to write on') : quote ? t('Quote||title of the sheet to write on') : t('Write||title of the sheet to write on')), this.draftsButton, this.sendButton),
      h('div', { class: 'composer-body' }, reply && answered(reply), this.warning, this.place, quote && quotedPost(quote), this.said),
      h('div', { class: 'composer-foot' }, h('div', { class: 'composer-picks' }, this.visibility, this.language, this.time),
        h('div', { class: 'composer-tools', role: 'group', 'aria-label': t('Add||to a post') }, tool('image', t('Add pictures, film or sound'), t('Add pictures, film or sound'), () => chooser.click()), cameraButton, this.warnButton, this.pollButton, this.timeButton, this.moreButton, this.eyeButton, chooser, camera), this.count));
    form.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit(); });
    form.addEventListener('trouble', (/** @type {CustomEvent} */ event) => this.say(event.detail, true));
    this.takeDrops(form);
    this.replaceChildren(form);
    this.drawParts();
  }

  drawParts() {
    this.writers = this.draft.parts.map(part => this.write(part));
    this.place.replaceChildren(...this.writers);
    this.active = Math.max(0, this.writers.findIndex(writer => !writer.item.sent));
    this.show();
  }

  /** @param {import('./drafts.js').Part} part @returns {import('./part-writer.js').Writer} */
  write(part) {
    const first = part === this.draft.parts[0];
    const writer = partWriter(part, !first ? t('And then') : this.about.reply ? t('Your answer') : t('What is on your mind'), () => this.changed());
    writer.addEventListener('focusin', () => { this.active = this.writers.indexOf(writer); this.show(); });
    return writer;
  }

  /** One more post of the thread, after the one in hand. */
  addPart() {
    if (this.draft.scheduled) return this.say(t('Only a single post can wait for its time. Send the thread now, or take the time away.'), true);
    const at = this.active + 1, part = newPart({ text: /^(@\S+\s+)+/.exec(this.writer.item.text)?.[0] ?? '' });
    this.draft.parts.splice(at, 0, part);
    this.writers.splice(at, 0, this.write(part));
    this.writer.after(this.writers[at]);
    this.active = at;
    this.changed();
    this.writer.focusEnd();
  }

  /** @param {import('./part-writer.js').Writer} writer */
  takePart(writer) {
    const at = this.writers.indexOf(writer);
    this.writers.splice(at, 1);
    this.draft.parts.splice(at, 1);
    writer.remove();
    this.active = Math.max(0, at - 1);
    this.changed();
    this.writer.area.focus();
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
    this.writers.forEach((writer, index) => writer.number(index + 1, this.writers.length, () => this.takePart(writer)));
    this.time.hidden = !this.draft.scheduled;
    this.time.replaceChildren(icon('clock', 'small'), this.draft.scheduled ? due(this.draft.scheduled) : '');
    this.timeButton.setAttribute('aria-pressed', String(!!this.draft.scheduled));
    this.sendButton.textContent = this.label();
    this.count.textContent = number(left);
    this.count.toggleAttribute('data-over', left < 0);
    this.sendButton.disabled = this.busy || !this.writers.every(writer => writer.finished(warning));
  }

  label() {
    if (this.about.edit) return t('Save');
    return this.draft.scheduled ? t('Set for later') : this.draft.parts.length > 1 ? t('Post all') : this.about.reply ? t('Answer||the button that sends') : t('Post||the button that sends');
  }

  warningLength() { return this.draft.warned ? length(this.draft.warning) : 0; }

  changed() {
    if (this.said.classList.contains('is-brick')) this.say('');
    this.keep();
    this.show();
  }

  keep() {
    this.draft.at = Date.now();
    if (!save(this.key, this.draft)) this.say(t('This browser keeps no drafts. Do not close the page before the post is out.'), true);
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

  async pickTime() {
    if (this.draft.parts.length > 1) return this.say(t('Only a single post can wait for its time, not a thread.'), true);
    const scheduled = await pickTime(this.draft.scheduled, t('Send it without a time'));
    if (scheduled !== undefined) this.set({ scheduled });
  }

  pickDraft() {
    const others = drafts().filter(one => one.name !== this.key).slice(0, 12);
    menu(this.draftsButton, others.map(({ name, draft }) => ({ label: draft.parts[0].text.trim().slice(0, 60) || t('Without words'), hint: ago(new Date(draft.at)), icon: { r: 'reply', q: 'quote' }[name[0]] ?? 'edit', act: async () => { await this.close(); openDraft(name); } })));
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
    else if (this.about.edit && !await ask({ title: t('Keep your changes for later?'), text: t('The post stays as it was until you save. Your changes are kept.'), yes: t('Drop the changes') })) toast(t('Your changes are kept here.'));
    else if (this.about.edit) forget(this.key);
    else toast(this.writers.some(writer => writer.files.sending) ? t('The draft is kept, without the file that was still on its way.') : t('The draft is kept.'));
    this.closest('dialog')?.close();
  }

  /** Who insists on descriptions is led to the first that is missing. */
  undescribed() {
    const row = habits().insist && this.writers.map(writer => writer.files).find(files => files.bare);
    if (!row) return false;
    this.say(t('A description is missing. You asked to be stopped here.'), true);
    [...row.querySelectorAll('textarea')].find(area => !area.value.trim())?.focus();
    return true;
  }

  /** At once, later, or after the seconds in which it can be taken back. */
  async post() {
    const { draft } = this, ids = { reply: this.about.reply?.id, quote: this.about.quote?.id }, seconds = habits().undo;
    if (passed(draft.scheduled)) {
      draft.scheduled = null;
      throw new Error(t('The time that was set is too near or has passed, so it is taken away. Set another, or send it now.'));
    }
    await describe(draft);
    if (draft.scheduled) {
      await deliver(draft, ids);
      toast(t('It goes out {when}.', { when: due(draft.scheduled) }), { label: t('See what waits'), act: () => go('/scheduled') });
    } else if (seconds) hold({ ...ids, draft, name: this.key, due: Date.now() + seconds * 1000 }, seconds, openDraft);
    else {
      await deliver(draft, ids, () => this.keep());
      toast(draft.parts.length > 1 ? t('Your thread is out.') : t('Your post is out.'));
    }
  }

  async send() {
    if (this.sendButton.disabled || this.undescribed()) return;
    this.busy = true;
    this.sendButton.setAttribute('aria-busy', 'true');
    this.show();
    this.say('');
    try {
      await (this.about.edit ? change(this.draft, this.about.edit) : this.post());
      forget(this.key);
      this.closest('dialog')?.close();
      if (this.about.edit) toast(t('The change is out.'));
    } catch (problem) {
      this.busy = false;
      this.sendButton.removeAttribute('aria-busy');
      this.keep();
      this.show();
      this.say(`${outSoFar(this.draft)}${problem.message} ${t('Your text is kept.')}`, true);
    }
  }
}
customElements.define('calf-composer', Composer);
