import { h, icon } from './dom.js';
import { get, post, remove } from './api.js';
import { ask, complain, dialog, toast } from './float.js';
import { time } from './time.js';

const root = '/api/calf/v1/blocklists', rules = '/api/v1/admin/domain_blocks';
const severities = { suspend: ['Blocked', 'Nothing in, nothing out.'], silence: ['Silenced', 'Only you see them, and only if you follow.'], noop: ['Let through', 'Whatever a list says.'] };
/** @param {number} n @param {string} one @param {string} [many] */
const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** What other servers may do here: rules by hand, and lists. */
export function domainsSection() {
  const hand = h('ul', { class: 'things' }), lists = h('ul', { class: 'things' });
  const fill = async () => {
    try {
      const [made, subscribed] = await Promise.all([get(rules, { limit: 200 }), get(root)]);
      hand.replaceChildren(...made.length ? made.map((/** @type {any} */ one) => ruleLine(one, fill)) : [h('li', { class: 'quiet' }, 'You have blocked no server.')]);
      lists.replaceChildren(...subscribed.length ? subscribed.map((/** @type {any} */ one) => listLine(one, fill)) : [h('li', { class: 'quiet' }, 'You follow no list.')]);
    } catch (problem) { hand.replaceChildren(h('li', null, problem.message)); }
  };
  fill();
  return h('section', null, h('h2', null, 'Other servers'),
    h('details', null, h('summary', null, 'Rules for servers'), hand, ruleForm(fill)),
    h('h3', null, 'Lists'), lists, listForm(fill),
    h('p', { class: 'hint' }, h('a', { href: `${root}/export`, download: 'domain_blocks.csv' }, 'Save all rules as a file'), ' that Mastodon reads too.'));
}

/** @param {any} rule @param {() => void} changed */
function ruleLine(rule, changed) {
  const lift = async () => {
    if (!await ask({ title: `Free ${rule.domain}?`, text: 'What it sends from now on is taken again. Follows that the rule ended stay ended.', yes: 'Free it' })) return;
    try { await remove(`${rules}/${rule.id}`); changed(); toast('Done.'); } catch (problem) { complain(problem); }
  };
  const word = severities[/** @type {keyof severities} */ (rule.severity)][0];
  return h('li', null, icon(rule.severity === 'noop' ? 'check' : rule.severity === 'silence' ? 'mute' : 'block'),
    h('div', null, h('p', null, rule.domain), h('p', { class: 'small quiet' }, word, rule.reject_media && ', without pictures', rule.public_comment && `: ${rule.public_comment}`)),
    h('button', { type: 'button', class: 'button compact', onclick: lift }, 'Free'));
}

/** @param {() => void} changed */
function ruleForm(changed) {
  const add = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget), data = new FormData(form);
    const domain = String(data.get('domain')), severity = String(data.get('severity'));
    try {
      if (severity === 'suspend' && !await agree(await post(`${root}/preview`, { text: domain }), `Block ${domain}`)) return;
      await post(rules, { domain, severity, reject_media: data.has('media') });
      form.reset();
      changed();
    } catch (problem) { complain(problem); }
  };
  return h('form', { onsubmit: add },
    h('div', { class: 'pair' }, h('input', { class: 'input', name: 'domain', required: true, 'aria-label': 'Server', placeholder: 'example.org', autocapitalize: 'none' }),
      h('select', { class: 'input', name: 'severity', 'aria-label': 'Rule' }, Object.entries(severities).map(([value, [word, hint]]) => h('option', { value, title: hint }, word)))),
    h('label', { class: 'choice' }, h('input', { type: 'checkbox', name: 'media' }), h('span', null, 'Show no pictures from there')),
    h('div', null, h('button', { type: 'submit', class: 'button' }, 'Add')));
}

/** @param {any} list @param {() => void} changed */
function listLine(list, changed) {
  const apply = async () => {
    try {
      if (await agree(await post(`${root}/preview`, { url: list.url }), 'Apply')) { await post(root, { url: list.url }); changed(); }
    } catch (problem) { complain(problem); }
  };
  const leave = async () => {
    if (!await ask({ title: 'Leave this list?', text: 'What came from it alone is lifted. Follows that it ended stay ended.', yes: 'Leave it' })) return;
    try { await remove(`${root}/${list.id}`); changed(); } catch (problem) { complain(problem); }
  };
  return h('li', null, icon('server'), h('div', null, h('p', null, list.url),
    h('p', { class: 'small quiet' }, count(list.domains, 'domain'), ', looked at ', time(list.checked_at, true)),
    list.error && h('p', { class: 'small is-brick' }, list.error, ' What it said before stays in force.'),
    list.held.length > 0 && h('p', { class: 'small is-amber' }, `${count(list.held.length, 'new domain')} would end follows and ${list.held.length === 1 ? 'is' : 'are'} silenced until you say yes: ${list.held.join(', ')}`)),
  list.held.length > 0 && h('button', { type: 'button', class: 'button compact', onclick: apply }, 'Look'),
  h('button', { type: 'button', class: 'button compact', onclick: leave }, 'Leave'));
}

/** @param {() => void} changed */
function listForm(changed) {
  const subscribe = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget), url = String(new FormData(form).get('url'));
    try {
      if (!await agree(await post(`${root}/preview`, { url }), 'Follow the list')) return;
      await post(root, { url });
      form.reset();
      changed();
    } catch (problem) { complain(problem); }
  };
  const read = async (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget), text = await input.files?.[0]?.text();
    input.value = '';
    if (!text) return;
    try {
      if (!await agree(await post(`${root}/preview`, { text }), 'Import')) return;
      const done = await post(`${root}/import`, { text });
      toast(`${count(done.added, 'domain')} added.`);
      changed();
    } catch (problem) { complain(problem); }
  };
  return h('form', { onsubmit: subscribe },
    h('label', { class: 'field' }, h('span', null, 'Follow a list'), h('input', { class: 'input', name: 'url', type: 'url', required: true, placeholder: 'The address of the list' }), h('small', null, 'Looked at every day. You see first what it would end.')),
    h('div', { class: 'row' }, h('button', { type: 'submit', class: 'button' }, 'Look at it'),
      h('label', { class: 'button' }, 'Import a file', h('input', { type: 'file', class: 'unseen', accept: '.csv,.txt,text/csv,text/plain', onchange: read }))));
}

/** Shows what a list would do and asks. @param {any} preview @param {string} yes @returns {Promise<boolean>} */
function agree(preview, yes) {
  return new Promise(resolve => {
    let answer = false;
    const lines = preview.severed.map((/** @type {any} */ one) => h('li', null, h('div', null, h('p', null, one.domain),
      one.following.length > 0 && h('p', { class: 'small' }, 'You follow ', one.following.join(', ')),
      one.followers.length > 0 && h('p', { class: 'small' }, one.followers.join(', '), one.followers.length === 1 ? ' follows you' : ' follow you'))));
    const element = dialog(yes, h('div', { class: 'dialog-body' }, h('h2', null, yes),
      h('p', null, `${count(preview.domains, 'domain')}, ${preview.new} of them new.`, preview.by_hand > 0 && ` ${preview.by_hand} that you decided yourself stay as they are.`),
      lines.length > 0 ? [h('p', { class: 'is-brick' }, 'These follows would end for good:'), h('ul', { class: 'things' }, lines)] : h('p', null, 'No follow would end.'),
      preview.skipped.length > 0 && h('p', { class: 'small quiet' }, `${count(preview.skipped.length, 'line')} left out, the first: ${preview.skipped[0].text} (${preview.skipped[0].reason})`),
      h('div', { class: 'dialog-foot' },
        h('button', { type: 'button', class: 'button', onclick: () => element.close() }, 'Leave it'),
        h('button', { type: 'button', class: `button ${lines.length > 0 ? 'brick' : 'main'}`, onclick: () => { answer = true; element.close(); } }, yes))));
    element.addEventListener('close', () => resolve(answer));
  });
}
