/**
 * 7. Installed size: the packed tarball with its dependencies and without the data set, beside the peers with theirs.
 */

import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { paths } from '../paths.mjs';
import { runProcess } from '../process.mjs';
import { groupBy } from '../table.mjs';

export const name = 'installed size';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const npmPeers = {
  'TensorFlow.js': ['@tensorflow/tfjs'],
  'TensorFlow.js, wasm': ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
  'TensorFlow.js, node': ['@tensorflow/tfjs-node'],
  'ONNX Runtime, native (npm)': ['onnxruntime-node'],
  'ONNX Runtime, web': ['onnxruntime-web'],
};
const pythonPeers = {
  'Keras on TensorFlow': ['keras', 'tensorflow-cpu'],
  'Keras on TensorFlow, with matplotlib': ['keras', 'tensorflow-cpu', 'matplotlib'],
  PyTorch: ['torch'],
  'ONNX Runtime, native (Python)': ['onnxruntime'],
};

export async function run(bench) {
  const keep = (samples) => bench.samples.push(...samples.map((sample) => ({ workload: name, ...sample })));
  keep([{ label: 'Inkling, without the data set', ...(await installInkling(join(bench.scratch, 'install'))) }]);
  for (const [label, packages] of Object.entries(npmPeers)) {
    const folders = closure(packages, paths.bench);
    if (folders)
      keep([{ label, packages: folders.size, bytes: [...folders].reduce((sum, folder) => sum + sizeOf(folder), 0) }]);
  }
  const job = { task: 'sizes', packages: pythonPeers };
  const measured = await bench.start({ file: 'sizes.py', settings: {} }, job).catch(() => ({ lines: [] }));
  keep(measured.lines);
  bench.say(`${name}: done`);
}

async function installInkling(folder) {
  mkdirSync(folder);
  await runProcess(npm, ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: paths.root });
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const quiet = ['--no-audit', '--no-fund', '--silent'];
  await runProcess(npm, ['install', '--omit=dev', '--omit=optional', ...quiet, `./${tarball}`], { cwd: folder });
  const lock = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'));
  return { packages: Object.keys(lock.packages).length, bytes: sizeOf(join(folder, 'node_modules')) };
}

/** Folders of the packages and all they depend on, or undefined where one of the packages is not installed. */
function closure(packages, from, found = new Set()) {
  for (const packageName of packages) {
    const folder = folderOf(packageName, from);
    if (!folder && from === paths.bench) return undefined;
    if (!folder || found.has(folder)) continue;
    found.add(folder);
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    closure(Object.keys(dependencies), folder, found);
  }
  return found;
}

/** The nearest node_modules folder upwards that has the package, as Node looks for it. */
function folderOf(packageName, from) {
  const places = createRequire(join(from, 'package.json')).resolve.paths(packageName) ?? [];
  return places
    .map((place) => join(place, packageName))
    .find((place) => lstatSync(join(place, 'package.json'), { throwIfNoEntry: false }));
}

/** Bytes of all files in a folder, those of packages inside it too. */
function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + lstatSync(join(entry.parentPath, entry.name)).size, 0);
}

export function tables(samples) {
  const rows = [...groupBy(samples, ({ label }) => label)].map(([label, [{ packages, bytes }]]) => {
    return [label, packages, (bytes / 1e6).toFixed(1)];
  });
  return [{ title: 'Installed size, with all dependencies', columns: ['program', 'packages', 'MB'], rows }];
}
