/**
 * Compiles assembly/ into the engine's WebAssembly builds, `plain` and `fused`, each for vectors of 128 and of 256
 * bits, and writes them as hexadecimal text, so that no program that uses Inkling has to find a .wasm file: those for 128 bits,
 * with the parameters of all kernels and the memory that they need, to src/engine/kernel-binaries.ts; those for 256 to
 * src/platform/wide-kernel-binaries.ts, since no page can ask for them and none has to carry them.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'src/engine/kernel-binaries.ts');
const wideOutput = join(root, 'src/platform/wide-kernel-binaries.ts');

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

/** A module without a memory, since every memory takes some ten gigabytes of address space. */
async function compileWithoutMemory(folder, name) {
  const binary = join(folder, `${name}.wasm`);
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--noExportMemory', '--enable', 'simd,relaxed-simd'];
  const source = join(root, `assembly/${name}.ts`);
  // What the kernels for wide vectors need suffices for the others.
  const build = ['--use', 'VECTOR_BITS=256', '--bindings', 'raw'];
  const { error, stderr } = await asc.main([source, '--outFile', binary, ...options, ...build]);
  if (error) throw new Error(`${stderr.toString()}\n${name} did not compile.`, { cause: error });
  return { binary: await readFile(binary), declarations: await readFile(join(folder, `${name}.d.ts`), 'utf8') };
}

/** Where a binary says that the memory it imports is shared, so that a host without threads can have it otherwise. */
function memoryFlagsAt(binary) {
  const sharedImport = Buffer.from('\x03env\x06memory\x02\x03', 'latin1');
  const at = binary.indexOf(sharedImport);
  if (at === -1) throw new Error('The kernels import no shared memory.');
  return at + sharedImport.length - 1;
}

/** The functions of `export declare function name(a: number): void;` lines: names, parameters and result. */
function signaturesOf(declarations) {
  const pattern = /export (?:declare )?function (\w+)\(([^)]*)\): (\w+);|^ {2}(\w+)\(([^)]*)\): (\w+)[,;]/gm;
  return [...declarations.matchAll(pattern)].map(([, ...found]) => {
    const [name, parameters, result] = found.filter((part) => part !== undefined);
    return { name, parameters: [...parameters.matchAll(/\w+(?=:)/g)].map(String), result };
  });
}

async function writeIfChanged(path, text) {
  const before = await readFile(path, 'utf8').catch(() => '');
  if (before !== text) await writeFile(path, text);
}

const folder = await mkdtemp(join(tmpdir(), 'inkling-kernels-'));
try {
  const [builds, wideBuilds] = [{}, {}];
  let declarations = '';
  const flagsAt = new Set();
  for (const arithmetic of ['plain', 'fused']) {
    for (const vectorBits of [128, 256]) {
      const build = await compile(folder, arithmetic, vectorBits);
      const own = vectorBits === 256 ? wideBuilds : builds;
      own[arithmetic] = build.binary.toString('hex');
      declarations = build.declarations;
      flagsAt.add(memoryFlagsAt(build.binary));
    }
  }
  if (flagsAt.size !== 1) throw new Error(`The builds import their memory at different places: ${[...flagsAt]}.`);
  const probe = await compileWithoutMemory(folder, 'fused-probe');
  const sizes = await compileWithoutMemory(folder, 'kernel-sizes');
  const kernels = signaturesOf(declarations).filter(({ result }) => result === 'void');
  const parameters = kernels.map(({ name, parameters }) => `  ${name}: ${JSON.stringify(parameters)},`);
  const sizeMethods = signaturesOf(sizes.declarations).map(({ name, parameters }) => {
    return `  ${name}(${parameters.map((parameter) => `${parameter}: number`).join(', ')}): number;`;
  });
  const source = `// Made from assembly/ by scripts/build-kernels.js.

/** The kernels' parameters in order. Addresses, counts and strides are unsigned 32-bit integers. */
export const kernelParameters = {
${parameters.join('\n')}
} as const;

/** What memory kernels need beside their tensors, as their own files say: bytes, or a number of columns. */
export interface KernelSizes {
${sizeMethods.join('\n')}
}

/** By arithmetic. */
export const kernelBinaries = ${JSON.stringify(builds, undefined, 2)};

/** Which byte of each of them has the flags of the memory that it imports, a shared one. */
export const memoryFlagsAt = ${[...flagsAt]};

/** Exports the functions of \`KernelSizes\`. */
export const kernelSizesBinary = '${sizes.binary.toString('hex')}';

/** Exports \`multiplyAddResidue\`: whether this host has a fused multiply-add. */
export const fusedProbe = '${probe.binary.toString('hex')}';
`;
  await writeIfChanged(output, source);
  await writeIfChanged(
    wideOutput,
    `// Made from assembly/ by scripts/build-kernels.js.

/** The kernels written for vectors of 256 bits, by arithmetic. */
export const wideKernelBinaries = ${JSON.stringify(wideBuilds, undefined, 2)};
`,
  );
} finally {
  await rm(folder, { recursive: true });
}
