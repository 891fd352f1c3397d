/**
 * Writes THIRD-PARTY-NOTICES.md, the packages that are installed with Inkling and their licences, from
 * package-lock.json: `npm run notices`, after each change of the dependencies.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const file = (name) => new URL(`../${name}`, import.meta.url);

/** What `studio/` imports, and what these import. */
const inStudio = [
  '@preact/signals',
  '@preact/signals-core',
  'fflate',
  'idb',
  'is-any-array',
  'ml-array-max',
  'ml-array-min',
  'ml-array-rescale',
  'ml-levenberg-marquardt',
  'ml-matrix',
  'preact',
  'umap-js',
  'uplot',
];

/** @returns {Promise<string>} what the file should hold by the lock that is there */
export async function thirdPartyNotices() {
  const { packages } = JSON.parse(await readFile(file('package-lock.json'), 'utf8'));
  const byLicence = new Map();
  for (const [path, { version, license = 'not stated', dev, devOptional, peer }] of Object.entries(packages)) {
    if (path === '' || dev || devOptional || peer) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    byLicence.set(license, [...(byLicence.get(license) ?? []), `${name} ${version}`]);
  }
  const total = [...byLicence.values()].reduce((sum, names) => sum + names.length, 0);
  const sections = [...byLicence.entries()]
    .sort(([a, namesOfA], [b, namesOfB]) => namesOfB.length - namesOfA.length || (a < b ? -1 : 1))
    .map(([licence, names]) => `## ${licence} (${names.length})\n\n${[...new Set(names)].sort().join(', ')}\n`);
  const bundled = await Promise.all(
    inStudio.map(async (name) => {
      const { version, license } = packages[`node_modules/${name}`];
      const text = await readFile(file(`node_modules/${name}/LICENSE`), 'utf8');
      return `### ${name} ${version} (${license})\n\n${text.trim()}\n`;
    }),
  );
  return `# Third-party notices

Inkling itself is under the MIT licence (LICENSE). npm installs these ${total} packages beside it, those for other
systems than yours left out, each with the text of its own licence in its folder. Made from package-lock.json by \`npm run notices\`.

${sections.join('\n')}
## In the studio

The studio's page, dist/studio, has these packages in it.

${bundled.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(file('THIRD-PARTY-NOTICES.md'), await thirdPartyNotices());
}
