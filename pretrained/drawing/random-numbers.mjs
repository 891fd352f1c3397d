/**
 * Random numbers for drawings: a small integer generator (mulberry32), the same on every machine. Limits: 2^32 states,
 * not for statistics.
 */

/** Mixes whole numbers to 32 bits (the finalizer of MurmurHash3, once a number). */
function mix(...numbers) {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = (hash ^ (number >>> 0)) | 0;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash = (hash ^ (hash >>> 16)) + 0x6d2b79f5;
  }
  return hash | 0;
}

/** One sequence of random numbers; the numbers that it was made from decide all of it. */
export class RandomNumbers {
  /** @param {...number} key integers from 0 to 2^32 - 1, for example a seed and the index of a picture */
  constructor(...key) {
    /** @private */
    this.state = mix(...key);
  }

  /** @returns {number} an integer from 0 to 2^32 - 1 */
  bits() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let value = this.state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return (value ^ (value >>> 14)) >>> 0;
  }

  /** @returns {number} in [low, high) */
  between(low, high) {
    return low + ((high - low) * this.bits()) / 4294967296;
  }

  /** @returns {number} an integer from low to high, both included */
  integer(low, high) {
    return low + Math.floor((this.bits() * (high - low + 1)) / 4294967296);
  }

  /** @returns {boolean} true with this probability */
  chance(probability) {
    return this.bits() < probability * 4294967296;
  }

  /** Bell-shaped with mean 0 and deviation 1: the sum of four uniform numbers, at most 3.5 from 0. @returns {number} */
  bell() {
    return (this.between(-1, 1) + this.between(-1, 1) + this.between(-1, 1) + this.between(-1, 1)) * 0.8660254037844386;
  }

  /**
   * @template Item
   * @param {ArrayLike<Item>} items
   * @returns {Item}
   */
  choose(items) {
    return items[this.integer(0, items.length - 1)];
  }

  /**
   * One of the names, as often as its weight says.
   * @param {Record<string, number>} weights
   * @returns {string}
   */
  chooseByWeight(weights) {
    const names = Object.keys(weights);
    let rest = this.between(
      0,
      names.reduce((sum, name) => sum + weights[name], 0),
    );
    for (const name of names) {
      rest -= weights[name];
      if (rest < 0) return name;
    }
    return names[names.length - 1];
  }
}
