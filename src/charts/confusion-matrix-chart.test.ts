import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { confusionMatrixChart } from './confusion-matrix-chart.js';
import { renderSvg } from './render-svg.js';

const matrixOf = (classes: number, off = 1) =>
  Array.from({ length: classes }, (_, i) =>
    Array.from({ length: classes }, (_, j) => (i === j ? 980 : off * ((i * j) % 3))),
  );
const namesOf = (classes: number) => Array.from({ length: classes }, (_, k) => `${k}`);

interface Cell {
  readonly count: string;
  readonly background: number[];
  readonly ink: number[];
}

const rgb = (colour: string): number[] => {
  const named: Record<string, string> = { white: '#ffffff', black: '#000000' };
  const hex = named[colour] ?? colour;
  if (hex.startsWith('rgb')) return [...hex.matchAll(/\d+/g)].map(Number);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
};

/** Every count with the colour it is written in and that of the last rectangle drawn under it. */
function cellsOf(svg: string): Cell[] {
  const rectangles = [
    ...svg.matchAll(/d="M([\d.]+),([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+Z" fill="([^"]+)" stroke="white"/g),
  ].map(([, x, y, width, height, fill]) => ({ x: +x, y: +y, width: +width, height: +height, fill }));
  const texts = svg.matchAll(
    /<text aria-label="[^"]*" role="graphics-symbol"[^>]*translate\(([\d.]+),([\d.]+)\)[^>]*fill="([^"]+)"[^>]*>(\d+)</g,
  );
  return [...texts].map(([, x, y, fill, count]) => {
    const under = rectangles.findLast(
      (one) => +x > one.x && +x < one.x + one.width && +y > one.y && +y < one.y + one.height,
    );
    return { count, background: rgb(under?.fill ?? 'white'), ink: rgb(fill) };
  });
}

/** The contrast of two colours as WCAG 2 defines it. */
function contrast(a: number[], b: number[]): number {
  const luminance = (colour: number[]) => {
    const [red, green, blue] = colour.map((value) =>
      value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe('confusionMatrixChart', () => {
  it('has a title, axis titles, class names and a legend with its unit', async () => {
    const svg = await renderSvg(confusionMatrixChart(matrixOf(3), ['cat', 'dog', 'cow']));
    for (const text of ['Confusion matrix', 'Predicted class', 'Actual class', 'Share of the actual class (%)']) {
      expect(svg).toContain(`>${text}<`);
    }
    expect(svg.match(/>(cat|dog|cow)</g)).toEqual(
      ['cat', 'dog', 'cow', 'cat', 'dog', 'cow'].map((name) => `>${name}<`),
    );
  });

  it.each([2, 10, 30])('prints every count of %i classes', async (classes) => {
    const matrix = matrixOf(classes);
    const cells = cellsOf(await renderSvg(confusionMatrixChart(matrix, namesOf(classes))));
    expect(cells.map(({ count }) => Number(count))).toEqual(matrix.flat());
  });

  it('has actual classes in rows and predicted ones in columns', async () => {
    const svg = await renderSvg(
      confusionMatrixChart(
        [
          [5, 7],
          [0, 9],
        ],
        ['a', 'b'],
      ),
    );
    expect(svg).toContain('aria-label="Predicted class: 1; Actual class: 0; count: 7');
  });

  it('keeps every count readable and every mistake visible, whatever its share', async () => {
    const fractions = [1, 2, 5, 10, 20, 30, 40, 50, 60, 62, 63, 64, 65, 66, 70, 100, 300, 500];
    const matrix = fractions.map((fraction, i) =>
      fractions.map((_, j) => (i === j ? 1000 - fraction : j === (i + 1) % fractions.length ? fraction : 0)),
    );
    const cells = cellsOf(await renderSvg(confusionMatrixChart(matrix, fractions.map(String))));
    for (const { background, ink } of cells) expect(contrast(background, ink)).toBeGreaterThanOrEqual(4.5);
    const empty = cells.find(({ count }) => count === '0')?.background;
    const faintest = cells.find(({ count }) => count === '1')?.background;
    expect(faintest).not.toEqual(empty);
  });

  it('draws a class without examples', async () => {
    const svg = await renderSvg(
      confusionMatrixChart(
        [
          [3, 0],
          [0, 0],
        ],
        ['a', 'b'],
      ),
    );
    expect(svg).not.toContain('NaN');
  });

  it('does not grow with the number of classes: without counts, and with some of the names', async () => {
    const matrix = matrixOf(256);
    const specification = confusionMatrixChart(matrix, namesOf(256));
    const svg = await renderSvg(specification);
    expect(svg.length).toBeLessThan(300_000);
    const [, width, height] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg)!;
    expect([Number(width) < 1000, Number(height) < 1200]).toEqual([true, true]);
    expect(svg).not.toContain('>980<');
    expect(svg).toContain('there are no numbers, as 256 classes leave no room for them, and every 5th class is named.');
    expect(svg.match(/>(0|5|255)</g)).toEqual(['>0<', '>5<', '>255<', '>0<', '>5<', '>255<']);
    expect(svg).not.toContain('>7<');
    for (const fraction of ['0.1', '1', '10', '100']) expect(svg).toContain(`>${fraction}<`);
  });

  it('draws each share of a large matrix in the colours of a small one', async () => {
    const matrix: number[][] = Array.from({ length: 40 }, (_, i) =>
      Array.from({ length: 40 }, (_, j) => (i === j ? 99 : 0)),
    );
    matrix[3][5] = 1;
    const svg = await renderSvg(confusionMatrixChart(matrix, namesOf(40)));
    const [, url] = /xlink:href="data:image\/png;base64,([^"]+)"/.exec(svg)!;
    const { data, width } = decode(Uint8Array.from(atob(url), (letter) => letter.charCodeAt(0)));
    const step = width / 40;
    const at = (actual: number, predicted: number) => {
      const first = 3 * ((actual + 0.5) * step * width + (predicted + 0.5) * step);
      return [...data.slice(first, first + 3)];
    };
    // A class that is always right, an empty place, and a hundredth: a third of the scale.
    expect([at(0, 0), at(5, 3), at(3, 5)]).toEqual([rgb('#003252'), rgb('#f5f5f5'), rgb('#56a5d8')]);
  });

  it('cuts long names, so that there is room for the matrix', async () => {
    const names = [
      'the first of two names that nobody can read to their end',
      'the second of two such names, which is longer',
    ];
    const svg = await renderSvg(confusionMatrixChart(matrixOf(2), names, { width: 340 }));
    expect(svg).toMatch(/>the [a-z ]*…</);
    const [, width] = /<svg[^>]* width="(\d+)"/.exec(
      await renderSvg({ ...confusionMatrixChart(matrixOf(2), names, { width: 340 }), title: undefined }),
    )!;
    expect(Number(width)).toBeLessThanOrEqual(340);
    expect(cellsOf(svg)).toHaveLength(4);
  });

  it('refuses what does not fit', () => {
    expect(() => confusionMatrixChart([[1, 2]], ['a'])).toThrow(/square matrix/);
    expect(() => confusionMatrixChart([[1]], ['a', 'b'])).toThrow(/1 rows and 2 names/);
    expect(() => confusionMatrixChart([], [])).toThrow(/0 rows/);
  });
});
