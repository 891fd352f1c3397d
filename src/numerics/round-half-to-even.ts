/** Numbers with a fixed number of decimals, rounded as Python and numpy round them. For finite numbers below 1e21. */

/**
 * Like `value.toFixed(digits)`, but an exact tie goes to the even digit, as in C, Python and numpy: 0.625 gives 0.62,
 * where JavaScript's toFixed gives 0.63. Shares of small groups are such ties all the time.
 *
 * @param digits decimals, 0 to 99
 */
export function toFixedHalfEven(value: number, digits: number): string {
  // 100 decimals show a tie exactly: a double that ends in a 5 one place after `digits` has only zeros behind it.
  const exact = value.toFixed(100);
  const end = exact.indexOf('.') + 1 + digits;
  const truncated = digits === 0 ? exact.slice(0, end - 1) : exact.slice(0, end);
  const isTie = /^50*$/.test(exact.slice(end));
  const isEven = Number(truncated.at(-1)) % 2 === 0;
  return isTie && isEven ? truncated : value.toFixed(digits);
}
