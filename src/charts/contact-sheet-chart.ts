/** A contact sheet with the name of its class beside each row. */

import { shortenText } from './fit-text.js';
import { textWidth } from './text-width.js';
import { type ChartSpecification, theme } from './theme.js';

/** What is drawn of a contact sheet: `contactSheet` of data/contact-sheet.ts gives it. */
export interface SheetToShow {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly { readonly label: number; readonly top: number; readonly height: number }[];
}

const fontSize = 11;
const longestName = 160;
const gap = 8;
/** Charts become PNG at twice their size: so each pixel of the sheet is one there. */
const density = 2;

/** @param classNames a name for each class */
export function contactSheetChart(sheet: SheetToShow, classNames: readonly string[]): ChartSpecification {
  const { png, width, height, rows } = sheet;
  const names = rows.map(({ label }) => shortenText(classNames[label] ?? `${label}`, longestName, fontSize));
  const left = Math.ceil(Math.max(...names.map((name) => textWidth(name, fontSize)))) + gap;
  const inPixels = { type: 'quantitative', scale: null, axis: null } as const;
  const xy = { x: { field: 'x', ...inPixels }, y: { field: 'y', ...inPixels } };
  const url = `data:image/png;base64,${btoa(Array.from(png, (byte) => String.fromCharCode(byte)).join(''))}`;
  return {
    ...theme,
    name: 'contact-sheet',
    description: `Some images of each class: ${names.join(', ')}`,
    width: left + width / density,
    height: height / density,
    layer: [
      {
        data: { values: [{ x: left, y: 0, url }] },
        mark: { type: 'image', align: 'left', baseline: 'top', width: width / density, height: height / density },
        encoding: { ...xy, url: { field: 'url', type: 'nominal' } },
      },
      {
        data: {
          values: rows.map((row, index) => ({
            x: left - gap,
            y: (row.top + row.height / 2) / density,
            name: names[index],
          })),
        },
        mark: { type: 'text', align: 'right', baseline: 'middle', fontSize },
        encoding: { ...xy, text: { field: 'name', type: 'nominal' } },
      },
    ],
  };
}
