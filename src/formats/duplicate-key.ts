/** Finds a key that a JSON text gives twice in one object, which `JSON.parse` passes over in silence. */

/**
 * @param text valid JSON, as `JSON.parse` has found
 * @returns the first repeated key, or undefined
 */
export function duplicateKey(text: string): string | undefined {
  /** The keys of each object that is open; an open list has none. */
  const open: Set<string>[] = [];
  let lastString = '';
  for (let position = 0; position < text.length; position++) {
    const character = text[position];
    if (character === '"') {
      const start = position++;
      while (text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
      lastString = text.slice(start, position + 1);
    } else if (character === '{' || character === '[') {
      open.push(new Set());
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === ':') {
      const keys = open[open.length - 1];
      // Decoded, since "a" and "\u0061" are the same key.
      const key = JSON.parse(lastString) as string;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}
