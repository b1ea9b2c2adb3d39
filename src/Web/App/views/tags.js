import { h, icon } from '../js/dom.js';
import { get, post } from '../js/api.js';
import { feed } from '../js/feed.js';
import { postCard } from '../js/status-card.js';
import { complain } from '../js/float.js';
import { go } from '../js/router.js';
import { compose } from '../js/compose.js';
import { t } from '../js/i18n.js';

const example = '#gardening';

/** Follow or not, in one button that says what is. @param {any} tag */
export function tagButton(tag) {
  const button = h('button', { type: 'button', onclick: async () => {
    button.setAttribute('aria-busy', 'true');
    try { tag = await post(`/api/v1/tags/${encodeURIComponent(tag.name)}/${tag.following ? 'unfollow' : 'follow'}`); } catch (problem) { complain(problem); }
    button.removeAttribute('aria-busy');
    draw();
  } });
  const draw = () => {
    button.className = `button compact ${tag.following ? '' : 'main'}`;
    button.title = tag.following ? t('Its posts come to home. Press to stop.') : t('Its posts will come to home.');
    button.replaceChildren(icon(tag.following ? 'check' : 'plus', 'small'), tag.following ? t('Following||a tag: what the button says is so') : t('Follow||a tag: button'));
  };
  draw();
  return button;
}

/** A line for a hashtag. @param {any} tag */
export const tagLine = tag => h('div', { class: 'tag-line' }, h('a', { class: 'plain', href: `/tagged/${encodeURIComponent(tag.name)}`, dir: 'auto' }, `#${tag.name}`), tagButton(tag));

/** The hashtags that come to home. */
export function tags() {
  const input = h('input', { class: 'input', required: true, dir: 'auto', placeholder: example, 'aria-label': t('A hashtag'), autocapitalize: 'none', autocomplete: 'off', pattern: '#?[\\p{L}\\p{N}_]+' });
  const open = (/** @type {Event} */ event) => {
    event.preventDefault();
    go(`/tagged/${encodeURIComponent(input.value.replace(/^#/, ''))}`);
  };
  return { title: t('Tags'), place: 'tags', node: h('div', null, h('form', { class: 'one-line', onsubmit: open }, input, h('button', { type: 'submit', class: 'button' }, t('Open||the page of a tag: button'))),
    feed({ path: '/api/v1/followed_tags', query: { limit: 100 }, kind: 'person', label: t('Tags that you follow'), render: tagLine, end: t('Those are all that you follow.'),
      empty: [t('You follow no tags'), t('Follow a tag and what comes here with it appears at home. Servers that are asked for more are in the settings.')] })) };
}

/** What is here with a hashtag. @param {Record<string, string>} parameters */
export function tag({ name }) {
  const head = h('div', { class: 'page-title' }, h('span', { class: 'title', dir: 'auto' }, `#${name}`));
  get(`/api/v1/tags/${encodeURIComponent(name)}`).then(found => head.append(tagButton(found)), () => {});
  return { title: `#${name}`, head, place: 'tags', node: feed({
    path: `/api/v1/timelines/tag/${encodeURIComponent(name)}`, query: { limit: 20 }, label: `#${name}`, render: item => postCard(item), end: t('That is all that is here with this tag.'),
    empty: [t('Nothing here with this tag'), t('Posts with it appear here when they come to your server.'), h('button', { type: 'button', class: 'button main', onclick: () => compose({ text: `#${name} ` }) }, t('Write the first'))],
  }) };
}
