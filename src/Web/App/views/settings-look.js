import { h } from '../js/dom.js';
import { get, put } from '../js/api.js';
import { complain, toast } from '../js/float.js';
import { t, tx } from '../js/i18n.js';
import { speakPush } from '../js/push.js';

/** Lightness, chroma and hue of each accent, as the server takes them. @type {[string, string][]} */
const accents = [[t('Clay'), '0.62 0.14 45'], [t('Ochre'), '0.66 0.12 80'], [t('Moss'), '0.6 0.1 140'], [t('Lake'), '0.6 0.1 215'], [t('Iris'), '0.58 0.13 285'], [t('Beet'), '0.57 0.15 355']];
const longestCss = 20_000;

/** How the pages look: in this browser, and for everyone. */
export const lookSections = () => [browserSection(), everyoneSection()];

/** @param {string} legend @param {string} name @param {[string, string][]} choices */
const radios = (legend, name, choices) => h('fieldset', null, h('legend', null, legend), h('div', { class: 'segments' }, choices.map(([value, label]) =>
  h('label', null, h('input', { type: 'radio', name, checked: /** @type {any} */ (globalThis.calfLook.read())[name] === value, onchange: () => globalThis.calfLook.write({ [name]: value }) }), h('span', null, label)))));

/** @param {string} language of the page, or `auto` */
async function speak(language) {
  globalThis.calfLook.write({ language });
  await speakPush(language === 'auto' ? navigator.languages.join() : language).catch(() => {});
  location.reload();
}

function browserSection() {
  const look = globalThis.calfLook.read();
  const own = new Intl.DisplayNames(['en'], { type: 'language' });
  const named = (/** @type {string} */ code) => new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? own.of(code);
  return h('section', null, h('h2', null, t('In this browser')),
    radios(t('Paper or ink'), 'theme', [['auto', t('As the device says')], ['light', t('Paper')], ['dark', t('Ink')]]),
    radios(t('Contrast'), 'contrast', [['auto', t('As the device says')], ['more', t('Strong')]]),
    radios(t('Size of the letters'), 'size', [['small', t('Small')], ['middle', t('Middle')], ['large', t('Large')], ['huge', t('Very large')]]),
    radios(t('Density'), 'density', [['calm', t('Calm')], ['dense', t('Dense')]]),
    h('label', { class: 'choice' }, h('input', { type: 'checkbox', checked: look.deck, onchange: event => globalThis.calfLook.write({ deck: event.target.checked }) }),
      h('span', null, t('A deck of columns'), h('small', null, t('On a wide screen, notifications and lists stand beside what you read.')))),
    h('label', { class: 'field' }, h('span', null, t('Language of the page')), h('select', { class: 'input', name: 'page-language', onchange: event => speak(event.target.value) },
      h('option', { value: 'auto', selected: look.language === 'auto' }, t('As the browser says')),
      globalThis.calfLook.languages.map(code => h('option', { value: code, lang: code, selected: look.language === code }, named(code))))));
}

/** The accent and the owner's own CSS are on the public pages too. */
function everyoneSection() {
  const css = h('textarea', { class: 'input code', name: 'css', maxlength: longestCss, spellcheck: 'false', dir: 'ltr', 'aria-label': t('Your own CSS'), rows: 8 });
  const swatches = h('div', { class: 'swatches' });
  const save = async (/** @type {{ accent?: string, css?: string }} */ change) => {
    try {
      show(await put('/api/calf/v1/look', change));
      toast(t('Saved.'));
    } catch (problem) { complain(problem); }
  };
  const draw = (/** @type {string} */ chosen) => swatches.replaceChildren(...accents.map(([label, value], index) =>
    h('label', { title: label, vars: { accent: `oklch(${value})` } }, h('input', { type: 'radio', name: 'accent', 'aria-label': label, checked: chosen ? chosen === value : !index, onchange: () => save({ accent: value }) }), h('span'))));
  draw('');
  get('/api/calf/v1/look').then(look => {
    draw(look.accent ?? '');
    css.value = look.css;
  }, complain);
  return h('form', { onsubmit: event => { event.preventDefault(); save({ css: css.value }); } }, h('h2', null, t('For everyone')),
    h('fieldset', null, h('legend', null, t('Accent')), swatches),
    h('label', { class: 'field' }, h('span', null, t('Your own CSS')), css, h('small', null, tx('It comes after Calf’s own, here and on your public pages, not where one signs in. The colours are variables, such as {name}.', { name: h('code', null, '--accent') }))),
    h('div', null, h('button', { type: 'submit', class: 'button main' }, t('Save'))));
}

/** Puts what was saved on this page, too. @param {{ address: string | null }} look */
function show({ address }) {
  const known = document.getElementById('own-look');
  if (!address) return known?.remove();
  if (known) known.setAttribute('href', address);
  else document.head.append(h('link', { id: 'own-look', rel: 'stylesheet', href: address }));
}
