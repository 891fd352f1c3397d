/** Turns a chart's SVG into pixels with fonts of its own, since servers and containers have none. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';

/** Two pixels for each unit of the SVG: sharp in print at the chart's usual size. */
const zoom = 2;

/**
 * The SVG as PNG on white, at twice its size, with the text in DejaVu Sans.
 *
 * @throws InklingError (environment) where the fonts are not installed
 */
export async function renderPng(svg: string): Promise<Uint8Array> {
  const folder = platform.packageFolder('dejavu-fonts-ttf');
  if (folder === undefined) {
    throw new InklingError(
      'environment',
      'The fonts for charts are missing: the package dejavu-fonts-ttf is not installed. Run npm install.',
    );
  }
  const { Resvg } = await import('@resvg/resvg-js');
  const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => platform.joinPath(folder, 'ttf', file));
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    background: 'white',
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'DejaVu Sans' },
  });
  return resvg.render().asPng();
}
