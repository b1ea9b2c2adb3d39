import { h } from '../js/dom.js';
import { post } from '../js/api.js';
import { feed } from '../js/feed.js';
import { person } from '../js/account.js';
import { postCard } from '../js/status-card.js';
import { complain, toast } from '../js/float.js';
import { emit } from '../js/bus.js';
import { t } from '../js/i18n.js';

/** @param {string} title @param {string} path @param {[string, string]} empty @param {(account: any) => any} [action] */
const people = (title, path, empty, action) => ({
  title, node: feed({ path, query: { limit: 40 }, kind: 'person', label: title, empty, end: t('That is everyone.'), render: account => person(account, { action: action?.(account) }) }),
});

/** @param {Record<string, string>} parameters */
export const followers = ({ id }) => people(t('Followers||of somebody: title'), `/api/v1/accounts/${id}/followers`, [t('No followers known here'), t('Those who follow appear here once your server has met them.')]);
/** @param {Record<string, string>} parameters */
export const following = ({ id }) => people(t('Following||whom somebody follows: title'), `/api/v1/accounts/${id}/following`, [t('Nobody followed that is known here'), t('Those they follow appear here once your server has met them.')]);
export const blocked = () => people(t('Blocked||people: title'), '/api/v1/blocks', [t('You have blocked nobody'), t('People you block appear here, so that you can change your mind.')], account => undo(account, 'unblock', t('Unblock')));
export const muted = () => people(t('Muted||people: title'), '/api/v1/mutes', [t('You have muted nobody'), t('People you mute appear here, so that you can change your mind.')], account => undo(account, 'unmute', t('Unmute')));
export const requests = () => people(t('Follow requests'), '/api/v1/follow_requests', [t('Nobody is waiting'), t('When someone asks to follow you, they appear here.')], account => decide(account));

export const bookmarks = () => saved(t('Bookmarks'), '/api/v1/bookmarks', [t('No bookmarks yet'), t('Bookmark a post and it waits for you here. Nobody else can see it.')]);
export const favourites = () => saved(t('Favourites'), '/api/v1/favourites', [t('No favourites yet'), t('Posts that you favourite gather here. Their authors are told.')]);

/** @param {string} title @param {string} path @param {[string, string]} empty */
const saved = (title, path, empty) => ({ title, node: feed({ path, query: { limit: 20 }, label: title, empty, render: item => postCard(item) }) });

/** @param {any} account @param {string} verb @param {string} label */
const undo = (account, verb, label) => h('button', { type: 'button', class: 'button compact', onclick: event => act(event.currentTarget, `/api/v1/accounts/${account.id}/${verb}`, t('{who} is back.', { who: `@${account.username}` })) }, label);

/** @param {any} account */
const decide = account => h('div', { class: 'row' },
  h('button', { type: 'button', class: 'button compact', onclick: event => act(event.currentTarget, `/api/v1/follow_requests/${account.id}/reject`, t('{who} was refused.', { who: `@${account.username}` })) }, t('Refuse')),
  h('button', { type: 'button', class: 'button compact main', onclick: event => act(event.currentTarget, `/api/v1/follow_requests/${account.id}/authorize`, t('{who} follows you now.', { who: `@${account.username}` })) }, t('Accept')));

/** @param {any} button @param {string} path @param {string} said */
async function act(button, path, said) {
  button.setAttribute('aria-busy', 'true');
  try {
    emit('relationship', await post(path));
    const list = button.closest('calf-feed');
    button.closest('.person').remove();
    list?.check();
    toast(said);
    emit('requests');
  } catch (problem) {
    button.removeAttribute('aria-busy');
    complain(problem);
  }
}
