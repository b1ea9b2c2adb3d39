import { h } from './dom.js';
import { post } from './api.js';
import { emit } from './bus.js';
import { emojify } from './html.js';
import { complain } from './float.js';
import { until } from './time.js';
import { t, tn } from './i18n.js';

/** A poll: its answers to choose from while it takes one of yours, and how it stands otherwise. @param {any} status @param {string[]} [titles] of the answers in other words */
export function pollBlock(status, titles = status.poll.options.map((/** @type {any} */ option) => option.title)) {
  const block = h('div', { class: 'poll' });
  const open = () => block.replaceChildren(ballot(status, titles, shown));
  const shown = () => block.replaceChildren(...result(status.poll, titles, mayVote(status.poll) ? open : null));
  if (mayVote(status.poll)) open(); else shown();
  return block;
}

/** @param {any} poll */
const mayVote = poll => !poll.expired && !poll.voted;

/** @param {any} status @param {string[]} titles @param {() => void} look */
function ballot(status, titles, look) {
  const { poll } = status;
  const send = h('button', { type: 'submit', class: 'button compact', disabled: true }, t('Answer||a poll, the button'));
  const form = h('form', null,
    h('fieldset', { class: 'poll-choices' }, h('legend', { class: 'unseen' }, poll.multiple ? t('Choose any number') : t('Choose one')),
      titles.map((title, index) => h('label', { class: 'choice' },
        h('input', { type: poll.multiple ? 'checkbox' : 'radio', name: `poll-${status.id}`, value: String(index) }),
        h('span', { dir: 'auto' }, emojify(title, poll.emojis))))),
    h('p', { class: 'poll-foot' }, send, h('button', { type: 'button', class: 'button compact slight', onclick: look }, t('See the counts')), standing(poll)));
  const chosen = () => [...form.querySelectorAll('input:checked')].map(input => input.value);
  form.addEventListener('change', () => { send.disabled = chosen().length === 0; });
  form.addEventListener('submit', async (/** @type {Event} */ event) => {
    event.preventDefault();
    send.disabled = true;
    try {
      emit('status', { ...status, poll: await post(`/api/v1/polls/${poll.id}/votes`, { choices: chosen() }) });
    } catch (problem) {
      complain(problem);
      send.disabled = false;
    }
  });
  return form;
}

/** @param {any} poll @param {string[]} titles @param {(() => void) | null} back to the answers */
function result(poll, titles, back) {
  // Where several can be chosen, the share is one of the people.
  const all = (poll.multiple ? poll.voters_count : null) ?? poll.votes_count;
  return [h('ul', { class: 'stack' }, poll.options.map((/** @type {any} */ option, /** @type {number} */ index) => {
    const share = all && option.votes_count ? Math.min(100, Math.round(100 * option.votes_count / all)) : 0;
    return h('li', null, h('b', null, option.votes_count === null ? '–' : t('{n} %', { n: share })),
      h('span', { dir: 'auto' }, emojify(titles[index], poll.emojis), poll.own_votes?.includes(index) && h('span', { class: 'quiet' }, ' ', t('(your answer)'))),
      option.votes_count !== null && h('meter', { min: 0, max: 100, value: share, 'aria-label': titles[index] }));
  })), h('p', { class: 'poll-foot' }, back && h('button', { type: 'button', class: 'button compact slight', onclick: back }, t('Back to the answers')), standing(poll))];
}

/** How many answered, and until when one can. @param {any} poll */
function standing(poll) {
  const people = poll.voters_count ?? poll.votes_count;
  const hidden = poll.options.some((/** @type {any} */ option) => option.votes_count === null);
  return h('span', { class: 'small quiet' }, [tn(people, '{n} person answered.', '{n} people answered.'),
    poll.expired ? t('Closed.||a poll') : poll.expires_at ? t('Closes {when}.||a poll', { when: until(new Date(poll.expires_at)) }) : '', hidden && t('The counts are shown then.')].filter(Boolean).join(' '));
}
