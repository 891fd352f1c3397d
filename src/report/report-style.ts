/** The look of the report, for screens in light and dark and for paper. */

export const reportStyle = `
:root { --text: #1a1c1f; --quiet: #5b6066; --line: #e1e4e8; --paper: #ffffff; --page: #f5f6f8; --accent: #005a92; --warn: #fff4e0; }
@media screen and (prefers-color-scheme: dark) {
  :root { --text: #e8eaed; --quiet: #a3a9b1; --line: #33383f; --paper: #1d2126; --page: #131619; --accent: #6bb8ea; --warn: #3a2c12; }
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
figure { margin: 0; }
svg { display: block; width: 100%; height: auto; margin: 0 auto; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; align-items: start; }
.pair > * { min-width: 0; }
figure + .wide, .pair + .wide, figure + details, .wide + .facts, p + .facts { margin-top: 1.25rem; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
caption { padding-bottom: .5rem; color: var(--quiet); text-align: left; }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.numbers th, .numbers td { white-space: nowrap; font-variant-numeric: tabular-nums; }
.numbers td, .numbers thead th + th { padding: .4rem 0 .4rem .75rem; text-align: right; }
thead th { color: var(--quiet); font-weight: 600; border-bottom: 2px solid var(--line); }
tbody th { font-weight: 500; }
tfoot th, tfoot td { font-weight: 600; }
.facts th { width: 9.5rem; color: var(--quiet); font-weight: 400; }
summary { cursor: pointer; color: var(--accent); }
details > .wide { margin-top: .75rem; }
pre { margin: 1rem 0 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 10px; background: var(--page);
  white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; }
code { font: .92rem/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
.hash { font-size: .8rem; }
/* Charts are made for white paper. In the dark their lightness is turned round and their hue kept; photographs stay. */
@media screen and (prefers-color-scheme: dark) {
  figure svg > rect:first-child { fill: none; }
  figure:not(.images) svg { filter: invert(.93) hue-rotate(180deg); }
  figure.images text { fill: var(--text); }
}
@media (max-width: 60rem) {
  .pair { grid-template-columns: 1fr; }
  dl { grid-template-columns: 1fr 1fr; }
  section { padding: 1.25rem; }
  .main dd { font-size: 3rem; }
}
@media print {
  :root { --text: #000; --quiet: #444; --line: #ccc; --paper: #fff; --page: #fff; --accent: #005a92; --warn: #fff; color-scheme: light; }
  body { padding: 0; font-size: 10pt; }
  section { margin-top: 0; padding: 1.2rem 0; border: 0; border-top: 1px solid var(--line); border-radius: 0; }
  h2, caption { break-after: avoid; }
  figure, tr, dl, .facts { break-inside: avoid; }
}
`;
