/** Light or dark: as the system says, until somebody chooses. */

import { effect, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const key = 'inkling-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** Storage may be refused, as in private windows: then the choice lasts as long as the page. */
function storedTheme(): Theme | undefined {
  try {
    const stored = localStorage.getItem(key);
    return stored === 'light' || stored === 'dark' ? stored : undefined;
  } catch {
    return undefined;
  }
}

export const theme = signal<Theme>(storedTheme() ?? (system.matches ? 'dark' : 'light'));

system.addEventListener('change', ({ matches }) => {
  if (storedTheme() === undefined) theme.value = matches ? 'dark' : 'light';
});

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  try {
    localStorage.setItem(key, chosen);
  } catch {
    // See above.
  }
}
