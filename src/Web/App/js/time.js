const minute = 60_000, hour = 60 * minute, day = 24 * hour;
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const sameYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const otherYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** @param {Date} date @param {number} [now] */
export function ago(date, now = Date.now()) {
  const passed = now - date.getTime();
  if (passed < minute) return passed < -minute ? exact.format(date) : 'now';
  if (passed < hour) return `${Math.floor(passed / minute)} min`;
  if (passed < day) return `${Math.floor(passed / hour)} h`;
  if (passed < 7 * day) return `${Math.floor(passed / day)} d`;
  return (date.getFullYear() === new Date(now).getFullYear() ? sameYear : otherYear).format(date);
}

/** "in 4 min", for the next attempt of something. @param {Date} date */
export function until(date) {
  const left = date.getTime() - Date.now();
  if (left < minute) return 'within a minute';
  if (left < hour) return `in ${Math.round(left / minute)} min`;
  return left < day ? `in ${Math.round(left / hour)} h` : `on ${exact.format(date)}`;
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
