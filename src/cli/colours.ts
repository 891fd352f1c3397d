/** Colours for terminals that show them: none where NO_COLOR is set or the stream is not a terminal. */

import { styleText } from 'node:util';

export type TextStyle = Parameters<typeof styleText>[0];

export function showsColours(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && stream.hasColors();
}

/** The text in a style, or as it is where the stream shows no colours. */
export function styled(stream: NodeJS.WriteStream, style: TextStyle, text: string): string {
  return showsColours(stream) ? styleText(style, text, { validateStream: false }) : text;
}
