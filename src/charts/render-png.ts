/** Turns a chart's SVG into pixels with fonts of its own, since servers and containers have none. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';

/** Two pixels for each unit of the SVG: sharp in print at the chart's usual size. */
const zoom = 2;

/**
 * The SVG as PNG on white, at twice its size, with the text in DejaVu Sans.
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
  const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => platform.joinPath(folder, 'ttf', file));
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    background: 'white',
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'DejaVu Sans' },
  });
  return resvg.render().asPng();
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
