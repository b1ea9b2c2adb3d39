import { h } from './dom.js';

/** @type {Map<string, Promise<void>>} */
const brought = new Map();

/** Brings a style sheet that few places need, once. A place without it is plain, not broken. @param {string} name */
export function styles(name) {
  const coming = brought.get(name) ?? new Promise(resolve => document.head.append(h('link', {
    rel: 'stylesheet', href: new URL(`../css/${name}.css`, import.meta.url).pathname, onload: () => resolve(undefined), onerror: () => resolve(undefined),
  })));
  brought.set(name, coming);
  return coming;
}
