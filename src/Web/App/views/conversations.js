import { h, icon } from '../js/dom.js';
import { get, post } from '../js/api.js';
import { onWhile } from '../js/bus.js';
import { feed } from '../js/feed.js';
import { avatar, name } from '../js/account.js';
import { complain } from '../js/float.js';
import { plain } from '../js/html.js';
import { isMe } from '../js/session.js';
import { time } from '../js/time.js';
import { locale, t, tx } from '../js/i18n.js';

const path = '/api/v1/conversations';

/** Direct posts by whom they are among, the latest first. */
export function conversations() {
  const list = feed({
    path, query: { limit: 20 }, kind: 'person', label: t('Conversations'), render: row,
    empty: [t('No conversations yet'), t('Write a post for the people named in it only, and it begins one here. Answers gather under it.')], end: t('These are all of them.'),
  });
  const node = h('div', null, list);
  // The stream of the page tells posts and notifications; a conversation that changed is asked for.
  const renew = async () => {
    const newest = await get(path, { limit: 5 }).catch(() => []);
    for (const one of newest) list.list.querySelector(`[data-conversation="${CSS.escape(one.id)}"]`)?.remove();
    list.addOnTop(newest);
  };
  onWhile(node, 'notification', item => { if (item.status?.visibility === 'direct') renew(); });
  onWhile(node, 'update', status => { if (status.visibility === 'direct') renew(); });
  return { title: t('Conversations'), node, place: 'conversations' };
}

/** @param {any} one */
function row(one) {
  const last = one.last_status, others = one.accounts.filter((/** @type {any} */ account) => !isMe(account));
  const people = others.length ? others : one.accounts;
  const alone = !others.length, text = last && (last.spoiler_text || words(last) || t('A post without words'));
  const article = h('article', { class: 'person conversation', data: { conversation: one.id, ...one.unread ? { new: '' } : {} } },
    h('div', null, avatar(people[0], false)),
    h('div', { class: 'person-main' },
      h('a', { class: 'conversation-open', href: last ? `/posts/${last.id}` : '/conversations', onclick: () => read(one, article) },
        h('span', { class: 'person-top' },
          h('span', { class: 'person-names ellipsis' }, alone ? t('Notes to yourself') : names(people)),
          h('span', { class: 'post-when' }, one.unread && icon('direct', 'small', t('Not read yet')), last && time(last.created_at))),
        last && h('span', { class: 'snippet', dir: 'auto', lang: last.language }, isMe(last.account) && !alone ? tx('You: {text}', { text }) : people.length > 1 ? tx('{who}: {text}', { who: name(last.account), text }) : text))));
  return article;
}

const listed = new Intl.ListFormat(locale, { type: 'unit' });
/** One beside the other, as the reader's language parts them. @param {any[]} people */
const names = people => listed.formatToParts(people.map((_, index) => String(index))).map(({ type, value }) => type === 'element' ? name(people[Number(value)]) : value);

/** Without the handles that every answer begins with. @param {any} status */
const words = status => plain(status.content).replace(/^(\s*@[^\s@]+(@[^\s@]+)?)+\s+/, '');

/** @param {any} one @param {HTMLElement} article */
async function read(one, article) {
  if (!one.unread) return;
  one.unread = false;
  delete article.dataset.new;
  article.querySelector('.post-when .icon')?.remove();
  try { await post(`${path}/${one.id}/read`); } catch (problem) { complain(problem); }
}

/** How many of the newest are unread, for where they are linked from. */
export const unread = () => get(path, { limit: 40 }).then(all => all.filter((/** @type {any} */ one) => one.unread).length, () => 0);
