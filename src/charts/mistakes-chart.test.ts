import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { mistakesChart } from './mistakes-chart.js';
import { renderSvg } from './render-svg.js';

const images = { shape: [30, 2, 2, 1], data: Uint8Array.from({ length: 120 }, (_, i) => 2 * i) };
const names = ['zero', 'one', 'two'];
const mistake = (index: number, probability = 0.998) => ({ index, actual: 1, predicted: 2, probability });

describe('mistakesChart', () => {
  it('shows each image with its class, the answer and the probability', async () => {
    const svg = await renderSvg(mistakesChart([mistake(3), mistake(7, 0.5)], images, names));
    expect(svg).toContain('>Worst mistakes<');
    expect(
      svg.match(/<tspan[^>]*>[^<]+|<text[^>]*>one read[^<]+/g)?.map((text) => text.replace(/<[^>]*>/, '')),
    ).toEqual(['one read as two', '99.80 %', 'one read as two', '50.00 %']);
    const first = [...svg.matchAll(/href="data:image\/png;base64,([^"]+)"/g)].map(([, body]) => {
      const { data } = decode(Uint8Array.from(atob(body), (character) => character.charCodeAt(0)));
      return [data[0], data[data.length - 1]];
    });
    expect(first).toEqual([
      [24, 30],
      [56, 62],
    ]);
  });

  it('never calls an uncertain answer certain', async () => {
    const svg = await renderSvg(mistakesChart([mistake(0, 0.99996), mistake(1, 1)], images, names));
    expect(svg).toContain('&gt; 99.99 %');
    // A float may be 1 where the network is only very sure.
    expect(svg).not.toContain('>100.00 %');
  });

  it('fills its rows', () => {
    const columnsOf = (count: number) => {
      const { data } = mistakesChart(
        Array.from({ length: count }, (_, i) => mistake(i)),
        images,
        ['0', '1', '2'],
      );
      const values = data && 'values' in data && Array.isArray(data.values) ? data.values : [];
      return new Set(values.map((value) => Object(value).x)).size;
    };
    expect([1, 5, 24].map(columnsOf)).toEqual([1, 5, 8]);
  });

  it('accepts images without a channel dimension', async () => {
    const svg = await renderSvg(mistakesChart([mistake(29)], { ...images, shape: [30, 2, 2] }, names));
    expect(svg).toContain('href="data:image/png');
  });

  it('says that there are none', async () => {
    expect(await renderSvg(mistakesChart([], images, names))).toContain('>Every answer was right.<');
  });

  it('refuses an image or a class that does not exist', () => {
    expect(() => mistakesChart([mistake(30)], images, names)).toThrow(/image 30.*\[30, 2, 2, 1\]/);
    expect(() => mistakesChart([mistake(-1)], images, names)).toThrow(/image -1/);
    expect(() => mistakesChart([mistake(0)], images, ['a', 'b'])).toThrow(/2 classes/);
  });
});
