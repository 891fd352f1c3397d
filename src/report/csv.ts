/** Comma-separated values as RFC 4180 quotes them, in UTF-8. Lines end in LF alone, which plain text tools expect. */

/** What a spreadsheet would take for a formula: https://owasp.org/www-community/attacks/CSV_Injection. */
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const plainNumber = /^[+-]?\d+(\.\d+)?$/;

/**
 * One record, with its line end. A cell that holds a comma, a quotation mark or a line break is quoted. A text that a
 * spreadsheet would take for a formula, such as a class named `=cmd()`, begins with an apostrophe.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => quoted(typeof cell === 'number' ? String(cell) : harmless(cell))).join(',')}\n`;
}

function harmless(text: string): string {
  return formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
