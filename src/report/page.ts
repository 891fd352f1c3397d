/** A page that needs no other file, no network and no script: what every page has, whatever it tells. */

import { Html, html } from './html.js';
import { reportStyle } from './report-style.js';

/** @returns a complete HTML document */
export function page(title: string, header: Html, main: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Inkling</title>
<style>${new Html(reportStyle)}</style>
</head>
<body>
${header}
<main>${main}
</main>
</body>
</html>
`.text;
}

/** @param id of its heading, unique in the page */
export function section(id: string, heading: string, ...content: (Html | undefined)[]): Html {
  return html`
<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
${content}</section>`;
}
