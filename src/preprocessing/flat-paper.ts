/**
 * Ink on a small piece of paper that is cut at the ink. There the estimate from each pixel's surroundings (paper.ts)
 * fails: along the edges there is ink where it looks for paper. Of a small piece the paper's brightness is a plane, which
 * is fitted to all of its pixels.
 */

import { otsuThreshold, type Polarity, strengthOfInk } from './paper.js';
import { newPlane, type Plane } from './plane.js';

/** The plane is fitted to what is on the paper's side of Otsu's threshold, then to what is nearer to it than to ink. */
const fits = 3;

/** Ink from 0 (paper) to about 1, as `inkOf` gives it. */
export function inkOnFlatPaper(brightness: Plane, polarity: Polarity): Plane {
  const { width, height, data } = brightness;
  const levels = polarity === 'dark on light' ? data : data.map((value) => 255 - value);
  const threshold = otsuThreshold(levels);
  const isPaper = new Uint8Array(levels.length);
  for (let index = 0; index < levels.length; index++) isPaper[index] = levels[index] > threshold ? 1 : 0;
  const ink = newPlane(width, height);
  if (!isPaper.includes(1)) return ink;
  const behind = new Float32Array(levels.length);
  for (let fit = 0; fit < fits; fit++) {
    const [level, across, down] = fittedPlane(width, height, levels, isPaper);
    let [sum, count] = [0, 0];
    for (let y = 0, index = 0; y < height; y++) {
      for (let x = 0; x < width; x++, index++) {
        behind[index] = level + across * x + down * y;
        if (isPaper[index] === 1) continue;
        sum += behind[index] - levels[index];
        count++;
      }
    }
    const half = count > 0 ? sum / count / 2 : 0;
    for (let index = 0; index < levels.length; index++) isPaper[index] = behind[index] - levels[index] < half ? 1 : 0;
  }
  for (let index = 0; index < levels.length; index++) {
    ink.data[index] = strengthOfInk(behind[index], levels[index], polarity);
  }
  return ink;
}

/** Least squares over the pixels that are paper. @returns the level at (0, 0), and the slopes across and down */
function fittedPlane(
  width: number,
  height: number,
  levels: Float32Array,
  isPaper: Uint8Array,
): readonly [level: number, across: number, down: number] {
  let [n, sx, sy, sv, sxx, sxy, syy, sxv, syv] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let y = 0, index = 0; y < height; y++) {
    for (let x = 0; x < width; x++, index++) {
      if (isPaper[index] === 0) continue;
      const value = levels[index];
      n++;
      sx += x;
      sy += y;
      sv += value;
      sxx += x * x;
      sxy += x * y;
      syy += y * y;
      sxv += x * value;
      syv += y * value;
    }
  }
  if (n === 0) return [255, 0, 0];
  const [mx, my, mv] = [sx / n, sy / n, sv / n];
  const [xx, xy, yy] = [sxx / n - mx * mx, sxy / n - mx * my, syy / n - my * my];
  const [xv, yv] = [sxv / n - mx * mv, syv / n - my * mv];
  const determinant = xx * yy - xy * xy;
  if (!(determinant > 1e-3 * xx * yy)) return [mv, 0, 0];
  const across = (xv * yy - yv * xy) / determinant;
  const down = (yv * xx - xv * xy) / determinant;
  return [mv - across * mx - down * my, across, down];
}
