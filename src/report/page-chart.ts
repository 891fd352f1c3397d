/** A chart as a page shows it: its title and explanation as text of the page, and drawings for several widths. */

import { renderSvg } from '../charts/render-svg.js';
import type { ChartOptions, ChartSpecification } from '../charts/theme.js';
import { Html, html } from './html.js';
import { inlineSvg } from './inline-svg.js';
import type { PageWidth } from './report-style.js';

/** A chart as a page asks for it. */
export interface ChartForPage {
  /** Unique in its page: letters, digits and "-". */
  readonly name: string;
  /** What a reader who cannot see the picture needs to know. */
  readonly description: string;
  /** The drawing as data, for as much width as there is. */
  specify(options?: ChartOptions): ChartSpecification;
  /** For how many pixels a page has drawings of it, from narrow to wide. */
  readonly widths: readonly PageWidth[];
}

/** A chart that was drawn for a page. */
export interface PageChart extends Pick<ChartForPage, 'name' | 'description'> {
  /** What the chart says above the drawing, a text a line; without its title. */
  readonly title: string;
  readonly explanation: string;
  /** SVG documents without a title, from narrow to wide. */
  readonly drawings: readonly { readonly width: PageWidth; readonly svg: string }[];
}

/** Draws it for each of its widths, one after the other: a drawing takes far more memory than its result. */
export async function drawForPage({ name, description, specify, widths }: ChartForPage): Promise<PageChart> {
  const { title, explanation } = headOf(specify().title);
  const drawings = [];
  for (const width of widths) {
    drawings.push({ width, svg: await renderSvg({ ...specify({ width }), title: undefined }) });
  }
  return { name, description, title, explanation, drawings };
}

/** Of the title of a specification, which has several forms. */
function headOf(title: unknown): { title: string; explanation: string } {
  const { text = title ?? '', subtitle = '' } = Object(title);
  return { title: joined(text), explanation: joined(subtitle) };
}

function joined(lines: unknown): string {
  return [lines].flat().join(' ');
}

/**
 * @param isTitled whether with the chart's title, where the page's heading does not say it
 * @param isPhotographic whether the pictures in it keep their colours in the dark
 */
export function figure(
  { name, description, title, explanation, drawings }: PageChart,
  { isTitled = false, isPhotographic = false } = {},
): Html {
  const caption = [isTitled ? html`<strong>${title}</strong>` : undefined, explanation || undefined];
  return html`<figure${isPhotographic ? new Html(' class="images"') : undefined}>${
    caption.some(Boolean) ? html`<figcaption>${caption}</figcaption>` : undefined
  }${drawings.map(({ width, svg }, index) => {
    const wider = drawings[index + 1]?.width;
    const fits = `${index === 0 ? '' : `from-${width}`} ${wider === undefined ? '' : `until-${wider}`}`.trim();
    return html`<div class="drawing ${fits}">${inlineSvg(svg, `${name}-${width}`, description)}</div>`;
  })}</figure>`;
}
