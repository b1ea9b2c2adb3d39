/**
 * The words of the page in its reader's language. English stands in the code and is the key; every other language is one file,
 * `lang/CODE.json`, which gives its own text for each. A text that a language lacks is shown in English.
 * The server hands it out in two parts: what the first load looks up, and the rest, each text under a number made of its key (AppWords.cs).
 * What follows `||` in a text tells translators which meaning is meant and is never shown. `{name}` is filled in.
 * @typedef {Record<string, string | Record<string, string>>} Catalog an entry of several forms has them by plural category (Intl.PluralRules)
 * @typedef {Record<string, any>} Values
 */
const root = document.documentElement;
/** The language of the page. */
export const language = root.lang || 'en';
/** For Intl: the reader's own variety of that language, where the browser tells one. */
export const locale = navigator.languages.find(tag => tag.split('-')[0] === language) ?? language;

const plurals = new Intl.PluralRules(locale), numbers = new Intl.NumberFormat(locale);
const rightToLeft = root.dir === 'rtl';

/** @type {Catalog} */
const catalog = {};
/** Adds a part of the language's file. @param {string} part */
async function load(part) {
  if (language !== 'en') Object.assign(catalog, await (await fetch(new URL(`../lang/${language}${part}.json`, import.meta.url))).json());
}
await load('').catch(() => {});

/** @type {Promise<void> | undefined} */
let rest;
/** The words that the first load can do without. Without a connection they are English, until they are asked for again. */
export const moreWords = () => rest ??= load('.more').catch(() => { rest = undefined; });

/** @param {string} text */
const shown = text => text.split('||')[0];

/** A number as the reader writes it. @param {number} n */
export const number = n => numbers.format(n);

/** @param {any} value */
const isText = value => typeof value === 'string' || typeof value === 'number';

/** A handle or an address keeps its own direction among words that run the other way. @param {string | number} value */
const worded = value => typeof value === 'number' ? number(value) : rightToLeft ? `\u2068${value}\u2069` : value;

/** @param {string} text @param {Values} [values] @returns {any[]} */
function fill(text, values) {
  if (!values) return [text];
  return text.split(/\{(\w+)\}/).map((part, index) => index % 2 ? isText(values[part]) ? worded(values[part]) : values[part] : part).filter(part => part !== '' && part !== null && part !== undefined && part !== false);
}

/** What the server made of a key: FNV-1a of its UTF-16 units, in hexadecimal digits. @param {string} text */
function mark(text) {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return (sum >>> 0).toString(16);
}

/** @param {string} text */
const entry = text => language === 'en' ? undefined : catalog[mark(text)];

/** @param {string} text */
function own(text) {
  const found = entry(text);
  return typeof found === 'string' ? found : shown(text);
}

/** @param {number} n @param {string} one @param {string} other the key */
function form(n, one, other) {
  const found = entry(other);
  if (found && typeof found === 'object') return found[plurals.select(n)] ?? found.other;
  return shown(n === 1 ? one : other);
}

/** A text. @param {string} text @param {Values} [values] @returns {string} */
export const t = (text, values) => fill(own(text), values).join('');

/** A text about a number, `{n}`. @param {number} n @param {string} one in English @param {string} other in English @param {Values} [values] @returns {string} */
export const tn = (n, one, other, values) => fill(form(n, one, other), { n, ...values }).join('');

/** A text with nodes in it, for `h`. @param {string} text @param {Values} values @returns {any[]} */
export const tx = (text, values) => fill(own(text), values);

/** The same about a number. @param {number} n @param {string} one @param {string} other @param {Values} [values] @returns {any[]} */
export const tnx = (n, one, other, values) => fill(form(n, one, other), { n, ...values });

/** Several things in one breath: "a, b and c". @param {string[]} things */
export const all = things => new Intl.ListFormat(locale, { type: 'conjunction' }).format(things);

/** Puts the words of the page's own HTML into the language: text and labels. @param {Element} element */
export function translate(element) {
  if (language === 'en') return;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode), text = node.data.trim();
    if (text) node.data = node.data.replace(text, own(text));
  }
  for (const labelled of element.querySelectorAll('[aria-label]')) labelled.setAttribute('aria-label', own(labelled.getAttribute('aria-label') ?? ''));
}
