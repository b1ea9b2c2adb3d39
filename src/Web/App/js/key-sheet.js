import { h, icon } from './dom.js';
import { dialog } from './float.js';
import { keyList } from './key-list.js';
import { t } from './i18n.js';

/** @type {[string, [string, string][]][]} */
const groups = [
  [t('The post that has the focus'), [['j k', t('the next post, the one before')], ['Enter o', t('open it')], ['r', t('answer it')], ['f', t('favourite||what a key does')], ['b', t('boost||what a key does')], ['q', t('quote it')], ['d', t('bookmark||what a key does')], ['m', t('write to its author')], ['p', t('open its author’s profile')],
    ['x', t('unfold or fold what is behind a warning')], ['h', t('show covered pictures')], ['e', t('open its pictures')]]],
  [t('Anywhere'), [['n', t('write||what a key does')], ['/ s', t('find||what a key does')], ['Backspace', t('back||what a key does')], ['Esc', t('leave a field, close what is open')], ['?', t('this sheet')]]],
  [t('Go to'), [['g h', t('home||a place to go to')], ['g n', t('notifications||a place to go to')], ['g d', t('conversations||a place to go to')], ['g e', t('find||a place to go to')], ['g l', t('lists||a place to go to')], ['g t', t('tags||a place to go to')], ['g u', t('your profile')], ['g f', t('favourites||a place to go to')], ['g k', t('bookmarks||a place to go to')], ['g w', t('posts that wait')], ['g r', t('follow requests||a place to go to')], ['g b', t('blocked||a place to go to')], ['g m', t('muted||a place to go to')], ['g s', t('settings||a place to go to')]]],
  [t('While writing'), [['Ctrl Enter', t('send||what a key does')], ['@ # :', t('complete people, tags, emoji')], ['Esc', t('close, the text is kept')]]],
  [t('A large picture'), [['← →', t('the one before, the next')], ['+ - 0', t('larger, smaller, whole')]]],
];

/** All keys, on one sheet. */
export function keySheet() {
  const box = dialog(t('Keys||of the keyboard'), h('div', { class: 'dialog-body' },
    h('div', { class: 'row spread' }, h('h2', null, t('Keys||of the keyboard')), h('button', { type: 'button', class: 'icon-button', 'aria-label': t('Close'), title: t('Close'), autofocus: true, onclick: () => box.close() }, icon('close'))),
    h('div', { class: 'key-groups' }, groups.map(([title, lines]) => h('section', null, h('h3', null, title), keyList(lines))))));
  box.classList.add('key-sheet');
}
