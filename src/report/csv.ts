/** Comma-separated values as RFC 4180 quotes them, in UTF-8. Lines end in LF alone, which plain text tools expect. */

/** One record, with its line end. A cell that holds a comma, a quotation mark or a line break is quoted. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(quoted).join(',')}\n`;
}

function quoted(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
