import { h, settle } from './dom.js';
import { get } from './api.js';
import { bring } from './bring.js';
import { t } from './i18n.js';
import { avatar, handle, name } from './account.js';

/**
 * Something that can be completed while it is typed.
 * @typedef {{ words: string, shown: any[], whole?: boolean }} Choice what is written in the place of the typed letters, or of the sign before them as well, and how it looks in the list
 * @typedef {{ label: string, expression: RegExp, least: number, ask: (typed: string) => Promise<Choice[]> }} Source the expression's first group is what was typed so far
 */
const most = 6;

/** @type {Promise<any[]> | null} */
let emojis = null;
const allEmojis = () => emojis ??= get('/api/v1/custom_emojis').catch(() => { emojis = null; return []; });

/** The emoji that every reader has, by name. */
const signs = () => bring(() => import('./emoji-names.js')).then(module => module.emojiNames, () => []);

/** Those that begin with the letters before those that have them elsewhere, the short ones first. @param {any[]} all @param {string} typed */
const near = (all, typed) => all.map(emoji => ({ emoji, at: emoji.shortcode.toLowerCase().indexOf(typed.toLowerCase()) })).filter(one => one.at >= 0)
  .sort((a, b) => a.at - b.at || a.emoji.shortcode.length - b.emoji.shortcode.length).slice(0, most).map(one => one.emoji);

/** @type {Source[]} */
const sources = [{
  label: t('People'), expression: /(?:^|[^\w/@])@([\w.-]+(?:@[\w.-]*)?)$/u, least: 2,
  ask: async typed => (await get('/api/v1/accounts/search', { q: typed, limit: most, resolve: false })).map((/** @type {any} */ account) => ({ words: account.acct, shown: [avatar(account, false), h('span', null, name(account), handle(account))] })),
}, {
  label: t('Tags'), expression: /(?:^|[^\w/#&])#([\p{L}\p{N}_]+)$/u, least: 1,
  ask: async typed => (await get('/api/v2/search', { q: typed, type: 'hashtags', limit: most })).hashtags.map((/** @type {any} */ tag) => ({ words: tag.name, shown: [h('span', { dir: 'auto' }, `#${tag.name}`)] })),
}, {
  label: t('Emoji'), expression: /(?:^|[^\w:]):([A-Za-z0-9_]+)$/, least: 2,
  ask: async typed => {
    const [own, usual] = await Promise.all([allEmojis(), signs()]), seen = new Set();
    return [...near(own, typed), ...near(usual, typed).filter(one => !seen.has(one.sign) && seen.add(one.sign))].slice(0, most).map(emoji => ({
      words: emoji.sign ?? `${emoji.shortcode}:`, whole: !!emoji.sign,
      shown: [emoji.sign ?? h('img', { class: 'emoji', src: emoji.static_url ?? emoji.url, alt: '' }), h('span', null, `:${emoji.shortcode}:`)],
    }));
  },
}];

/** Offers people, tags and emoji after their signs. @param {HTMLTextAreaElement} area */
export function suggest(area) {
  let box = /** @type {HTMLElement | null} */ (null), at = 0;
  const close = () => { box?.remove(); box = null; area.removeAttribute('aria-activedescendant'); };
  const buttons = () => /** @type {HTMLElement[]} */ ([...box?.querySelectorAll('button') ?? []]);
  const mark = (/** @type {number} */ to) => {
    const all = buttons();
    at = (to + all.length) % all.length;
    all.forEach((button, index) => button.setAttribute('aria-selected', String(index === at)));
    area.setAttribute('aria-activedescendant', all[at].id);
  };
  const word = () => {
    const before = area.value.slice(0, area.selectionStart);
    for (const source of sources) {
      const typed = source.expression.exec(before)?.[1];
      if (typed) return typed.length < source.least ? null : { source, typed };
    }
    return null;
  };
  const take = (/** @type {Choice} */ choice) => {
    area.setRangeText(`${choice.words} `, area.selectionStart - (word()?.typed.length ?? 0) - Number(!!choice.whole), area.selectionStart, 'end');
    close();
    area.dispatchEvent(new Event('input', { bubbles: true }));
  };

  const look = settle(async () => {
    const asked = word();
    if (!asked) return close();
    const found = await asked.source.ask(asked.typed).catch(() => []);
    const now = word();
    if (now?.source !== asked.source || now.typed !== asked.typed || !area.isConnected) return;
    close();
    if (!found.length) return;
    box = /** @type {HTMLElement} */ (h('div', { class: 'suggest', role: 'listbox', 'aria-label': asked.source.label }, found.map((choice, index) =>
      h('button', { type: 'button', role: 'option', tabindex: '-1', id: `choice-${index}`, onpointerdown: event => { event.preventDefault(); take(choice); } }, choice.shown))));
    area.after(box);
    mark(0);
    box.scrollIntoView({ block: 'nearest' });
  }, 180);

  area.addEventListener('input', look);
  area.addEventListener('blur', close);
  area.addEventListener('keydown', event => {
    if (!box) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') mark(at + (event.key === 'ArrowDown' ? 1 : -1));
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') buttons()[at].dispatchEvent(new Event('pointerdown'));
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
