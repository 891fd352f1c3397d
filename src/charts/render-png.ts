/** Turns a chart's SVG into pixels with fonts of its own, since servers and containers have none. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { foreignLetters } from './foreign-letters.js';

/** Two pixels for each unit of the SVG: sharp in print at the chart's usual size. */
const zoom = 2;

/**
 * The SVG as PNG on white, at twice its size, with the text in DejaVu Sans. Letters that it does not have are taken
 * from the machine's fonts; `lettersWithoutFont` tells which those do not have either.
 *
 * @throws InklingError (environment) where the fonts, or the renderer for this platform, are not installed
 */
export async function renderPng(svg: string): Promise<Uint8Array> {
  const folder = platform.packageFolder('dejavu-fonts-ttf');
  if (folder === undefined) {
    throw new InklingError(
      'environment',
      'The fonts for charts are missing: the package dejavu-fonts-ttf is not installed. Run npm install.',
    );
  }
  const { Resvg } = await loadRenderer();
  // Finding the machine's fonts takes time, and other machines have others: only where it must be.
  const loadSystemFonts = foreignLetters(svg).length > 0;
  const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => platform.joinPath(folder, 'ttf', file));
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    background: 'white',
    font: { loadSystemFonts, fontFiles, defaultFontFamily: 'DejaVu Sans' },
  });
  return resvg.render().asPng();
}

/**
 * Letters of the texts for which there is no font: in PNG files they are boxes. In SVG files and pages a reader's own
 * fonts show them.
 *
 * @throws InklingError (environment) as `renderPng`
 */
export async function lettersWithoutFont(texts: readonly string[]): Promise<string[]> {
  const letters = foreignLetters(texts.join(''));
  if (letters.length === 0) return [];
  const draw = async (letter: string) => {
    const text = `<text y="30" font-size="30" font-family="DejaVu Sans">${letter}</text>`;
    return (await renderPng(`<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">${text}</svg>`)).join();
  };
  // No font has a letter there: Unicode keeps the place free for ever.
  const box = await draw('\u{1FFF0}');
  const missing: string[] = [];
  for (const letter of letters) if ((await draw(letter)) === box) missing.push(letter);
  return missing;
}

/** Its native part is an optional dependency of its own, one a platform. */
async function loadRenderer() {
  try {
    return await import('@resvg/resvg-js');
  } catch (cause) {
    throw new InklingError(
      'environment',
      'The renderer for PNG files, @resvg/resvg-js, cannot be loaded on this platform. If optional packages were left out, ' +
        'run npm install without --omit=optional.',
      { cause },
    );
  }
}
