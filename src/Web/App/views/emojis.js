import { h, icon } from '../js/dom.js';
import { get, postForm, remove } from '../js/api.js';
import { complain, toast } from '../js/float.js';
import { t, tn } from '../js/i18n.js';

/** Of a name, which has the same letters in every language. */
const example = 'happy_calf';

/** The server's own emoji: what there is, one more, a whole pack. */
export function emojisSection() {
  const list = h('ul', { class: 'emojis' });
  const draw = async () => {
    const all = await get('/api/v1/custom_emojis').catch(() => []);
    list.replaceChildren(...all.length ? all.map(item) : [h('li', { class: 'quiet' }, t('None yet. Write one in a post as :its_name:.'))]);
  };
  const item = (/** @type {any} */ emoji) => h('li', null, h('img', { class: 'emoji', src: emoji.url, alt: '' }), h('span', null, `:${emoji.shortcode}:`),
    h('button', {
      type: 'button', class: 'icon-button', 'aria-label': t('Remove {name}', { name: emoji.shortcode }), title: t('Remove; posts that have it keep it'),
      onclick: () => remove(`/api/calf/v1/emojis/${emoji.shortcode}`).then(draw, complain),
    }, icon('close')));
  draw();
  return h('section', null, h('h2', null, t('Emoji')), list, addForm(draw), packForm(draw));
}

/** @param {SubmitEvent} event @param {string} path @param {(answer: any) => string} say @param {() => void} done */
async function send(event, path, say, done) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget), button = form.querySelector('[type=submit]');
  button?.setAttribute('aria-busy', 'true');
  try {
    toast(say(await postForm(path, new FormData(form))));
    form.reset();
    done();
  } catch (problem) { complain(problem); }
  button?.removeAttribute('aria-busy');
}

/** @param {() => void} done */
const addForm = done => h('form', { class: 'pair', onsubmit: event => send(event, '/api/calf/v1/emojis', emoji => t('{name} is there.', { name: `:${emoji.shortcode}:` }), done) },
  h('input', { class: 'input', name: 'shortcode', required: true, minlength: 2, maxlength: 128, pattern: '[A-Za-z0-9_]+', placeholder: example, 'aria-label': t('Name of the emoji'), autocomplete: 'off', spellcheck: 'false' }),
  h('input', { class: 'input', type: 'file', name: 'image', required: true, accept: 'image/png,image/gif,image/webp,image/jpeg', 'aria-label': t('Picture of the emoji') }),
  h('button', { type: 'submit', class: 'button compact' }, t('Add||an emoji: button')));

/** @param {() => void} done */
const packForm = done => h('form', { onsubmit: event => send(event, '/api/calf/v1/emojis/import', sentence, done) },
  h('label', { class: 'field' }, h('span', null, t('A pack')), h('input', { class: 'input', type: 'file', name: 'file', required: true, accept: '.zip,application/zip' }),
    h('small', null, t('A ZIP file as Pleroma, Akkoma and Misskey share them.'))),
  h('div', null, h('button', { type: 'submit', class: 'button compact' }, t('Take over the pack'))));

/** @param {{ added: number, skipped: { shortcode: string, reason: string }[] }} came */
const sentence = ({ added, skipped }) => [tn(added, '{n} added.', '{n} added.||emoji'),
  skipped.length ? tn(skipped.length, '{n} not: {name}: {reason}', '{n} not: {name}: {reason}||how many emoji were not added, the name of the first and why', { name: skipped[0].shortcode, reason: skipped[0].reason }) : ''].filter(Boolean).join(' ');
