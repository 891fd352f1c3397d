/** Tells of class names that PNG files cannot show. */

import { lettersWithoutFont } from '../charts/render-png.js';
import { InklingError } from '../errors.js';
import type { Output } from './output.js';
import { printable } from './terminal-text.js';

const maxLetters = 10;

export async function noticeLettersWithoutFont(classNames: readonly string[], output: Output): Promise<void> {
  const missing = await lettersWithoutFont(classNames).catch((error: unknown) => {
    // Without a renderer there are no PNG files, which whoever draws them tells.
    if (error instanceof InklingError && error.kind === 'environment') return [];
    throw error;
  });
  if (missing.length === 0) return;
  const shown = `${missing.slice(0, maxLetters).join(' ')}${missing.length > maxLetters ? ' ...' : ''}`;
  output.notice(
    `no font on this machine has the letters ${printable(shown)} of the class names: in PNG files they are boxes. SVG files and ` +
      'report.html show them where the reader has a font. To have them in PNG files too, install one, such as Noto Sans.',
  );
}
