import { h, icon } from './dom.js';
import { t } from './i18n.js';
import { session } from './session.js';

/** @typedef {{ options: string[], expires_in: number, multiple: boolean }} NewPoll */

const durations = /** @type {[number, string][]} */ ([[1800, t('30 minutes')], [3600, t('One hour')], [21600, t('6 hours')], [86400, t('One day')], [259200, t('3 days')], [604800, t('One week')]]);

const limits = () => session.instance?.configuration?.polls ?? { max_options: 4, max_characters_per_option: 50 };

/** @returns {NewPoll} */
export const freshPoll = () => ({ options: ['', ''], expires_in: 86400, multiple: false });

/** What is sent: null while there are too few answers. @param {NewPoll | null | undefined} poll */
export function finished(poll) {
  const options = (poll?.options ?? []).map(one => one.trim()).filter(one => one);
  return poll && options.length > 1 && new Set(options).size === options.length ? { ...poll, options } : null;
}

/** The answers of a poll that is being written. @param {NewPoll} poll changed in place @param {() => void} changed */
export function pollWriter(poll, changed) {
  const { max_options: most, max_characters_per_option: longest } = limits();
  const list = h('ol', { class: 'poll-answers' });
  const add = h('button', { type: 'button', class: 'button compact slight', onclick: () => { poll.options.push(''); draw(); changed(); list.lastElementChild?.querySelector('input')?.focus(); } }, t('One more answer'));
  const draw = () => {
    list.replaceChildren(...poll.options.map((text, index) => h('li', null,
      h('input', { class: 'input', dir: 'auto', maxlength: longest, value: text, placeholder: t('Answer {n}||one of a poll', { n: index + 1 }), 'aria-label': t('Answer {n}||one of a poll', { n: index + 1 }), oninput: event => { poll.options[index] = event.target.value; changed(); } }),
      poll.options.length > 2 && h('button', { type: 'button', class: 'icon-button', 'aria-label': t('Take answer {n} away', { n: index + 1 }), onclick: () => { poll.options.splice(index, 1); draw(); changed(); } }, icon('close', 'small')))));
    add.hidden = poll.options.length >= most;
  };
  draw();
  const until = h('select', { class: 'input', 'aria-label': t('How long it is open'), onchange: event => { poll.expires_in = Number(event.target.value); changed(); } },
    durations.map(([seconds, words]) => h('option', { value: String(seconds), selected: seconds === poll.expires_in }, words)));
  const several = h('label', { class: 'choice' },
    h('input', { type: 'checkbox', checked: poll.multiple, onchange: event => { poll.multiple = event.target.checked; changed(); } }), h('span', null, t('Several can be chosen')));
  return h('fieldset', { class: 'poll-writer' }, h('legend', { class: 'unseen' }, t('Poll')), list, h('div', { class: 'poll-foot' }, add, until, several));
}
