/** The part of asciichart that is used here; the package has no types of its own. */
declare module 'asciichart' {
  interface Configuration {
    /** Columns before the curves; the label takes one of them whatever its length, the axis another. */
    offset?: number;
    /** Rows, less one. */
    height?: number;
    min?: number;
    max?: number;
    /** Axis with a value, axis, two ends, horizontal, up and down corners (4), vertical. */
    symbols?: readonly string[];
    /** The label of a row, counted from 0 at the top. */
    format?: (value: number, row: number) => string;
  }
  const asciichart: {
    plot(series: readonly number[], configuration?: Configuration): string;
    colored(text: string, colour: string): string;
    readonly lightblue: string;
    readonly yellow: string;
  };
  export = asciichart;
}
