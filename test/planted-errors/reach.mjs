/**
 * Which test files enter which functions of src/: found by running all tests once over sources that report it. The
 * functions are named by file and number in the order of the text, 0 for what is executed when the module is loaded.
 */

import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import ts from 'typescript';

function parse(path, text) {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

/** Bodies in braces, in the order of the text. Functions without them count as part of what is around them. */
function bodiesOf(source) {
  const bodies = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body && ts.isBlock(node.body)) bodies.push(node.body);
    ts.forEachChild(node, visit);
  };
  visit(source);
  // A function in a default value of a parameter stands before the body.
  return bodies.sort((a, b) => a.pos - b.pos);
}

/** @returns the text with a report in each body, and one behind the imports */
export function instrumented(path, text) {
  const source = parse(path, text);
  const report = (number) => `(globalThis as any).__inklingReach?.('${path}#${number}');`;
  const places = bodiesOf(source).map((body, index) => {
    // A directive or a call of super() may stay behind it.
    return { at: body.getStart(source) + 1, report: report(index + 1) };
  });
  let result = text;
  for (const place of places.reverse()) result = result.slice(0, place.at) + place.report + result.slice(place.at);
  return `${result}\n${report(0)}\n`;
}

/** @returns the name of the innermost function around a place of the text */
export function functionAt(path, text, offset) {
  const source = parse(path, text);
  let found = 0;
  for (const [index, body] of bodiesOf(source).entries()) {
    if (body.getStart(source) < offset && offset < body.end) found = index + 1;
  }
  return `${path}#${found}`;
}

/** @returns for each function the test files that enter it, as paths from `root` */
export async function readReach(folder, root) {
  const reach = {};
  for (const name of await readdir(folder)) {
    const test = relative(root, decodeURIComponent(name));
    const ids = new Set((await readFile(join(folder, name), 'utf8')).trim().split('\n'));
    for (const id of ids) {
      reach[id] ??= [];
      reach[id].push(test);
    }
  }
  return reach;
}
