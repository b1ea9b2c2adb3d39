import { h } from '../js/dom.js';
import { plain } from '../js/html.js';
import { t } from '../js/i18n.js';
import { fullHandle, session } from '../js/session.js';
import { picturesSection } from './settings-profile.js';
import { field, save } from './settings-form.js';

/** Name, picture and a few words. Each is kept as soon as it is left, so that going on by any way loses nothing. */
export function you() {
  const { me } = session;
  const keep = (/** @type {any} */ event) => save(event, (form, data) => {
    for (const name of ['display_name', 'note']) data.set(name, form.get(name) ?? '');
  });
  return [
    picturesSection(['avatar']),
    h('form', { class: 'stack', onchange: keep, onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
      field(t('Name'), h('input', { class: 'input', name: 'display_name', maxlength: 100, dir: 'auto', autocomplete: 'name', value: me.display_name })),
      field(t('A few words about you'), h('textarea', { class: 'input', name: 'note', maxlength: 5000, dir: 'auto', value: me.source?.note ?? plain(me.note) }), t('Markdown works here.'))),
    h('p', { class: 'hint' }, t('Others find you as {handle}.', { handle: fullHandle(me) })),
  ];
}
