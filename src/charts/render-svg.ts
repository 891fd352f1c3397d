/** Draws a chart's specification as SVG, without a DOM. Vega is loaded with the first chart, not with the library. */

import type { ChartSpecification } from './theme.js';

/**
 * The chart as a self-contained SVG document: nothing is fetched, and the same specification gives the same bytes.
 *
 * @throws Error where the specification is not valid Vega-Lite
 */
export async function renderSvg(specification: ChartSpecification): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const view = new vega.View(vega.parse(compile(specification).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
