import { moreWords } from './i18n.js';

/** A module that is no part of the first load, and before it the words that it looks up. @template T @param {() => Promise<T>} load @returns {Promise<T>} */
export const bring = load => moreWords().then(load);
