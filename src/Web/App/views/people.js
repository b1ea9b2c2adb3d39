import { h } from '../js/dom.js';
import { post } from '../js/api.js';
import { feed } from '../js/feed.js';
import { person } from '../js/account.js';
import { postCard } from '../js/status-card.js';
import { complain, toast } from '../js/float.js';
import { emit } from '../js/bus.js';

/** @param {string} title @param {string} path @param {[string, string]} empty @param {(account: any) => any} [action] */
const people = (title, path, empty, action) => ({
  title, node: feed({ path, query: { limit: 40 }, kind: 'person', label: title, empty, end: 'That is everyone.', render: account => person(account, { action: action?.(account) }) }),
});

/** @param {Record<string, string>} parameters */
export const followers = ({ id }) => people('Followers', `/api/v1/accounts/${id}/followers`, ['No followers known here', 'Those who follow appear here once your server has met them.']);
/** @param {Record<string, string>} parameters */
export const following = ({ id }) => people('Following', `/api/v1/accounts/${id}/following`, ['Nobody followed that is known here', 'Those they follow appear here once your server has met them.']);
export const blocked = () => people('Blocked', '/api/v1/blocks', ['You have blocked nobody', 'People you block appear here, so that you can change your mind.'], account => undo(account, 'unblock', 'Unblock'));
export const muted = () => people('Muted', '/api/v1/mutes', ['You have muted nobody', 'People you mute appear here, so that you can change your mind.'], account => undo(account, 'unmute', 'Unmute'));
export const requests = () => people('Follow requests', '/api/v1/follow_requests', ['Nobody is waiting', 'When someone asks to follow you, they appear here.'], account => decide(account));

export const bookmarks = () => saved('Bookmarks', '/api/v1/bookmarks', ['No bookmarks yet', 'Bookmark a post and it waits for you here. Nobody else can see it.']);
export const favourites = () => saved('Favourites', '/api/v1/favourites', ['No favourites yet', 'Posts that you favourite gather here. Their authors are told.']);

/** @param {string} title @param {string} path @param {[string, string]} empty */
const saved = (title, path, empty) => ({ title, node: feed({ path, query: { limit: 20 }, label: title, empty, render: item => postCard(item) }) });

/** @param {any} account @param {string} verb @param {string} label */
const undo = (account, verb, label) => h('button', { type: 'button', class: 'button compact', onclick: event => act(event.currentTarget, `/api/v1/accounts/${account.id}/${verb}`, `@${account.username} is back.`) }, label);

/** @param {any} account */
const decide = account => h('div', { class: 'row' },
  h('button', { type: 'button', class: 'button compact', onclick: event => act(event.currentTarget, `/api/v1/follow_requests/${account.id}/reject`, `@${account.username} was refused.`) }, 'Refuse'),
  h('button', { type: 'button', class: 'button compact main', onclick: event => act(event.currentTarget, `/api/v1/follow_requests/${account.id}/authorize`, `@${account.username} follows you now.`) }, 'Accept'));

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
