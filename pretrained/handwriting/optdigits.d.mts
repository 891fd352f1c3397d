/** A second set of handwritten digits, 8 x 8 pixels each. */

/** scikit-learn's digits.csv.gz, or unpacked; dark on light, RGBA. */
export function optdigits(
  file: string,
): Promise<{ digits: string; picture: { width: number; height: number; data: Uint8Array } }[]>;
