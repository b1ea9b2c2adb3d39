import { bring } from './bring.js';
import { complain } from './float.js';
import { t } from './i18n.js';

/** The composer is brought when something is first written. @returns {Promise<typeof import('./composer.js')>} */
const composer = () => bring(() => import('./composer.js')).catch(() => { throw new Error(t('Your server did not answer. Check the connection and try again.')); });

/** Opens the sheet to write on. @param {import('./composer-about.js').About} about */
export const compose = async about => {
  try { await (await composer()).compose(about); } catch (problem) { complain(problem); }
};

/** Goes on with a draft. @param {string} kept its name */
export const openDraft = async kept => {
  try { await (await composer()).openDraft(kept); } catch (problem) { complain(problem); }
};
