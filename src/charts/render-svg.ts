/** Draws a chart's specification as SVG, without a DOM. Vega is loaded with the first chart, not with the library. */

import { textWidth } from './text-width.js';
import type { ChartSpecification } from './theme.js';
import { withoutForbiddenCharacters } from './xml-text.js';

/** What Vega asks for a text's width; it may be replaced, but its types do not say so. */
interface TextMetrics {
  width(item: { fontSize?: number; fontWeight?: string | number }, text: unknown): number;
  readonly estimateWidth: TextMetrics['width'];
}

/**
 * The chart as a self-contained SVG document: nothing is fetched, and the same specification gives the same bytes. Its
 * ids begin with the chart's name, so that several charts can stand in one page.
 *
 * @throws Error where the specification is not valid Vega-Lite
 */
export async function renderSvg(specification: ChartSpecification): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  measureTexts(Reflect.get(vega, 'textMetrics'));
  const view = new vega.View(vega.parse(compile(specification).spec), { renderer: 'none' });
  try {
    return withOwnIds(withoutForbiddenCharacters(await view.toSVG()), specification.name ?? 'chart');
  } finally {
    view.finalize();
  }
}

/** Replaces Vega's guess; where there is a canvas it measures by itself and is left alone. */
function measureTexts(textMetrics: TextMetrics): void {
  if (textMetrics.width !== textMetrics.estimateWidth) return;
  textMetrics.width = ({ fontSize = 11, fontWeight }, text) =>
    textWidth(`${text ?? ''}`.trim(), fontSize, fontWeight === 'bold');
}

/** Vega numbers its gradients through the life of the process; here they count from 0 in each chart. */
function withOwnIds(svg: string, name: string): string {
  const ids = [...svg.matchAll(/<linearGradient id="(gradient_\d+)"/g)].map(([, id]) => id);
  return ids.reduce(
    (text, id, index) =>
      text
        .replace(`id="${id}"`, `id="${name}-gradient-${index}"`)
        .replaceAll(`url(#${id})`, `url(#${name}-gradient-${index})`),
    svg,
  );
}
