/**
 * A layer's output as one picture: feature maps as a grid of tiles, a vector as a strip of cells, one colour scale for
 * all of it. At most 64 maps of a layer and 1,024 values of a vector are drawn.
 */

import { InklingError } from '../errors.js';
import { formatShape, sizeOf, type Tensor } from '../numerics/tensor.js';
import { imageUrl } from './image-url.js';
import { ink } from './theme.js';
import { type Colour, colourOf, largestValue, valueColour } from './value-colours.js';

export interface LayerPicture {
  readonly url: string;
  /** In the chart's units. */
  readonly width: number;
  readonly height: number;
  /** Maps or values that are drawn, the first ones, and how many stand in a row. */
  readonly shown: number;
  readonly columns: number;
  /** From one to the next, in the chart's units. */
  readonly step: number;
}

const maxMaps = 64;
const mapsPerRow = 16;
const largestTile = 56;
const tileGap = 3;

const maxValues = 1024;
const valuesPerRow = 128;
const largestCell = 30;
const cellHeight = 16;
const rowGap = 3;

/** Pixels around a map and between cells. */
const frame = 2;
const frameColour = colourOf(ink.grid);

/** Pixels of the picture for each of the chart's units: charts become PNG at twice their size. */
const density = 2;

/**
 * @param output feature maps `[H, W, C]` or values `[units]`
 * @param width that there is, in the chart's units
 * @param end the value, and the value below 0, that has the darkest colour; default: the largest there is
 * @throws InklingError (argument) for another shape
 */
export function layerPicture(
  output: Tensor<Float32Array>,
  width: number,
  end = largestValue(output.data) || 1,
): LayerPicture {
  const { shape, data } = output;
  if (![1, 3].includes(shape.length) || data.length !== sizeOf(shape) || data.length === 0) {
    throw new InklingError(
      'argument',
      `Expected a layer's output of shape [H, W, C] or [units]. Received: ${formatShape(shape)} with ${data.length} values.`,
    );
  }
  return shape.length === 3 ? mapsPicture(output, width, end) : valuesPicture(data, width, end);
}

function mapsPicture({ data, shape }: Tensor<Float32Array>, width: number, end: number): LayerPicture {
  const [mapHeight, mapWidth, maps] = shape;
  const shown = Math.min(maps, maxMaps);
  const columns = filledColumns(shown, mapsPerRow);
  const tile = Math.min(largestTile, (width - tileGap * (columns - 1)) / columns);
  const longer = Math.max(mapHeight, mapWidth);
  const scale = tile / longer;
  // A whole number of pixels for each value, so that squares stay squares.
  const pixel = Math.max(1, Math.ceil(density * scale));
  const gap = Math.max(1, Math.round((tileGap * pixel) / scale));
  const canvas = new Canvas(
    columns * (mapWidth * pixel + gap) - gap,
    Math.ceil(shown / columns) * (mapHeight * pixel + gap) - gap,
  );
  const corner = (map: number) => ({
    left: (map % columns) * (mapWidth * pixel + gap),
    top: Math.floor(map / columns) * (mapHeight * pixel + gap),
  });
  for (let map = 0; map < shown; map++) {
    const { left, top } = corner(map);
    canvas.fill(left - frame, top - frame, mapWidth * pixel + 2 * frame, mapHeight * pixel + 2 * frame, frameColour);
  }
  for (let index = 0; index < mapHeight * mapWidth * shown; index++) {
    const map = index % shown;
    const place = Math.floor(index / shown);
    const { left, top } = corner(map);
    const x = left + (place % mapWidth) * pixel;
    const y = top + Math.floor(place / mapWidth) * pixel;
    canvas.fill(x, y, pixel, pixel, valueColour(data[place * maps + map] / end));
  }
  const unit = Math.min(scale / pixel, width / canvas.width);
  return {
    url: canvas.url(),
    width: canvas.width * unit,
    height: canvas.height * unit,
    shown,
    columns,
    step: (mapWidth * pixel + gap) * unit,
  };
}

function valuesPicture(data: Float32Array, width: number, end: number): LayerPicture {
  const shown = Math.min(data.length, maxValues);
  const columns = filledColumns(shown, valuesPerRow);
  const cell = Math.min(largestCell, width / columns);
  const cellPixels = Math.max(2, Math.ceil(2 * density * cell));
  const rowPixels = Math.round((cellHeight * cellPixels) / cell);
  const gap = Math.round((rowGap * cellPixels) / cell);
  const canvas = new Canvas(columns * cellPixels, Math.ceil(shown / columns) * (rowPixels + gap) - gap);
  const unit = Math.min(cell / cellPixels, width / canvas.width);
  for (let index = 0; index < shown; index++) {
    const x = (index % columns) * cellPixels;
    const y = Math.floor(index / columns) * (rowPixels + gap);
    canvas.fill(x - frame, y - frame, cellPixels + frame, rowPixels + 2 * frame, frameColour);
    canvas.fill(x, y, cellPixels - frame, rowPixels, valueColour(data[index] / end));
  }
  return {
    url: canvas.url(),
    width: canvas.width * unit,
    height: canvas.height * unit,
    shown,
    columns,
    step: cellPixels * unit,
  };
}

/** As few rows as fit, each as full as the others where the count allows it: 20 are 2 x 10, 64 are 4 x 16. */
function filledColumns(count: number, most: number): number {
  return Math.ceil(count / Math.ceil(count / most));
}

/** White pixels to be painted on, with a border as wide as a frame around the place of the coordinates. */
class Canvas {
  readonly width: number;
  readonly height: number;
  private readonly pixels: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width + 2 * frame;
    this.height = height + 2 * frame;
    this.pixels = new Uint8Array(this.width * this.height * 3).fill(255);
  }

  fill(left: number, top: number, width: number, height: number, colour: Colour): void {
    for (let y = top + frame; y < top + frame + height; y++) {
      for (let x = left + frame; x < left + frame + width; x++) this.pixels.set(colour, (y * this.width + x) * 3);
    }
  }

  url(): string {
    return imageUrl(this.pixels, this.height, this.width, 3, 1);
  }
}
