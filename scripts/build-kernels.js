/**
 * Compiles assembly/ into the engine's WebAssembly builds, `plain` and `fused`, each for vectors of 128 and of 256
 * bits, and writes them as base64 with the signatures of all kernels to src/engine/kernel-binaries.ts, so that no
 * program that uses Inkling has to find a .wasm file.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'src/engine/kernel-binaries.ts');

async function compile(folder, arithmetic, vectorBits) {
  const binary = join(folder, `${arithmetic}.wasm`);
  const features = arithmetic === 'fused' ? ['simd', 'threads', 'relaxed-simd'] : ['simd', 'threads'];
  const { error, stderr } = await asc.main([
    join(root, 'assembly/index.ts'),
    '--outFile',
    binary,
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--importMemory',
    '--sharedMemory',
    '--initialMemory',
    '1',
    '--maximumMemory',
    '65536',
    '--enable',
    features.join(','),
    '--use',
    `VECTOR_BITS=${vectorBits}`,
    '--bindings',
    'raw',
  ]);
  if (error) throw new Error(`${stderr.toString()}\nThe kernels did not compile (${arithmetic}).`, { cause: error });
  return { binary: await readFile(binary), declarations: await readFile(join(folder, `${arithmetic}.d.ts`), 'utf8') };
}

/** A module of one function and without a memory, since every memory takes some ten gigabytes of address space. */
async function compileFusedProbe(folder) {
  const binary = join(folder, 'fused-probe.wasm');
  const source = join(root, 'assembly/fused-probe.ts');
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--noExportMemory', '--enable', 'simd,relaxed-simd'];
  const { error, stderr } = await asc.main([source, '--outFile', binary, ...options]);
  if (error) throw new Error(`${stderr.toString()}\nThe probe did not compile.`, { cause: error });
  return readFile(binary);
}

/** Turns `export declare function name(a: number): void;` lines into the methods of an interface. */
function kernelInterface(declarations) {
  const signatures = [
    ...declarations.matchAll(
      /export (?:declare )?function (\w+)\(([^)]*)\): (\w+);|^ {2}(\w+)\(([^)]*)\): (\w+)[,;]/gm,
    ),
  ];
  return signatures
    .map(([, name, parameters, result, shortName, shortParameters, shortResult]) => {
      return `  ${name ?? shortName}(${parameters ?? shortParameters}): ${result ?? shortResult};`;
    })
    .join('\n');
}

const folder = await mkdtemp(join(tmpdir(), 'inkling-kernels-'));
try {
  const builds = {};
  let declarations = '';
  for (const arithmetic of ['plain', 'fused']) {
    builds[arithmetic] = {};
    for (const vectorBits of [128, 256]) {
      const build = await compile(folder, arithmetic, vectorBits);
      builds[arithmetic][vectorBits] = build.binary.toString('base64');
      declarations = build.declarations;
    }
  }
  const source = `// Made from assembly/ by scripts/build-kernels.js.

/** The kernels by name. Addresses, counts and strides are unsigned 32-bit integers. */
export interface Kernels {
${kernelInterface(declarations)}
}

/** By arithmetic and width of vectors in bits. */
export const kernelBinaries = ${JSON.stringify(builds, undefined, 2)};

/** Exports \`multiplyAddResidue\`: whether this host has a fused multiply-add. */
export const fusedProbe = '${(await compileFusedProbe(folder)).toString('base64')}';
`;
  const before = await readFile(output, 'utf8').catch(() => '');
  if (before !== source) await writeFile(output, source);
} finally {
  await rm(folder, { recursive: true });
}
