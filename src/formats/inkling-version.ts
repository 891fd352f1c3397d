/** The version of this package, as package.json has it: files say what wrote them. */

export const inklingVersion = '0.1.0';
