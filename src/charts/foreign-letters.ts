/** Letters that DejaVu Sans, the font that charts bring along, does not have. */

/** Scripts that it has; what belongs to no script, such as digits and arrows, it has for the most part. */
const known = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Georgian',
  'Lao',
  'Nko',
  'Tifinagh',
  'Ogham',
];
const foreign = new RegExp(
  `(?![${known.map((script) => `\\p{Script=${script}}`).join('')}\\p{Script=Common}\\p{Script=Inherited}])[\\p{L}\\p{M}]|\\p{Emoji_Presentation}`,
  'gu',
);

/** Each of them once, in the order in which they come. */
export function foreignLetters(text: string): string[] {
  return [...new Set(text.match(foreign))];
}
