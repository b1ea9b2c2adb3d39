import { h, icon } from './dom.js';
import { bring } from './bring.js';
import { complain, dialog } from './float.js';
import { cropVars } from './crop.js';
import { player } from './player.js';
import { t } from './i18n.js';

/** Pictures, films and sound of a post. @param {any[]} attachments @param {boolean} covered hidden until asked for @param {string} [why] it is covered */
export function media(attachments, covered, why) {
  const shown = attachments.slice(0, 4);
  const block = h('div', { class: 'media', data: { count: shown.length } });
  const draw = (/** @type {boolean} */ cover) => block.replaceChildren(...shown.map((one, index) => h('figure', null,
    cover ? cover_(one, () => draw(false), why) : one.type === 'image' ? picture(one, attachments, index) : player(one),
    !cover && one.description && one.type !== 'audio' && h('button', { type: 'button', class: 'alt', 'aria-label': t('ALT: read the description'), onclick: () => describe(one) }, t('ALT||on a picture that has a description')))));
  draw(covered);
  return block;
}

/** @param {any} one @param {() => void} uncover @param {string} [why] */
const cover_ = (one, uncover, why) => h('button', { type: 'button', class: 'covered', onclick: uncover }, icon('eye'), why && h('span', null, why),
  one.type === 'image' ? t('Show the picture') : t('Show it'), one.description && h('span', { class: 'unseen' }, one.description));

/** @param {any} one @param {any[]} all @param {number} index */
const picture = (one, all, index) => h('button', { type: 'button', class: 'open', 'aria-label': one.description ? t('Picture: {description}', { description: one.description }) : t('Picture without a description'), onclick: () => bring(() => import('./viewer.js')).then(viewer => viewer.view(all, index), complain) },
  h('img', { src: one.preview_url || one.url, alt: '', loading: 'lazy', decoding: 'async', vars: cropVars(one.meta?.focus), width: one.meta?.small?.width ?? one.meta?.original?.width, height: one.meta?.small?.height ?? one.meta?.original?.height }));

/** @param {any} one */
const describe = one => dialog(t('Description'), h('div', { class: 'dialog-body' }, h('h2', null, t('Description')), h('p', { class: 'prose', dir: 'auto' }, one.description)));
