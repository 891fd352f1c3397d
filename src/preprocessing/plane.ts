/** A plane of numbers, the material of all preprocessing, and how one is scaled down or up by areas. */

/** Row by row from the top; what the values mean is said where a plane is made. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A part of a plane; edges may lie between pixels. `right` and `bottom` are where it ends. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function newPlane(width: number, height: number): Plane {
  return { width, height, data: new Float32Array(width * height) };
}

/** For each place of the result: the first pixel that it covers, and how much of that one and each that follows. */
interface Coverage {
  readonly first: Int32Array;
  readonly weights: readonly Float32Array[];
}

/** Shares add up to 1 in each place, also where the area reaches beyond the pixels: what lies there counts as `0`. */
function coverageOf(from: number, to: number, places: number, pixels: number): Coverage {
  const step = (to - from) / places;
  const first = new Int32Array(places);
  const weights: Float32Array[] = [];
  for (let place = 0; place < places; place++) {
    const start = from + place * step;
    const end = start + step;
    first[place] = Math.min(Math.max(Math.floor(start), 0), pixels);
    const last = Math.max(Math.min(Math.ceil(end), pixels), first[place]);
    const fractions = new Float32Array(last - first[place]);
    for (let index = 0; index < fractions.length; index++) {
      const pixel = first[place] + index;
      fractions[index] = Math.max(0, Math.min(end, pixel + 1) - Math.max(start, pixel)) / step;
    }
    weights.push(fractions);
  }
  return { first, weights };
}

/**
 * Each value of the result is the mean over the area that it covers: exact when scaling down, blocks when scaling up.
 */
export function averageAreas(source: Plane, area: Area, width: number, height: number): Plane {
  const columns = coverageOf(area.left, area.right, width, source.width);
  const rows = coverageOf(area.top, area.bottom, height, source.height);
  const result = newPlane(width, height);
  const line = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    const fractions = rows.weights[y];
    for (let index = 0; index < fractions.length; index++) {
      averageLine(source.data, (rows.first[y] + index) * source.width, columns, line);
      const fraction = fractions[index];
      for (let x = 0, to = y * width; x < width; x++, to++) result.data[to] += fraction * line[x];
    }
  }
  return result;
}

function averageLine(data: Float32Array, row: number, columns: Coverage, line: Float32Array): void {
  for (let x = 0; x < line.length; x++) {
    const fractions = columns.weights[x];
    let from = row + columns.first[x];
    let sum = 0;
    for (let index = 0; index < fractions.length; index++) sum += fractions[index] * data[from++];
    line[x] = sum;
  }
}

/** Scales up between pixel centres, linearly; beyond the outermost centres the edge goes on. */
export function interpolate(source: Plane, area: Area, width: number, height: number): Plane {
  const result = newPlane(width, height);
  const { data } = source;
  const [stepX, stepY] = [(area.right - area.left) / width, (area.bottom - area.top) / height];
  const clamp = (value: number, size: number) => Math.min(Math.max(value, 0), size - 1);
  for (let y = 0; y < height; y++) {
    const atY = area.top + (y + 0.5) * stepY - 0.5;
    const y0 = clamp(Math.floor(atY), source.height) * source.width;
    const y1 = clamp(Math.floor(atY) + 1, source.height) * source.width;
    const down = Math.min(Math.max(atY - Math.floor(atY), 0), 1);
    for (let x = 0; x < width; x++) {
      const atX = area.left + (x + 0.5) * stepX - 0.5;
      const x0 = clamp(Math.floor(atX), source.width);
      const x1 = clamp(Math.floor(atX) + 1, source.width);
      const across = Math.min(Math.max(atX - Math.floor(atX), 0), 1);
      const upper = data[y0 + x0] + (data[y0 + x1] - data[y0 + x0]) * across;
      const lower = data[y1 + x0] + (data[y1 + x1] - data[y1 + x0]) * across;
      result.data[y * width + x] = upper + (lower - upper) * down;
    }
  }
  return result;
}

/** A plane, or a mask or labels of one, with `margin` pixels of 0 on all sides. */
export function withMargin<T extends Float32Array | Int32Array | Uint8Array>(
  { width, height, data }: { readonly width: number; readonly height: number; readonly data: T },
  margin: number,
): { readonly width: number; readonly height: number; readonly data: T } {
  const wide = width + 2 * margin;
  const high = height + 2 * margin;
  const result = new (data.constructor as new (length: number) => T)(wide * high);
  for (let y = 0; y < height; y++) {
    result.set(data.subarray(y * width, (y + 1) * width), (y + margin) * wide + margin);
  }
  return { width: wide, height: high, data: result };
}
