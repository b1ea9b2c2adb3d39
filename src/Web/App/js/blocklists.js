import { h, icon } from './dom.js';
import { get, post, remove } from './api.js';
import { ask, complain, dialog, toast } from './float.js';
import { time } from './time.js';
import { all, t, tn, tnx, tx } from './i18n.js';

const root = '/api/calf/v1/blocklists', rules = '/api/v1/admin/domain_blocks';
const severities = {
  suspend: [t('Blocked||a server'), t('Nothing in, nothing out.')], silence: [t('Silenced||a server'), t('Only you see them, and only if you follow.')],
  noop: [t('Let through||a server'), t('Whatever a list says.')],
};

/** What other servers may do here: rules by hand, and lists. */
export function domainsSection() {
  const hand = h('ul', { class: 'things' }), lists = h('ul', { class: 'things' });
  const fill = async () => {
    try {
      const [made, subscribed] = await Promise.all([get(rules, { limit: 200 }), get(root)]);
      hand.replaceChildren(...made.length ? made.map((/** @type {any} */ one) => ruleLine(one, fill)) : [h('li', { class: 'quiet' }, t('You have blocked no server.'))]);
      lists.replaceChildren(...subscribed.length ? subscribed.map((/** @type {any} */ one) => listLine(one, fill)) : [h('li', { class: 'quiet' }, t('You follow no list.'))]);
    } catch (problem) { hand.replaceChildren(h('li', null, problem.message)); }
  };
  fill();
  return h('section', null, h('h2', null, t('Other servers')),
    h('details', null, h('summary', null, t('Rules for servers')), hand, ruleForm(fill)),
    h('h3', null, t('Lists||of servers to block')), lists, listForm(fill),
    h('p', { class: 'hint' }, tx('{save} that Mastodon reads too.', { save: h('a', { href: `${root}/export`, download: 'domain_blocks.csv' }, t('Save all rules as a file||and its sentence goes on: that Mastodon reads too')) })));
}

/** @param {any} rule @param {() => void} changed */
function ruleLine(rule, changed) {
  const lift = async () => {
    if (!await ask({ title: t('Free {domain}?||from its rule', { domain: rule.domain }), text: t('What it sends from now on is taken again. Follows that the rule ended stay ended.'), yes: t('Free it||a server, from its rule') })) return;
    try { await remove(`${rules}/${rule.id}`); changed(); toast(t('Done.')); } catch (problem) { complain(problem); }
  };
  const word = severities[/** @type {keyof severities} */ (rule.severity)][0], ruled = rule.reject_media ? t('{rule}, without pictures', { rule: word }) : word;
  return h('li', null, icon(rule.severity === 'noop' ? 'check' : rule.severity === 'silence' ? 'mute' : 'block'),
    h('div', null, h('p', null, rule.domain), h('p', { class: 'small quiet' }, rule.public_comment ? t('{rule}: {comment}', { rule: ruled, comment: rule.public_comment }) : ruled)),
    h('button', { type: 'button', class: 'button compact', onclick: lift }, t('Free||a server, from its rule')));
}

/** @param {() => void} changed */
function ruleForm(changed) {
  const add = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget), data = new FormData(form);
    const domain = String(data.get('domain')), severity = String(data.get('severity'));
    try {
      if (severity === 'suspend' && !await agree(await post(`${root}/preview`, { text: domain }), t('Block {domain}', { domain }))) return;
      await post(rules, { domain, severity, reject_media: data.has('media') });
      form.reset();
      changed();
    } catch (problem) { complain(problem); }
  };
  return h('form', { onsubmit: add },
    h('div', { class: 'pair' }, h('input', { class: 'input', name: 'domain', required: true, 'aria-label': t('Server||the address of one'), placeholder: 'example.org', autocapitalize: 'none' }),
      h('select', { class: 'input', name: 'severity', 'aria-label': t('Rule||for a server') }, Object.entries(severities).map(([value, [word, hint]]) => h('option', { value, title: hint }, word)))),
    h('label', { class: 'choice' }, h('input', { type: 'checkbox', name: 'media' }), h('span', null, t('Show no pictures from there'))),
    h('div', null, h('button', { type: 'submit', class: 'button' }, t('Add||a rule'))));
}

/** @param {any} list @param {() => void} changed */
function listLine(list, changed) {
  const apply = async () => {
    try {
      if (await agree(await post(`${root}/preview`, { url: list.url }), t('Apply||a list'))) { await post(root, { url: list.url }); changed(); }
    } catch (problem) { complain(problem); }
  };
  const leave = async () => {
    if (!await ask({ title: t('Leave this list?'), text: t('What came from it alone is lifted. Follows that it ended stay ended.'), yes: t('Leave it||a list') })) return;
    try { await remove(`${root}/${list.id}`); changed(); } catch (problem) { complain(problem); }
  };
  return h('li', null, icon('server'), h('div', null, h('p', null, list.url),
    h('p', { class: 'small quiet' }, tnx(list.domains, '{n} domain, looked at {when}', '{n} domains, looked at {when}', { when: time(list.checked_at, true) })),
    list.error && h('p', { class: 'small is-brick' }, list.error, ' ', t('What it said before stays in force.')),
    list.held.length > 0 && h('p', { class: 'small is-amber' }, tn(list.held.length,
      '{n} new domain would end follows and is silenced until you say yes: {domains}', '{n} new domains would end follows and are silenced until you say yes: {domains}', { domains: all(list.held) }))),
  list.held.length > 0 && h('button', { type: 'button', class: 'button compact', onclick: apply }, t('Look||at what a list would end')),
  h('button', { type: 'button', class: 'button compact', onclick: leave }, t('Leave||a list')));
}

/** @param {() => void} changed */
function listForm(changed) {
  const subscribe = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget), url = String(new FormData(form).get('url'));
    try {
      if (!await agree(await post(`${root}/preview`, { url }), t('Follow the list'))) return;
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
      if (!await agree(await post(`${root}/preview`, { text }), t('Import||a file, the button'))) return;
      const done = await post(`${root}/import`, { text });
      toast(tn(done.added, '{n} domain added.', '{n} domains added.'));
      changed();
    } catch (problem) { complain(problem); }
  };
  return h('form', { onsubmit: subscribe },
    h('label', { class: 'field' }, h('span', null, t('Follow a list')), h('input', { class: 'input', name: 'url', type: 'url', required: true, placeholder: t('The address of the list') }), h('small', null, t('Looked at every day. You see first what it would end.'))),
    h('div', { class: 'row' }, h('button', { type: 'submit', class: 'button' }, t('Look at it')),
      h('label', { class: 'button' }, t('Import a file'), h('input', { type: 'file', class: 'unseen', accept: '.csv,.txt,text/csv,text/plain', onchange: read }))));
}

/** Shows what a list would do and asks. @param {any} preview @param {string} yes @returns {Promise<boolean>} */
function agree(preview, yes) {
  return new Promise(resolve => {
    let answer = false;
    const lines = preview.severed.map((/** @type {any} */ one) => h('li', null, h('div', null, h('p', null, one.domain),
      one.following.length > 0 && h('p', { class: 'small' }, t('You follow {people}', { people: all(one.following) })),
      one.followers.length > 0 && h('p', { class: 'small' }, tn(one.followers.length, '{people} follows you', '{people} follow you', { people: all(one.followers) })))));
    const element = dialog(yes, h('div', { class: 'dialog-body' }, h('h2', null, yes),
      h('p', null, tn(preview.domains, '{n} domain, {fresh} of them new.', '{n} domains, {fresh} of them new.', { fresh: preview.new }),
        preview.by_hand > 0 && [' ', tn(preview.by_hand, '{n} that you decided yourself stay as they are.', '{n} that you decided yourself stay as they are.')]),
      lines.length > 0 ? [h('p', { class: 'is-brick' }, t('These follows would end for good:')), h('ul', { class: 'things' }, lines)] : h('p', null, t('No follow would end.')),
      preview.skipped.length > 0 && h('p', { class: 'small quiet' }, tn(preview.skipped.length, '{n} line left out, the first: {text} ({reason})', '{n} lines left out, the first: {text} ({reason})', preview.skipped[0])),
      h('div', { class: 'dialog-foot' },
        h('button', { type: 'button', class: 'button', onclick: () => element.close() }, t('Leave it')),
        h('button', { type: 'button', class: `button ${lines.length > 0 ? 'brick' : 'main'}`, onclick: () => { answer = true; element.close(); } }, yes))));
    element.addEventListener('close', () => resolve(answer));
  });
}
