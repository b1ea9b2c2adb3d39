/**
 * The owner's taste, kept in this browser: light or dark, contrast, size of the letters, density, and the language of the page. A plain
 * script, so that it runs before the first paint. The accent is the server's, for the public pages have it too.
 */
(() => {
  const root = document.documentElement, key = 'calf.look';
  const before = { theme: 'auto', contrast: 'auto', size: 'middle', density: 'calm', language: 'auto', deck: false };
  /** Which of Calf's languages the reader reads best. */
  const languages = ['en', ...(root.dataset.languages ?? '').split(' ').filter(code => code)];
  const preferred = () => navigator.languages.map(tag => tag.split('-')[0]).find(code => languages.includes(code)) ?? 'en';
  globalThis.calfLook = {
    languages,
    read() {
      try { return { ...before, ...JSON.parse(localStorage.getItem(key) ?? '{}') }; } catch { return { ...before }; }
    },
    write(change) {
      const look = { ...this.read(), ...change };
      try { localStorage.setItem(key, JSON.stringify(look)); } catch { /* it lasts until the page is closed */ }
      this.apply(look);
    },
    apply(look = globalThis.calfLook.read()) {
      for (const name of /** @type {const} */ (['theme', 'contrast', 'size', 'density'])) {
        if (look[name] === before[name]) delete root.dataset[name];
        else root.dataset[name] = look[name];
      }
      root.toggleAttribute('data-deck', look.deck);
    },
    /** Only where the page leaves its language to the browser: its modules read it once, when it opens. */
    speak() {
      if (root.dataset.languages === undefined) return;
      const { language } = this.read();
      root.lang = languages.includes(language) ? language : preferred();
      root.dir = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/.test(root.lang) ? 'rtl' : 'ltr';
    },
  };
  globalThis.calfLook.apply();
  globalThis.calfLook.speak();
})();
