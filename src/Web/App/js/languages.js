import { locale } from './i18n.js';

const codes = ['ar', 'bg', 'bn', 'ca', 'cs', 'cy', 'da', 'de', 'el', 'en', 'eo', 'es', 'et', 'eu', 'fa', 'fi', 'fr', 'ga', 'gl', 'he', 'hi', 'hr', 'hu', 'hy', 'id', 'is', 'it', 'ja', 'ka',
  'kab', 'ko', 'lt', 'lv', 'mk', 'ml', 'mn', 'ms', 'nb', 'nl', 'nn', 'oc', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sq', 'sr', 'sv', 'ta', 'te', 'th', 'tr', 'uk', 'ur', 'vi', 'zh'];
const names = new Intl.DisplayNames(locale, { type: 'language' });

/** @param {string} code */
export function languageName(code) {
  try { return names.of(code) ?? code; } catch { return code; }
}

/** Each code with its name, the reader's own languages first. @param {string} [chosen] */
export function languages(chosen) {
  const mine = [...new Set([chosen, ...navigator.languages.map(tag => tag.split('-')[0])].filter(code => code))];
  const rest = codes.filter(code => !mine.includes(code)).sort((a, b) => languageName(a).localeCompare(languageName(b), locale));
  return [...mine, ...rest].map(code => ({ code: /** @type {string} */ (code), name: languageName(/** @type {string} */ (code)) }));
}
