import { h } from './dom.js';

/** The server has cleaned the HTML already; this is the second lock. What is not named here is dropped, its text kept. */
const elements = new Set(['P', 'BR', 'SPAN', 'A', 'DEL', 'S', 'PRE', 'CODE', 'EM', 'STRONG', 'B', 'I', 'U', 'UL', 'OL', 'LI', 'BLOCKQUOTE',
  'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'HR', 'SUB', 'SUP', 'RUBY', 'RT', 'RP']);
const swallowed = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'EMBED', 'NOSCRIPT', 'SVG', 'MATH', 'TITLE', 'TEXTAREA', 'SELECT']);
const classes = /^(mention|hashtag|ellipsis|invisible|quote-inline|h-card|u-url)$/;
const schemes = new Set(['http:', 'https:', 'mailto:', 'gemini:', 'xmpp:', 'magnet:', 'dat:', 'dweb:', 'ipfs:', 'ipns:', 'ssb:', 'gopher:']);
const deepest = 40;

const policy = globalThis.trustedTypes?.createPolicy('calf-inert', { createHTML: (/** @type {string} */ text) => text });

/** @param {string} html @returns {HTMLElement} an inert body: nothing in it loads or runs */
function parse(html) {
  const source = `<!doctype html><body>${html}`;
  return new DOMParser().parseFromString(/** @type {any} */ (policy?.createHTML(source) ?? source), 'text/html').body;
}

/**
 * Remote HTML as nodes of this page, copied one allowed node at a time.
 * @param {string} html @param {{ emojis?: any[], mentions?: any[], tags?: any[] }} [context] @returns {DocumentFragment}
 */
export function safe(html, { emojis = [], mentions = [], tags = [] } = {}) {
  const fragment = document.createDocumentFragment();
  const people = new Map(mentions.map(m => [m.url, m]));
  copy(parse(html), fragment, { emojis: emojiMap(emojis), people, tags: new Set((tags ?? []).map(tag => tag.name.toLowerCase())) }, 0);
  return fragment;
}

/** @param {Node} from @param {Node & ParentNode} to @param {any} context @param {number} depth */
function copy(from, to, context, depth) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(...emojify(node.nodeValue ?? '', context.emojis));
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    const element = /** @type {Element} */ (node);
    if (swallowed.has(element.tagName.toUpperCase()) || depth > deepest) continue;
    const target = elements.has(element.tagName) ? clean(element, context) : null;
    copy(element, target ?? to, context, depth + 1);
    if (target) to.append(target);
  }
}

/** @param {Element} element @param {any} context */
function clean(element, context) {
  const made = document.createElement(element.tagName);
  const kept = [...element.classList].filter(name => classes.test(name));
  if (kept.length) made.className = kept.join(' ');
  for (const name of ['lang', 'dir', 'start', 'value', 'reversed']) {
    const value = element.getAttribute(name);
    if (value !== null) made.setAttribute(name, value);
  }
  if (made instanceof HTMLAnchorElement) link(made, element, context);
  return made;
}

/** @param {HTMLAnchorElement} anchor @param {Element} from @param {any} context */
function link(anchor, from, context) {
  const href = from.getAttribute('href') ?? '', tag = /^#(\S+)$/.exec(from.textContent?.trim() ?? '')?.[1];
  if (tag && context.tags.has(tag.toLowerCase())) {
    anchor.href = `/tagged/${encodeURIComponent(tag)}`;
    return;
  }
  const person = context.people.get(href);
  if (person) {
    anchor.href = `/people/${encodeURIComponent(person.id)}`;
    anchor.title = `@${person.acct}`;
    return;
  }
  let url;
  try { url = new URL(href); } catch { return; }
  if (!schemes.has(url.protocol)) return;
  anchor.href = url.href;
  anchor.target = '_blank';
  anchor.rel = 'nofollow noopener noreferrer';
  anchor.translate = false;
}

/** @param {any[]} emojis */
const emojiMap = emojis => new Map((emojis ?? []).map(e => [e.shortcode, e]));

/** Text with its custom emoji as pictures. @param {string} text @param {Map<string, any> | any[]} emojis @returns {(string | HTMLElement)[]} */
export function emojify(text, emojis) {
  const map = emojis instanceof Map ? emojis : emojiMap(emojis);
  if (!map.size) return [text];
  return text.split(/(:[a-zA-Z0-9_]{2,}:)/).map(part => {
    const emoji = part.startsWith(':') ? map.get(part.slice(1, -1)) : null;
    return emoji ? h('img', { class: 'emoji', src: emoji.static_url ?? emoji.url, alt: part, title: part, draggable: 'false', loading: 'lazy' }) : part;
  });
}

/** The words of remote HTML, for one-line summaries. @param {string} html @param {string} [gap] what stands between two lines */
export function plain(html, gap = ' ') {
  const body = parse(html.replace(/<\/(p|li|blockquote|pre|h[1-6])>\s*(?=<)/g, `$&${gap}`).replace(/<br[^>]*>/g, gap));
  body.querySelectorAll('.invisible, .quote-inline, script, style').forEach(node => node.remove());
  return (body.textContent ?? '').trim();
}
