/**
 * The look that all charts share: one font, one palette, thin axes. The colours are Okabe and Ito's, which people with
 * any kind of colour blindness can tell apart; charts add a shape or a dash to each, so that grey print keeps them
 * apart too.
 */

import type { Config, TopLevelSpec } from 'vega-lite';

/** A chart as data: a Vega-Lite specification. `renderSvg` draws it; a web page can make it interactive. */
export type ChartSpecification = TopLevelSpec;

export interface ChartOptions {
  /**
   * How wide the whole drawing may be, in CSS pixels. Default: each chart's best on paper. Texts keep their size: what
   * does not fit stands one below another, and below 480 legends stand above or below the drawing.
   */
  readonly width?: number;
}

/** Whether a drawing of that width has no room beside it. */
export function isNarrow({ width }: ChartOptions): boolean {
  return width !== undefined && width < 480;
}

/** Around a drawing that stands alone; where a width is given, whoever places the drawing has margins of their own. */
const loosePadding = 12;
const tightPadding = 4;

/** @returns what belongs into the specification, and the width that remains, `otherwise` where none is given */
export function fitted({ width }: ChartOptions, otherwise: number): { padding: number; inner: number } {
  const padding = width === undefined ? loosePadding : tightPadding;
  return { padding, inner: width === undefined ? otherwise : width - 2 * padding };
}

/** Okabe and Ito, "Color universal design", 2008, without the yellow, which white paper swallows. */
export const palette = {
  blue: '#0072b2',
  vermillion: '#d55e00',
  green: '#009e73',
  purple: '#cc79a7',
  orange: '#e69f00',
  skyBlue: '#56b4e9',
} as const;

export const ink = { text: '#1a1a1a', quiet: '#595959', grid: '#e3e3e3', empty: '#f5f5f5' } as const;

/** From near white to near black in one hue, so that more is darker in grey print as well. */
export const sequentialColours = ['#e4eff8', '#56a5d8', '#0072b2', '#003252'];

/** Blue below zero, white at zero, orange above; both ends equally dark. */
export const divergingColours = ['#00395c', '#3d94c9', '#f7f7f7', '#e58a45', '#6e2c00'];

// Verdana is as wide as DejaVu Sans, so that labels keep their room where DejaVu is missing.
const font = 'DejaVu Sans, Verdana, sans-serif';

const config: Config = {
  background: 'white',
  font,
  padding: loosePadding,
  title: {
    anchor: 'start',
    frame: 'group',
    fontSize: 15,
    subtitleFontSize: 11,
    subtitlePadding: 5,
    offset: 14,
    color: ink.text,
    subtitleColor: ink.quiet,
  },
  axis: {
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 10,
    labelColor: ink.text,
    titleColor: ink.text,
    domainColor: ink.quiet,
    tickColor: ink.quiet,
    gridColor: ink.grid,
    labelLimit: 200,
  },
  legend: {
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    labelColor: ink.text,
    titleColor: ink.text,
    titleLimit: 400,
  },
  text: { fontSize: 11, color: ink.text },
  view: { stroke: null },
};

/** What stands at the top of every chart's specification. */
export const theme: { readonly $schema: string; readonly config: Config } = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  config,
};
