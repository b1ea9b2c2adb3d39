import { locale, t, tn } from './i18n.js';

const minute = 60_000, hour = 60 * minute, day = 24 * hour;
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
const sameYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const otherYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/** @param {Date} date @param {number} [now] */
export function ago(date, now = Date.now()) {
  const passed = now - date.getTime();
  if (passed < minute) return passed < -minute ? exact.format(date) : t('now||less than a minute ago');
  if (passed < hour) return tn(Math.floor(passed / minute), '{n} min||ago', '{n} min||ago');
  if (passed < day) return tn(Math.floor(passed / hour), '{n} h||ago', '{n} h||ago');
  if (passed < 7 * day) return tn(Math.floor(passed / day), '{n} d||ago', '{n} d||ago');
  return (date.getFullYear() === new Date(now).getFullYear() ? sameYear : otherYear).format(date);
}

/** "in 4 min", for the next attempt of something. @param {Date} date */
export function until(date) {
  const left = date.getTime() - Date.now();
  if (left < minute) return t('within a minute');
  if (left < hour) return tn(Math.round(left / minute), 'in {n} min', 'in {n} min');
  return left < day ? tn(Math.round(left / hour), 'in {n} h', 'in {n} h') : t('on {date}', { date: exact.format(date) });
}

/** @param {string} iso @param {boolean} [long] */
export function time(iso, long = false) {
  const date = new Date(iso);
  const element = document.createElement('time');
  element.dateTime = iso;
  element.title = full.format(date);
  element.textContent = long ? exact.format(date) : ago(date);
  if (!long) element.dataset.ago = '';
  return element;
}

setInterval(() => {
  for (const element of document.querySelectorAll('time[data-ago]')) {
    element.textContent = ago(new Date(/** @type {HTMLTimeElement} */ (element).dateTime));
  }
}, minute);
