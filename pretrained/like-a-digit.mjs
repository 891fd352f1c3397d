/**
 * Which prepared drawings of other things came out as what some hand writes for a digit. They are no outliers: a network
 * that is taught to refuse them refuses people's digits.
 *
 * Of a drawing whose strokes lie apart, preprocessing takes one: a digit of several, or a bar of three, which is a 1. Bars
 * of light in a texture or a scene stay outliers: a shadow is no 1.
 */

/** Of what was drawn, this much must be left across and down. */
const leastLeft = 0.7;
/** A 1 as a bar is at least as thin as this: the deviations of its ink from its middle across and along it. */
const widestBar = 0.3;

/** @param {Uint8Array} image square, ink bright @returns {number} deviation of the ink across its axis by that along it */
function thinnessOf(image) {
  const side = Math.sqrt(image.length);
  let [sum, x, y] = [0, 0, 0];
  image.forEach((ink, i) => {
    sum += ink;
    x += ink * (i % side);
    y += ink * Math.floor(i / side);
  });
  [x, y] = [x / sum, y / sum];
  let [xx, yy, xy] = [0, 0, 0];
  image.forEach((ink, i) => {
    const [dx, dy] = [(i % side) - x, Math.floor(i / side) - y];
    xx += ink * dx * dx;
    yy += ink * dy * dy;
    xy += ink * dx * dy;
  });
  const root = Math.sqrt((xx - yy) * (xx - yy) + 4 * xy * xy);
  return Math.sqrt(Math.max(0, xx + yy - root) / (xx + yy + root));
}

/**
 * @param {import('../dist/preprocessing/preprocess.js').PreparedDigit} prepared
 * @param {{ width: number, height: number }} [extent] of what a pen drew, in the picture's pixels; left out where none did
 * @returns {boolean}
 */
export function isDigitOfSomeHand({ image, box }, extent) {
  if (extent === undefined) return false;
  const isPart = box.right - box.left < leastLeft * extent.width || box.bottom - box.top < leastLeft * extent.height;
  return isPart || thinnessOf(image) < widestBar;
}
