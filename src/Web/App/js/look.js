/** The owner's taste, kept in this browser: light or dark, and the accent. A plain script, so that it runs before the first paint. */
(() => {
  const root = document.documentElement;
  globalThis.calfLook = {
    accents: { Clay: [0.62, 0.14, 45], Ochre: [0.66, 0.12, 80], Moss: [0.6, 0.1, 140], Lake: [0.6, 0.1, 215], Iris: [0.58, 0.13, 285], Beet: [0.57, 0.15, 355] },
    read() {
      try { return { theme: 'auto', accent: 'Clay', ...JSON.parse(localStorage.getItem('calf.look') ?? '{}') }; } catch { return { theme: 'auto', accent: 'Clay' }; }
    },
    write(change) {
      const look = { ...this.read(), ...change };
      try { localStorage.setItem('calf.look', JSON.stringify(look)); } catch { /* it lasts until the page is closed */ }
      this.apply(look);
    },
    apply(look = globalThis.calfLook.read()) {
      if (look.theme === 'auto') delete root.dataset.theme;
      else root.dataset.theme = look.theme;
      const [l, c, hue] = this.accents[look.accent] ?? this.accents.Clay;
      root.style.setProperty('--accent', `oklch(${l} ${c} ${hue})`);
    },
  };
  globalThis.calfLook.apply();
})();
