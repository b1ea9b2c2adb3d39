import { h, icon } from './dom.js';
import { dialog } from './float.js';
import { keyList } from './key-list.js';

/** @type {[string, [string, string][]][]} */
const groups = [
  ['The post that has the focus', [['j k', 'the next post, the one before'], ['Enter o', 'open it'], ['r', 'answer it'], ['f', 'favourite'], ['b', 'boost'], ['q', 'quote it'], ['d', 'bookmark'], ['m', 'write to its author'], ['p', 'open its author’s profile'],
    ['x', 'unfold or fold what is behind a warning'], ['h', 'show covered pictures'], ['e', 'open its pictures']]],
  ['Anywhere', [['n', 'write'], ['/ s', 'find'], ['Backspace', 'back'], ['Esc', 'leave a field, close what is open'], ['?', 'this sheet']]],
  ['Go to', [['g h', 'home'], ['g n', 'notifications'], ['g d', 'conversations'], ['g e', 'find'], ['g u', 'your profile'], ['g f', 'favourites'], ['g k', 'bookmarks'], ['g w', 'posts that wait'], ['g r', 'follow requests'], ['g b', 'blocked'], ['g m', 'muted'], ['g s', 'settings']]],
  ['While writing', [['Ctrl Enter', 'send'], ['@ # :', 'complete people, tags, emoji'], ['Esc', 'close, the text is kept']]],
  ['A large picture', [['← →', 'the one before, the next'], ['+ - 0', 'larger, smaller, whole']]],
];

/** All keys, on one sheet. */
export function keySheet() {
  const box = dialog('Keys', h('div', { class: 'dialog-body' },
    h('div', { class: 'row spread' }, h('h2', null, 'Keys'), h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close', title: 'Close', autofocus: true, onclick: () => box.close() }, icon('close'))),
    h('div', { class: 'key-groups' }, groups.map(([title, lines]) => h('section', null, h('h3', null, title), keyList(lines))))));
  box.classList.add('key-sheet');
}
