import { h, icon } from './dom.js';
import { post } from './api.js';
import { t } from './i18n.js';
import { length } from './count.js';
import { safe } from './html.js';
import { session } from './session.js';
import { filesWriter } from './files-writer.js';
import { finished, freshPoll, pollWriter } from './poll-writer.js';
import { suggest } from './suggest.js';

/** One post that is being written: words, poll, files, and how it will look. */
class PartWriter extends HTMLElement {
  /** @type {import('./drafts.js').Part} */ item = /** @type {any} */ (null);
  changed = () => {};
  placeholder = '';
  previewing = false;
  area = /** @type {HTMLTextAreaElement} */ (h('textarea', { class: 'composer-words', dir: 'auto', 'aria-label': t('Text, in Markdown'), oninput: () => { this.item.text = this.area.value; this.changed(); } }));
  preview = h('div', { class: 'composer-preview prose', dir: 'auto', hidden: true, 'aria-live': 'polite' });
  pollPlace = h('div');
  head = h('div', { class: 'part-head', hidden: true });
  files = filesWriter(/** @type {any} */ (null), () => {});

  connectedCallback() {
    if (this.firstChild) return;
    this.area.placeholder = this.placeholder;
    this.area.value = this.item.text;
    this.area.addEventListener('paste', event => { if (event.clipboardData?.files.length) { event.preventDefault(); this.add(event.clipboardData.files); } });
    this.files = filesWriter(this.item, () => this.changed());
    this.files.addEventListener('taken', () => this.area.focus());
    this.append(this.head, this.area, this.preview, this.pollPlace, this.files);
    suggest(this.area);
    this.showPoll();
  }

  /** Its place in a thread; a post alone has none. @param {number} n @param {number} all @param {() => void} takeAway */
  number(n, all, takeAway) {
    this.head.hidden = all < 2;
    this.head.replaceChildren(h('span', null, t('{n} of {all}', { n, all })), this.item.sent ? h('span', { class: 'is-leaf' }, icon('check', 'small'), t('is out||a post of a thread'))
      : h('button', { type: 'button', class: 'icon-button', 'aria-label': t('Take post {n} away', { n }), title: t('Take this post away'), onclick: takeAway }, icon('close', 'small')));
    this.toggleAttribute('inert', !!this.item.sent);
    this.area.setAttribute('aria-label', all < 2 ? t('Text, in Markdown') : t('Text of post {n}, in Markdown', { n }));
  }

  /** Whether it can go out. @param {number} warning length of the content warning */
  finished(warning) {
    const { text, poll, sent } = this.item;
    if (sent) return true;
    return this.left(warning) >= 0 && !this.files.waiting && (!!text.trim() || !!this.item.files?.length) && (!poll || !!finished(poll));
  }

  /** Characters left. @param {number} warning */
  left(warning) { return session.limits.characters - length(this.item.text) - warning; }

  /** @param {Iterable<File>} files */
  add(files) {
    const said = this.item.poll ? t('A post has a poll or files, not both.') : this.files.add(files);
    if (said) this.dispatchEvent(new CustomEvent('trouble', { bubbles: true, detail: said }));
  }

  showPoll() {
    this.pollPlace.replaceChildren(...this.item.poll ? [pollWriter(this.item.poll, () => this.changed())] : []);
  }

  /** Adds a poll, or takes it away. */
  ask() {
    this.item.poll = this.item.poll ? null : freshPoll();
    this.showPoll();
    this.changed();
    (this.pollPlace.querySelector('input') ?? this.area).focus();
  }

  async look() {
    this.previewing = !this.previewing;
    this.area.hidden = this.previewing;
    this.preview.hidden = !this.previewing;
    if (!this.previewing) return this.area.focus();
    this.preview.replaceChildren(h('p', { class: 'quiet' }, t('One moment.')));
    try {
      const { content } = await post('/api/calf/v1/preview', { text: this.item.text });
      this.preview.replaceChildren(content ? safe(content) : h('p', { class: 'quiet' }, t('Nothing written yet.')));
    } catch (problem) { this.preview.replaceChildren(h('p', { class: 'quiet' }, `${problem.message} ${t('Your text is safe.')}`)); }
  }

  focusEnd() {
    this.area.focus();
    this.area.setSelectionRange(this.area.value.length, this.area.value.length);
  }
}
customElements.define('calf-part', PartWriter);

/** @typedef {PartWriter} Writer */

/** @param {import('./drafts.js').Part} part changed in place @param {string} placeholder @param {() => void} changed @returns {PartWriter} */
export function partWriter(part, placeholder, changed) {
  const element = /** @type {PartWriter} */ (document.createElement('calf-part'));
  Object.assign(element, { item: part, placeholder, changed });
  return element;
}
