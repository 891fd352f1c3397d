/** The version of this package, as package.json has it: files say what wrote them. */

/** This package's version, such as `0.1.0`. */
export const inklingVersion = '0.1.0';
