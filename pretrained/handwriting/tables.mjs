/** Tables of figures, as text for a terminal and as Markdown for the guides. Limits: fractions in per cent. */

/** @typedef {import('./judge.mjs').Figures} Figures */
/** @typedef {import('./rows.mjs').Row} Row */

/** By what a row asks: the heading of each column and its figure. */
const columns = {
  digit: {
    right: 'right',
    sureAndRight: '`digit` and right',
    surelyWrong: 'surely wrong',
    notSure: '`not sure`',
    notADigit: '`not a digit`',
    blank: '`blank`',
  },
  number: {
    digitsRight: 'digits right',
    right: 'numbers right',
    flaggedOfWrong: 'of the wrong, flagged',
    surelyWrong: 'surely wrong',
    rightUnflagged: 'right, without a flag',
    signsTold: 'signs told',
  },
  'no digit': { sure: '`digit`', notSure: '`not sure`', notADigit: '`not a digit`', blank: '`blank`' },
};

export function percent(share, decimals = 1) {
  return !share || share.of === 0 ? '–' : ((100 * share.count) / share.of).toFixed(decimals);
}

const picturesOf = (figures) => figures.right.of;

function aligned(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) =>
    line
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join('  ')
      .trimEnd(),
  );
}

/**
 * One table for each kind of row, in per cent.
 * @param {readonly { row: Row, figures: Figures, missed: readonly string[] }[]} measured
 * @returns {string}
 */
export function textTables(measured) {
  return Object.entries(columns)
    .flatMap(([asks, headings]) => {
      const own = measured.filter(({ row }) => row.asks === asks);
      if (own.length === 0) return [];
      const head = [
        asks === 'digit' ? 'one digit, %' : `${asks}, %`,
        'pictures',
        ...Object.values(headings).map((text) => text.replaceAll('`', '')),
        'bounds',
      ];
      const lines = own.map(({ row, figures, missed }) => [
        row.name,
        String(picturesOf(figures)),
        ...Object.keys(headings).map((name) => percent(figures[name])),
        missed.length === 0 ? 'held' : `missed: ${missed.map((text) => text.split(':')[0]).join(', ')}`,
      ]);
      return [aligned([head, ...lines]).join('\n')];
    })
    .join('\n\n');
}

/** What a guide shows of each kind of row: of all programs the first, of the one that ships all. */
const inGuide = {
  digit: ['right', 'sureAndRight', 'surelyWrong'],
  number: ['right', 'digitsRight', 'flaggedOfWrong'],
  'no digit': ['sure', 'notSure', 'notADigit'],
};

/**
 * @param {readonly Row[]} rows in the order of the tables
 * @param {{ name: string, figures: Record<string, Figures> }[]} programs figures by row; the first is the one that ships
 * @returns {string} Markdown
 */
export function markdownTables(rows, [own, ...others]) {
  return Object.entries(inGuide)
    .flatMap(([asks, names]) => {
      const measured = rows.filter((row) => row.asks === asks && own.figures[row.name]);
      if (measured.length === 0) return [];
      const [first] = names;
      const compared = columns[asks][first];
      const head = [
        'row',
        'pictures',
        ...names.map((name) => columns[asks][name]),
        ...others.map(({ name }) => `${compared}: ${name}`),
      ];
      const lines = measured.map(({ name }) => {
        const figures = own.figures[name];
        const cells = names.map((figure) => percent(figures[figure], 1));
        return [
          name,
          String(picturesOf(figures)),
          ...cells,
          ...others.map((other) => percent(other.figures[name]?.[first], 1)),
        ];
      });
      const asRow = (cells) => `| ${cells.join(' | ')} |`;
      return [[asRow(head), asRow(head.map(() => '---')), ...lines.map(asRow)].join('\n')];
    })
    .join('\n\n');
}
