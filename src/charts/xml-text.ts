/** Text that may stand in XML, and so in SVG. */

/** What XML 1.0 allows nowhere, not even escaped: https://www.w3.org/TR/xml/#charsets. */
const forbidden = /[^\P{Cc}\t\n\r]|[\ufffe\uffff\p{Cs}]/gu;

/**
 * The text with the sign for a character that cannot be shown in the place of each that would make the document
 * unreadable.
 */
export function withoutForbiddenCharacters(text: string): string {
  return text.replace(forbidden, '\ufffd');
}
