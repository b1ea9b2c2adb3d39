import { h } from './dom.js';

/** Keys, those of a line with blanks between them, and what they do. @param {[string, string][]} lines */
export const keyList = lines => h('dl', { class: 'keys' }, lines.map(([key, text]) => [h('dt', null, key.split(' ').map(k => [h('kbd', null, k), ' '])), h('dd', null, text)]));
