import { h } from '../js/dom.js';
import { patchForm } from '../js/api.js';
import { complain, toast } from '../js/float.js';
import { t } from '../js/i18n.js';
import { session } from '../js/session.js';

/** @param {string} label @param {any} input @param {any} [hint] */
export const field = (label, input, hint) => h('label', { class: 'field' }, h('span', null, label), input, hint && h('small', null, hint));

/** @param {string} name @param {string} label @param {string} hint @param {boolean} checked */
export const choice = (name, label, hint, checked) => h('label', { class: 'choice' }, h('input', { type: 'checkbox', name, checked }), h('span', null, label, h('small', null, hint)));

/** @param {string} name @param {[string, string][]} choices value and label @param {string} chosen @param {((value: string) => void) | null} [changed] */
export const select = (name, choices, chosen, changed = null) => h('select', { class: 'input', name, onchange: changed && (event => changed(event.target.value)) },
  choices.map(([value, label]) => h('option', { value, selected: value === chosen }, label)));

export const saveButton = () => h('div', null, h('button', { type: 'submit', class: 'button main' }, t('Save')));

/**
 * Sends a form to the owner's credentials. https://docs.joinmastodon.org/methods/accounts/#update_credentials
 * @param {SubmitEvent} event @param {(form: Map<string, string>, data: FormData) => void} fill
 */
export async function save(event, fill) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget), button = form.querySelector('[type=submit]');
  const data = new FormData();
  fill(new Map([...new FormData(form)].map(([key, value]) => [key, String(value)])), data);
  button?.setAttribute('aria-busy', 'true');
  try {
    session.me = await patchForm('/api/v1/accounts/update_credentials', data);
    toast(t('Saved.'));
  } catch (problem) { complain(problem); }
  button?.removeAttribute('aria-busy');
}
