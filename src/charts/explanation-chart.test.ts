import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { decode } from 'fast-png';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { explanationChart } from './explanation-chart.js';
import type { ExplanationToShow, LayerToShow } from './explanation-to-show.js';
import { renderPng } from './render-png.js';
import { renderSvg } from './render-svg.js';

const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => join(fonts, file));

const tensor = (...shape: number[]) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((size, side) => size * side, 1) }, (_, index) => (index % 7) / 3 - 1),
});
const layer = (type: string, ...shape: number[]): LayerToShow => ({ name: type, type, output: tensor(...shape) });
const explanation = (more: Partial<ExplanationToShow> = {}): ExplanationToShow => ({
  input: tensor(4, 4, 1),
  layers: [layer('conv2d', 3, 3, 5), layer('dense', 6), { ...layer('dense', 3), activation: 'softmax' }],
  probabilities: Float32Array.of(0.1, 0.7, 0.2),
  answer: 1,
  saliency: tensor(4, 4),
  ...more,
});
const names = ['zero', 'one', 'two'];
const textsOf = (svg: string) =>
  [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]+)</g)].map(([, text]) => text.replaceAll('&gt;', '>'));
const imagesOf = (svg: string) =>
  [...svg.matchAll(/href="data:image\/png;base64,([^"]+)"/g)].map(([, body]) =>
    decode(Uint8Array.from(atob(body), (character) => character.charCodeAt(0))),
  );

afterEach(() => vi.restoreAllMocks());

describe('explanationChart', () => {
  it('names every part, and explains it', async () => {
    const svg = await renderSvg(explanationChart(explanation(), names, { name: 'one.png' }));
    const texts = textsOf(svg);
    for (const text of [
      'Why one?',
      'How the network read one.png: its answer is one, with a probability of 70.00 %.',
      ...['What the network saw', 'All it gets: 4 × 4 pixels.', 'What spoke for one', 'The answer', 'Layer by layer'],
      ...['3 × 3 × 5', '6 values', 'One a class: the probabilities.', '10.00 %', '70.00 %', '20.00 %'],
    ]) {
      expect(texts).toContain(text);
    }
    expect(texts).not.toContain('The picture');
  });

  it('draws the picture only where there is one, then the input and the saliency map pixel by pixel', async () => {
    const input = { shape: [1, 2, 1], data: Float32Array.of(0, 1) };
    const saliency = { shape: [1, 2], data: Float32Array.of(0, -2) };
    const shown = explanation({ input, saliency });
    const picture = { width: 1, height: 1, data: Uint8Array.of(10, 20, 30, 255) };
    const without = imagesOf(await renderSvg(explanationChart(shown, names)));
    const svg = await renderSvg(explanationChart(shown, names, { picture }));
    const withPicture = imagesOf(svg);
    expect(textsOf(svg)).toContain('As it came.');
    expect(withPicture.length).toBe(without.length + 1);
    const ends = ({ data }: { data: ArrayLike<number> }) => [
      Array.from(data).slice(0, 3),
      Array.from(data).slice(data.length - 3),
    ];
    expect(withPicture.slice(0, 3).map(ends)).toEqual([
      [
        [10, 20, 30],
        [10, 20, 30],
      ],
      [
        [0, 0, 0],
        [255, 255, 255],
      ],
      [
        [255, 255, 255],
        [0, 0x72, 0xb2],
      ],
    ]);
  });

  it('shows inputs of three channels in their colours', async () => {
    const input = { shape: [1, 1, 3], data: Float32Array.of(1, 0.2, 0) };
    const saliency = { shape: [1, 1], data: Float32Array.of(0) };
    const [image] = imagesOf(await renderSvg(explanationChart(explanation({ input, saliency }), names)));
    expect([...image.data.subarray(0, 3)]).toEqual([255, 51, 0]);
  });

  it('draws the probabilities of a network that does not know in pale colours, and never calls one certain', async () => {
    const probabilities = Float32Array.of(1, 0, 0);
    const last = { ...layer('dense', 3), output: { shape: [3], data: new Float32Array(3).fill(1 / 3) } };
    const darkestOf = async (activation: string) => {
      const layers = [{ ...last, activation }];
      const svg = await renderSvg(explanationChart(explanation({ layers, probabilities, answer: 0 }), names));
      expect(textsOf(svg)).toContain('> 99.99 %');
      expect(textsOf(svg).join(' ')).not.toContain('100.0');
      const { data } = imagesOf(svg).at(-1)!;
      return Math.min(...data);
    };
    expect(await darkestOf('softmax')).toBeGreaterThan(100);
    expect(await darkestOf('linear')).toBeLessThan(10);
  });

  it('says where it leaves maps out', async () => {
    const texts = textsOf(
      await renderSvg(explanationChart(explanation({ layers: [layer('conv2d', 2, 2, 65)] }), names)),
    );
    expect(texts).toContain('The first 64 of 65 are drawn.');
  });

  it('shows the ten likeliest of many classes', async () => {
    const many = Array.from({ length: 12 }, (_, index) => `class ${String.fromCharCode(97 + index)}`);
    const probabilities = Float32Array.from(many, (_, index) => (index === 3 ? 0.001 : (index + 1) / 80));
    const layers = [layer('dense', 6)];
    const svg = await renderSvg(explanationChart(explanation({ probabilities, layers, answer: 11 }), many));
    expect(textsOf(svg)).toContain('The 10 likeliest of 12 classes.');
    const shown = textsOf(svg).filter((text) => many.includes(text));
    expect(shown.sort()).toEqual(many.filter((_, index) => index !== 3 && index !== 0).sort());
  });

  it.each([
    ['the input', { input: tensor(4, 4) }, /Expected an input of shape \[H, W, C\]. Received: \[4, 4\]/],
    ['the saliency map', { saliency: tensor(4, 5) }, /the shape \[4, 5\], but the input \[4, 4, 1\]/],
    ['the answer', { answer: 3 }, /3 names, 3 probabilities and the answer 3/],
    ['a layer', { layers: [layer('dense', 2, 2)] }, /Expected a layer's output of shape .* Received: \[2, 2\]/],
  ])('refuses what does not fit in %s', (_, more, message) => {
    expect(() => explanationChart(explanation(more), names)).toThrow(message);
  });

  it('refuses missing names and a wrong picture', () => {
    expect(() => explanationChart(explanation(), ['zero'])).toThrow(/1 names/);
    const picture = { width: 2, height: 2, data: new Uint8Array(12) };
    expect(() => explanationChart(explanation(), names, { picture })).toThrow(/2 x 2 pixels.*12 bytes/);
  });
});

const odd = [
  '<&"',
  'Straße und Wörter mit Wörtern und noch mehr Wörtern',
  'WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW',
];

describe.each<[string, Partial<ExplanationToShow>]>([
  ['small', {}],
  ['of zeros', { saliency: { shape: [4, 4], data: new Float32Array(16) }, probabilities: Float32Array.of(0, 1, 0) }],
  ['without layers', { layers: [] }],
  [
    'of large and odd shapes',
    { input: tensor(40, 90, 3), saliency: tensor(40, 90), layers: [layer('conv2d', 20, 45, 130)] },
  ],
  [
    'of a wide net',
    { layers: [layer('dense', 3000), { ...layer('averagePooling2d', 1, 1, 17), name: odd[2] }], answer: 2 },
  ],
])('the chart %s', (_, more) => {
  const chart = () => explanationChart(explanation(more), odd, { name: odd[2] });

  it('is drawn without a warning, to the same bytes each time, and needs nothing from outside', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const svg = await renderSvg(chart());
    expect(await renderSvg(chart())).toBe(svg);
    expect(warn).not.toHaveBeenCalled();
    expect(error).not.toHaveBeenCalled();
    expect(svg).not.toContain('<&');
    for (const [, target] of svg.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^data:image\/png;base64,/);
  });

  it('cuts nothing off and is 1,200 to 1,600 pixels wide', async () => {
    const svg = await renderSvg(chart());
    const resvg = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles } });
    const box = resvg.getBBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? Number.NaN)).toBeLessThanOrEqual(resvg.width);
    expect((box?.y ?? 0) + (box?.height ?? Number.NaN)).toBeLessThanOrEqual(resvg.height);
    const png = decode(await renderPng(svg));
    expect(png.width).toBeGreaterThan(1200);
    expect(png.width).toBeLessThan(1600);
  });
});
