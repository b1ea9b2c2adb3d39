import { h } from '../js/dom.js';
import { get } from '../js/api.js';
import { locale, t, tn } from '../js/i18n.js';

/** Rounded as one would say it. @param {number} bytes */
export function size(bytes) {
  if (Math.abs(bytes) < 1000) return tn(bytes, '{n} byte', '{n} bytes');
  const units = ['kB', 'MB', 'GB', 'TB'];
  let n = bytes / 1000, unit = 0;
  while (Math.abs(n) >= 1000 && unit < units.length - 1) { n /= 1000; unit++; }
  return `${n.toLocaleString(locale, { maximumFractionDigits: n < 10 ? 1 : 0 })} ${units[unit]}`;
}

/** @param {any} disk */
function forecast(disk) {
  if (disk.growth_per_day === null) return t('How fast it grows is known tomorrow.');
  if (disk.days_left === null) return t('It did not grow in the last month.');
  const days = disk.days_left;
  return `${t('It grows by {size} a day.', { size: size(disk.growth_per_day) })} ${days < 60 ? tn(days, 'At that pace the disk is full in {n} day.', 'At that pace the disk is full in {n} days.')
    : days < 730 ? tn(Math.floor(days / 30.4), 'At that pace the disk is full in {n} month.', 'At that pace the disk is full in {n} months.') : t('At that pace the disk is full in years.')}`;
}

/** What the server takes on its disk, and how long that goes well. */
export function diskSection() {
  const facts = h('dl', { class: 'facts numbers' }), note = h('p', { class: 'hint' });
  const line = (/** @type {string} */ label, /** @type {string} */ text) => h('div', null, h('dt', null, label), h('dd', null, text));
  get('/api/calf/v1/disk').then(disk => {
    const { bucket } = disk;
    facts.replaceChildren(line(t('Posts and people'), size(disk.database)), line(t('Your files'), size(disk.media)),
      bucket ? line(t('Your files in the bucket'), bucket.files === null ? t('counted tomorrow') : tn(bucket.files, '{size} in {n} file', '{size} in {n} files', { size: size(bucket.bytes) })) : '',
      line(t('Files of others'), disk.cache_budget ? t('{size} of {most}||of the disk, taken by files of others', { size: size(disk.cache), most: size(disk.cache_budget) }) : t('none are kept')),
      disk.put_aside ? line(t('Copies from upgrades'), size(disk.put_aside)) : '', line(t('Free on the disk'), size(disk.free)));
    note.textContent = [forecast(disk), bucket?.trouble ?? (bucket?.in_use ? t('New files go into {bucket}.', { bucket: bucket.name }) : null)].filter(Boolean).join(' ');
  }, problem => { note.textContent = problem.message; });
  return h('section', null, h('h2', null, t('Disk')), facts, note);
}
