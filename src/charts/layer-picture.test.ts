import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { layerPicture } from './layer-picture.js';

/** The colour at a share of the picture's width and height. */
function colourAt({ url }: { url: string }, across: number, down: number): number[] {
  const bytes = Uint8Array.from(atob(url.split(',')[1]), (character) => character.charCodeAt(0));
  const { width, height, data } = decode(bytes);
  const at = 3 * (Math.floor(down * height) * width + Math.floor(across * width));
  return [...data.subarray(at, at + 3)];
}

const blue = [0x00, 0x39, 0x5c];
const white = [0xf7, 0xf7, 0xf7];
const orange = [0x6e, 0x2c, 0x00];

describe('layerPicture', () => {
  it('draws each map as a tile, all on one scale', () => {
    // Two maps of 2 x 2: the first has 3 in its upper right corner, the second -3 in its lower left one.
    const picture = layerPicture({ shape: [2, 2, 2], data: Float32Array.of(0, 0, 3, 0, 0, -3, 0, 0) }, 600);
    expect([picture.shown, picture.columns]).toEqual([2, 2]);
    expect(colourAt(picture, 0.12, 0.25)).toEqual(white);
    expect(colourAt(picture, 0.37, 0.25)).toEqual(orange);
    expect(colourAt(picture, 0.62, 0.75)).toEqual(blue);
    expect(colourAt(picture, 0.87, 0.75)).toEqual(white);
    expect(picture.width / picture.height).toBeCloseTo(2, 1);
  });

  it('draws a vector as a strip of cells', () => {
    const picture = layerPicture({ shape: [4], data: Float32Array.of(2, 0, -2, 1) }, 600);
    expect([picture.shown, picture.columns, picture.step]).toEqual([4, 4, 30]);
    expect([0.12, 0.37, 0.62].map((across) => colourAt(picture, across, 0.5))).toEqual([orange, white, blue]);
    expect(colourAt(picture, 0.87, 0.5)).toEqual([0xe5, 0x8a, 0x45]);
  });

  it('puts a second row below the first, down to the end of the picture', () => {
    // Of 20 maps in two rows of ten the first of the second row has 3 along its lower edge.
    const data = new Float32Array(5 * 5 * 20);
    for (let column = 0; column < 5; column++) data[(4 * 5 + column) * 20 + 10] = 3;
    const picture = layerPicture({ shape: [5, 5, 20], data }, 590);
    expect(picture.columns).toBe(10);
    expect(colourAt(picture, 0.05, 0.99)).toEqual(orange);
    expect(colourAt(picture, 0.05, 0.42)).toEqual(white);
  });

  it('draws values on a scale that ends further out where it is told to', () => {
    const flat = layerPicture({ shape: [4], data: new Float32Array(4).fill(0.5) }, 600, 1);
    expect(colourAt(flat, 0.12, 0.5)).toEqual([0xe5, 0x8a, 0x45]);
  });

  it.each([
    [[26, 26, 32], 32, 16],
    [[5, 5, 64], 64, 16],
    [[5, 5, 20], 20, 10],
    [[2, 9, 300], 64, 16],
    [[128], 128, 128],
    [[200], 200, 100],
    [[3000], 1024, 128],
  ])('fills rows with the outputs of shape %j, in the width there is', (shape, shown, columns) => {
    const data = new Float32Array(shape.reduce((size, side) => size * side));
    const picture = layerPicture({ shape, data }, 590);
    expect([picture.shown, picture.columns]).toEqual([shown, columns]);
    expect(picture.width).toBeLessThanOrEqual(590);
    expect(picture.width).toBeGreaterThan(300);
  });

  it('refuses other shapes', () => {
    const wrong = (shape: number[], length: number) => () => layerPicture({ shape, data: new Float32Array(length) }, 9);
    expect(wrong([2, 2], 4)).toThrow('Received: [2, 2] with 4 values.');
    expect(wrong([2, 2, 1], 3)).toThrow('Received: [2, 2, 1] with 3 values.');
    expect(wrong([0], 0)).toThrow('Received: [0] with 0 values.');
  });
});
