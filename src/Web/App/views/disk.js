import { h } from '../js/dom.js';
import { get } from '../js/api.js';

/** Rounded as one would say it. @param {number} bytes */
export function size(bytes) {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let n = bytes, unit = 0;
  while (Math.abs(n) >= 1000 && unit < units.length - 1) { n /= 1000; unit++; }
  return `${n.toLocaleString(undefined, { maximumFractionDigits: n < 10 && unit > 0 ? 1 : 0 })} ${units[unit]}`;
}

/** @param {any} disk */
function forecast(disk) {
  if (disk.growth_per_day === null) return 'How fast it grows is known tomorrow.';
  if (disk.days_left === null) return 'It did not grow in the last month.';
  const days = disk.days_left;
  const span = days < 60 ? `${days} days` : days < 730 ? `${Math.floor(days / 30.4)} months` : 'years';
  return `It grows by ${size(disk.growth_per_day)} a day. At that pace the disk is full in ${span}.`;
}

/** What the server takes on its disk, and how long that goes well. */
export function diskSection() {
  const facts = h('dl', { class: 'facts numbers' }), note = h('p', { class: 'hint' });
  const line = (/** @type {string} */ label, /** @type {string} */ text) => h('div', null, h('dt', null, label), h('dd', null, text));
  get('/api/calf/v1/disk').then(disk => {
    const { bucket } = disk;
    facts.replaceChildren(line('Posts and people', size(disk.database)), line('Your files', size(disk.media)),
      bucket ? line('Your files in the bucket', bucket.files === null ? 'counted tomorrow' : `${size(bucket.bytes)} in ${bucket.files.toLocaleString()} files`) : '',
      line('Files of others', disk.cache_budget ? `${size(disk.cache)} of ${size(disk.cache_budget)}` : 'none are kept'),
      disk.put_aside ? line('Copies from upgrades', size(disk.put_aside)) : '', line('Free on the disk', size(disk.free)));
    note.textContent = [forecast(disk), bucket?.trouble ?? (bucket?.in_use ? `New files go into ${bucket.name}.` : null)].filter(Boolean).join(' ');
  }, problem => { note.textContent = problem.message; });
  return h('section', null, h('h2', null, 'Disk'), facts, note);
}
