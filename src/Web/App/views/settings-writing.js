import { h, icon } from '../js/dom.js';
import { habits, setHabit, undoTimes } from '../js/habits.js';
import { t, tn } from '../js/i18n.js';
import { languages } from '../js/languages.js';
import { session } from '../js/session.js';
import { visibilities } from '../js/visibility.js';
import { emojisSection } from './emojis.js';
import { choice, field, save, saveButton, select } from './settings-form.js';

/** How the owner writes. */
export const writingSections = () => [postingForm(), habitsSection(), emojisSection()];

/** @type {[string, string][]} */
const quoters = [['public', t('Everyone')], ['followers', t('Your followers')], ['nobody', t('Only you')]];

function postingForm() {
  const source = session.me.source ?? {};
  const chosen = source.language || navigator.language.split('-')[0];
  return h('form', {
    onsubmit: event => save(event, (form, data) => {
      for (const key of ['privacy', 'language', 'quote_policy']) data.set(`source[${key}]`, form.get(key) ?? '');
      data.set('source[sensitive]', String(form.has('sensitive')));
    }),
  }, h('h2', null, t('Writing')),
  h('fieldset', null, h('legend', null, t('Who sees a new post')), Object.entries(visibilities).filter(([key]) => key !== 'direct').map(([key, kind]) =>
    h('label', { class: 'choice' }, h('input', { type: 'radio', name: 'privacy', value: key, checked: (source.privacy ?? 'public') === key }), h('span', null, kind.label, h('small', null, kind.hint))))),
  field(t('Who may quote a new post'), select('quote_policy', quoters, source.quote_policy ?? 'public')),
  field(t('Language you write in'), select('language', languages(chosen).map(one => [one.code, one.name]), chosen)),
  h('div', null, choice('sensitive', t('Cover my pictures'), t('Others see them after a tap.'), source.sensitive ?? false)),
  saveButton());
}

/** How one writes in this browser. */
const habitsSection = () => h('section', null, h('h2', null, t('Writing in this browser')),
  h('label', { class: 'choice' }, h('input', { type: 'checkbox', checked: habits().insist, onchange: event => setHabit({ insist: event.target.checked }) }),
    h('span', null, t('Insist on alt text'), h('small', null, t('No post goes out while a picture, film or sound in it has no description.')))),
  field(t('Time to take a post back'), select('undo', undoTimes.map(seconds => [String(seconds), seconds ? tn(seconds, '{n} second', '{n} seconds') : t('None, it goes out at once')]), String(habits().undo), value => setHabit({ undo: Number(value) })),
    t('So long it is held back after you press Post. Leaving the page sends it.')),
  h('div', { class: 'row' }, h('a', { class: 'button compact', href: '/scheduled' }, icon('clock', 'small'), t('Posts that wait for their time'))));
