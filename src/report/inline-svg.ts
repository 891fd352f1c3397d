/** Puts an SVG document into an HTML page. Made for the SVG that Vega writes. */

import { Html, html } from './html.js';

/**
 * The picture as an element of a page: ids are made unique by a prefix, namespaces go (HTML needs none), it is shown in
 * its own size, so that its texts keep theirs, and for screen readers the whole is one image with this description.
 * @param prefix unique in the page: letters, digits and "-"
 */
export function inlineSvg(svg: string, prefix: string, description: string): Html {
  const start = svg.indexOf('<svg');
  const startEnd = svg.indexOf('>', start) + 1;
  const root = svg.slice(start, startEnd);
  const viewBox = attribute(root, 'viewBox') ?? `0 0 ${attribute(root, 'width')} ${attribute(root, 'height')}`;
  const [, , width, height] = viewBox.split(/[ ,]+/);
  const content = svg
    .slice(startEnd)
    .replace(/ xmlns(:\w+)?="[^"]*"/g, '')
    .replace(/ id="([^"]*)"/g, ` id="${prefix}-$1"`)
    .replace(/url\(#([^)]*)\)/g, `url(#${prefix}-$1)`)
    .replace(/ (?:xlink:)?href="#([^"]*)"/g, ` href="#${prefix}-$1"`)
    .replace(/ xlink:href="/g, ' href="');
  return html`<svg viewBox="${viewBox}" width="${width}" height="${height}" role="img" aria-label="${description}">${new Html(content)}`;
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
}
