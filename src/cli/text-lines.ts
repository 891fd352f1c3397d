/** Lines of a text that comes in pieces, however long it is. */

/** A line without its end, LF or CR LF. */
export interface TextLine {
  readonly text: string;
  /** Bytes up to and with its end. */
  readonly end: number;
  /** Whether it has an end: the last one may be half of a line. */
  readonly isWhole: boolean;
}

const lineFeed = 10;

/** Holds no more than a piece and the line that it is in. */
export async function* textLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder();
  const textOf = (bytes: Uint8Array) => decoder.decode(bytes).replace(/\r$/, '');
  let begun: Uint8Array[] = [];
  let end = 0;
  for await (const piece of pieces) {
    let start = 0;
    for (let at = piece.indexOf(lineFeed); at >= 0; at = piece.indexOf(lineFeed, start)) {
      const line = Buffer.concat([...begun, piece.subarray(start, at)]);
      begun = [];
      start = at + 1;
      end += line.length + 1;
      yield { text: textOf(line), end, isWhole: true };
    }
    if (start < piece.length) begun.push(piece.subarray(start));
  }
  const rest = Buffer.concat(begun);
  if (rest.length > 0) yield { text: textOf(rest), end: end + rest.length, isWhole: false };
}
