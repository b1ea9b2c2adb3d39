import { h, settle } from './dom.js';
import { get } from './api.js';
import { avatar, handle, name } from './account.js';

/** Offers people while a @handle is being typed. @param {HTMLTextAreaElement} area */
export function suggestPeople(area) {
  let box = /** @type {HTMLElement | null} */ (null), at = 0;
  const close = () => { box?.remove(); box = null; };
  const buttons = () => /** @type {HTMLElement[]} */ ([...box?.querySelectorAll('button') ?? []]);
  const mark = (/** @type {number} */ to) => {
    const all = buttons();
    at = (to + all.length) % all.length;
    all.forEach((button, index) => button.setAttribute('aria-selected', String(index === at)));
  };
  const word = () => /(?:^|[^\w/@])@([\w.-]+(?:@[\w.-]*)?)$/u.exec(area.value.slice(0, area.selectionStart));

  const look = settle(async () => {
    const typed = word();
    if (!typed || typed[1].length < 2) return close();
    const found = await get('/api/v1/accounts/search', { q: typed[1], limit: 5, resolve: false }).catch(() => []);
    if (word()?.[1] !== typed[1] || !found.length) return close();
    close();
    box = h('div', { class: 'suggest', role: 'listbox', 'aria-label': 'People' }, found.map((/** @type {any} */ account) =>
      h('button', { type: 'button', role: 'option', tabindex: '-1', onpointerdown: event => { event.preventDefault(); take(account); } },
        avatar(account, false), h('span', null, name(account), handle(account)))));
    area.after(/** @type {HTMLElement} */ (box));
    mark(0);
    box?.scrollIntoView({ block: 'nearest' });
    function take(/** @type {any} */ account) {
      const start = area.selectionStart - (word()?.[1].length ?? 0);
      area.setRangeText(`${account.acct} `, start, area.selectionStart, 'end');
      close();
      area.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }, 180);

  area.addEventListener('input', look);
  area.addEventListener('blur', close);
  area.addEventListener('keydown', event => {
    if (!box) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') mark(at + (event.key === 'ArrowDown' ? 1 : -1));
    else if (event.key === 'Enter' || event.key === 'Tab') buttons()[at].dispatchEvent(new Event('pointerdown'));
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
