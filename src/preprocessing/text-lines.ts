/**
 * Lines of writing: which components stand beside each other. Lines may rise and fall, and be closer to each other than
 * a quarter of their height. Limits: their writing runs from left to right and rises by less than 45 degrees.
 */

import { boxHeight, type Component } from './connected-components.js';

/** What stands side by side. */
export interface TextLine {
  /** From left to right by their middles. */
  readonly components: readonly Component[];
  /** Of its digits, in pixels. */
  readonly height: number;
}

/** A component is of a line where its middle is off by no more than this share of the line's height. */
const offLine = 0.5;
/** Of a line of which two are known so far, also where it is off the level of the last one by no more than this share. */
const offLevel = 0.3;
/** A line's direction is known from this many heights of length on. */
const shortestRun = 1.5;
/** What is less high than this share of the highest is no measure of the line's height. */
const bodyHeight = 0.6;

const middleX = ({ box }: Component) => (box.left + box.right) / 2;
const middleY = ({ box }: Component) => (box.top + box.bottom) / 2;

/**
 * From the top, as a page is read.
 * @param components none of them much less high than the digits: small strokes belong to what is near to them
 */
export function findTextLines(components: readonly Component[]): TextLine[] {
  const lines: TextLine[] = [];
  // The highest is the surest to be a whole digit: half of a broken one is not the measure of its neighbours.
  const rest = new Set(components.toSorted((a, b) => boxHeight(b.box) - boxHeight(a.box) || a.label - b.label));
  for (const first of rest) {
    rest.delete(first);
    lines.push(lineThrough(first, rest));
  }
  return inReadingOrder(lines);
}

/** Takes from `rest` what stands in line with the first component: outwards from it, each next one in turn. */
function lineThrough(first: Component, rest: Set<Component>): TextLine {
  const height = boxHeight(first.box);
  const members = [first];
  for (const direction of [1, -1]) {
    let last = first;
    const ahead = [...rest]
      .filter((component) => direction * (middleX(component) - middleX(first)) >= 0)
      .sort((a, b) => direction * (middleX(a) - middleX(b)) || a.label - b.label);
    for (const component of ahead) {
      const expected = middleY(last) + riseOf(members, height) * (middleX(component) - middleX(last));
      const isOff = Math.abs(middleY(component) - expected) > offLine * height;
      // Two digits that stand at different heights make no slanted line.
      const isLevel = members.length === 2 && Math.abs(middleY(component) - middleY(last)) <= offLevel * height;
      if (isOff && !isLevel) continue;
      rest.delete(component);
      members.push(component);
      if (boxHeight(component.box) >= bodyHeight * height) last = component;
    }
  }
  const bodies = members.map(({ box }) => boxHeight(box)).filter((it) => it >= bodyHeight * height);
  bodies.sort((a, b) => a - b);
  return {
    components: members.sort((a, b) => middleX(a) - middleX(b) || a.label - b.label),
    height: bodies[Math.floor(bodies.length / 2)],
  };
}

/** Rows down for each column to the right: the line of least squares through the middles of the high ones. */
function riseOf(members: readonly Component[], height: number): number {
  const bodies = members.filter(({ box }) => boxHeight(box) >= bodyHeight * height);
  const [meanX, meanY] = [middleX, middleY].map((of) => bodies.reduce((sum, it) => sum + of(it), 0) / bodies.length);
  const length = Math.max(...bodies.map(middleX)) - Math.min(...bodies.map(middleX));
  if (length < shortestRun * height) return 0;
  let [across, down] = [0, 0];
  for (const component of bodies) {
    across += (middleX(component) - meanX) ** 2;
    down += (middleX(component) - meanX) * (middleY(component) - meanY);
  }
  return Math.min(Math.max(down / across, -1), 1);
}

/** One line is above another where it is so in the columns that both have; else by their middles. */
function inReadingOrder(lines: readonly TextLine[]): TextLine[] {
  return lines.toSorted((a, b) => {
    const pairs = a.components.flatMap((one) => b.components.map((other) => [one, other] as const));
    const distance = ([one, other]: (typeof pairs)[number]) => Math.abs(middleX(one) - middleX(other));
    const [one, other] = pairs.reduce((nearest, pair) => (distance(pair) < distance(nearest) ? pair : nearest));
    return middleY(one) - middleY(other);
  });
}
