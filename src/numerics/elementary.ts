/**
 * exp, log, pow, sin and cos from IEEE operations alone. `Math.exp` and its friends may differ in the last bit between
 * JavaScript engines; what decides over weights (schedules, initialisers, optimizers) must not. Arguments as training
 * uses them: |x| < 1e6 for sin and cos. Relative error below 1e-15; that of pow grows with its exponent, see there.
 */

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

/** 2^exponent for any integer that a float64 can hold. */
function powerOfTwo(exponent: number): number {
  let result = 1;
  let base = exponent < 0 ? 0.5 : 2;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= base;
    base *= base;
  }
  return result;
}

/** e^x: x = k ln 2 + r with |r| <= ln 2 / 2, then Taylor's series for e^r. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019411) return 0;
  const k = Math.round(x / Math.LN2);
  const r = x - k * ln2High - k * ln2Low;
  let sum = 1;
  for (let term = 18; term >= 1; term--) sum = 1 + (r / term) * sum;
  // Two factors, since 2^k alone leaves the range of float64 at both ends.
  const half = Math.trunc(k / 2);
  return sum * powerOfTwo(half) * powerOfTwo(k - half);
}

/** The natural logarithm: x = m 2^k with m near 1, then the series of 2 artanh((m - 1) / (m + 1)). */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  let m = x;
  let k = 0;
  while (m >= Math.SQRT2) {
    m /= 2;
    k++;
  }
  while (m < Math.SQRT1_2) {
    m *= 2;
    k--;
  }
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum = 0;
  for (let power = 25; power >= 1; power -= 2) sum = sum * square + 1 / power;
  return k * ln2High + (2 * s * sum + k * ln2Low);
}

/**
 * base^exponent: by repeated squaring for whole exponents, else e^(exponent ln base) for base >= 0. Relative error
 * below (1 + |exponent|) 1e-15.
 */
export function pow(base: number, exponent: number): number {
  if (Number.isInteger(exponent) && Math.abs(exponent) <= 2 ** 31) {
    let result = 1;
    let square = base;
    for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) result *= square;
      square *= square;
    }
    return exponent < 0 ? 1 / result : result;
  }
  return exp(exponent * log(base));
}

// Pi / 2 in three parts (fdlibm). The first two have so few digits that their products with the quadrant are exact.
const halfPiHigh = 1.5707963267341256;
const halfPiMiddle = 6.077100506303966e-11;
const halfPiLow = 2.0222662487959506e-21;

function sineAndCosine(x: number): [number, number] {
  const quadrant = Math.round(x / (Math.PI / 2));
  const r = x - quadrant * halfPiHigh - quadrant * halfPiMiddle - quadrant * halfPiLow;
  const square = r * r;
  let sine = 1;
  let cosine = 1;
  for (let term = 10; term >= 1; term--) {
    sine = 1 - (square / (2 * term * (2 * term + 1))) * sine;
    cosine = 1 - (square / (2 * term * (2 * term - 1))) * cosine;
  }
  sine *= r;
  switch (((quadrant % 4) + 4) % 4) {
    case 0:
      return [sine, cosine];
    case 1:
      return [cosine, -sine];
    case 2:
      return [-sine, -cosine];
    default:
      return [-cosine, sine];
  }
}

/** The sine of x radians. */
export function sin(x: number): number {
  return sineAndCosine(x)[0];
}

/** The cosine of x radians. */
export function cos(x: number): number {
  return sineAndCosine(x)[1];
}
