/**
 * The look of the report, for screens in light and dark and for paper. Charts are shown in their own size: of a chart's
 * drawings the widest that fits, and where none does it scrolls, as wide tables do; a shadow at an edge tells that
 * there is more.
 */

/**
 * A phone; half of a desktop's page; a tablet or a sheet of paper; a desktop. The widest that fits is shown.
 */
export const pageWidths = [340, 540, 680, 1090] as const;
export type PageWidth = (typeof pageWidths)[number];

const drawingThatFits = pageWidths
  .map(
    (width) =>
      `@container (min-width: ${width}px) { .from-${width} { display: block; } .until-${width} { display: none; } }`,
  )
  .join('\n');

export const reportStyle = `
:root { --shade: rgb(0 0 0 / .22); --text: #1a1c1f; --quiet: #5b6066; --line: #e1e4e8; --paper: #ffffff; --page: #f5f6f8; --accent: #005a92; --warn: #fff4e0; }
@media screen and (prefers-color-scheme: dark) {
  :root { --shade: rgb(255 255 255 / .28); --text: #e8eaed; --quiet: #a3a9b1; --line: #33383f; --paper: #1d2126; --page: #131619; --accent: #6bb8ea; --warn: #3a2c12; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; padding: 3rem 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; }
header, main { max-width: 76rem; margin: 0 auto; }
h1 { margin: 0; font-size: 2.25rem; line-height: 1.15; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { margin: 0 0 1rem; font-size: 1.3rem; letter-spacing: -0.01em; }
.kicker { margin: 0 0 .35rem; color: var(--accent); font-weight: 600; }
.when { margin: .4rem 0 0; color: var(--quiet); }
section { margin-top: 1.5rem; padding: 1.75rem; background: var(--paper); border: 1px solid var(--line); border-radius: 14px; }
.note { margin: 0 0 1.25rem; padding: .7rem 1rem; background: var(--warn); border-radius: 8px; }
dl { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1.5rem; margin: 0; }
dl > div { border-top: 1px solid var(--line); padding-top: 1rem; }
dl > .main { grid-column: 1 / -1; border: 0; padding: 0; }
dt { color: var(--quiet); font-size: .9rem; }
dd { margin: 0; font-size: 1.6rem; font-weight: 600; line-height: 1.25; font-variant-numeric: tabular-nums; }
.main dd { font-size: 4rem; line-height: 1.1; letter-spacing: -0.03em; color: var(--accent); }
small { display: block; margin-top: .15rem; color: var(--quiet); font-size: .85rem; font-weight: 400; letter-spacing: 0; line-height: 1.45; }
.main small { margin-top: .5rem; font-size: 1rem; }
figure { margin: 0; container-type: inline-size; }
figcaption { max-width: 68ch; margin-bottom: .75rem; color: var(--quiet); font-size: .92rem; }
figcaption strong { display: block; color: var(--text); font-size: 1rem; }
svg { display: block; margin: 0 auto; }
svg > rect:first-child { fill: none; }
[class*='from-'] { display: none; }
.drawing, .wide { overflow-x: auto; background:
  linear-gradient(to right, var(--paper) 30%, transparent) left / 2.5rem 100%,
  linear-gradient(to left, var(--paper) 30%, transparent) right / 2.5rem 100%,
  linear-gradient(to right, var(--shade), transparent) left / .9rem 100%,
  linear-gradient(to left, var(--shade), transparent) right / .9rem 100%;
  background-repeat: no-repeat; background-attachment: local, local, scroll, scroll; }
${drawingThatFits}
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; align-items: start; }
.pair > * { min-width: 0; }
figure + .wide, .pair + .wide, figure + details, .wide + .facts, p + .facts { margin-top: 1.25rem; }
.wide { container-type: inline-size; }
.wide caption > span { display: block; position: sticky; left: 0; max-width: 100cqi; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
caption { padding-bottom: .5rem; color: var(--quiet); text-align: left; }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.facts th, .numbers th { overflow-wrap: normal; }
.numbers th, .numbers td { white-space: nowrap; font-variant-numeric: tabular-nums; }
.numbers td, .numbers thead th + th { padding: .4rem 0 .4rem .75rem; text-align: right; }
.phrase { display: inline-block; max-width: 12rem; white-space: normal; text-align: left; }
thead th { color: var(--quiet); font-weight: 600; border-bottom: 2px solid var(--line); }
tbody th { font-weight: 500; }
tfoot th, tfoot td { font-weight: 600; }
.facts th { width: 9.5rem; color: var(--quiet); font-weight: 400; }
.term { color: inherit; text-decoration: underline dotted; text-underline-offset: .2em; }
.words { grid-template-columns: 1fr 1fr; }
.words dt { color: var(--text); font-weight: 600; }
.words dd { color: var(--quiet); font-size: .92rem; font-weight: 400; line-height: 1.5; }
summary { cursor: pointer; color: var(--accent); }
details > .wide { margin-top: .75rem; }
pre { margin: 1rem 0 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 10px; background: var(--page);
  white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; }
pre span { display: inline-block; max-width: 100%; }
code { font: .92rem/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
.hash { font-size: .8rem; }
/* Charts are made for white paper. In the dark their lightness is turned round and their hue kept; photographs stay. */
@media screen and (prefers-color-scheme: dark) {
  figure:not(.images) svg { filter: invert(.93) hue-rotate(180deg); }
  figure.images text { fill: var(--text); }
}
@media (max-width: 76rem) {
  .pair { grid-template-columns: 1fr; }
}
@media (max-width: 60rem) {
  dl { grid-template-columns: 1fr 1fr; }
  section { padding: 1.25rem; }
  .main dd { font-size: 3rem; }
}
@media (max-width: 40rem) {
  .words { grid-template-columns: 1fr; }
  body { padding: 1.5rem .5rem 3rem; }
  header { padding: 0 1rem; }
  section { padding: 1rem; border-radius: 10px; }
  h1 { font-size: 1.75rem; }
  table { font-size: .85rem; }
  .numbers thead th { white-space: normal; vertical-align: bottom; }
  .numbers td, .numbers thead th + th { padding-left: .5rem; }
  .numbers tbody th, .numbers tfoot th { position: sticky; left: 0; background: var(--paper); white-space: normal; overflow-wrap: break-word; }
  .facts th { width: 7rem; padding-right: .5rem; }
}
@page { margin: 1.2cm; }
@media print {
  :root { --text: #000; --quiet: #444; --line: #ccc; --paper: #fff; --page: #fff; --accent: #005a92; --warn: #fff; color-scheme: light; }
  body { padding: 0; font-size: 9.5pt; }
  header, main { max-width: none; }
  section { margin-top: 0; padding: .8rem 0; border: 0; border-top: 1px solid var(--line); border-radius: 0; }
  h1 { font-size: 1.6rem; }
  h2 { margin-bottom: .5rem; font-size: 1.15rem; }
  .main dd { font-size: 2.2rem; }
  dl { grid-template-columns: repeat(4, 1fr); gap: .75rem; }
  .words { grid-template-columns: 1fr 1fr; }
  .pair { grid-template-columns: 1fr 1fr; gap: 1rem; break-inside: avoid; }
  svg { max-width: 100%; height: auto; }
  .drawing, .wide { overflow: visible; background: none; }
  table { font-size: .8rem; line-height: 1.4; }
  th, td { padding: .12rem .5rem .12rem 0; }
  .numbers td, .numbers thead th + th { padding: .12rem 0 .12rem .35rem; }
  .numbers th, .facts th { white-space: normal; }
  .facts th { width: 7rem; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  h2, h2 + p, caption, figcaption, summary { break-after: avoid; }
  figure, tr, dl, .facts, pre, section > .wide { break-inside: avoid; }
  details::details-content { content-visibility: visible; }
  summary { list-style: none; color: var(--quiet); }
}
`;
