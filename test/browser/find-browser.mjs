/**
 * Finds the browser that the tests of pages run in: where $CHROMIUM says, else a Chrome, Chromium or Edge that is
 * installed, else, on Linux x64, the Chromium that the npm package @sparticuz/chromium brings.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What `test:node` runs needs no browser, so each way to a failure ends with it. */
const help =
  'Install Chrome, Chromium or Edge, or set the environment variable CHROMIUM to the path of one. ' +
  '"npm run test:node" runs all tests but those of pages.';

const programsOnLinux = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const applicationsOnMac = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

const programsOnWindows = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** @returns where a browser usually is on such a machine, the likeliest place first */
export function usualPlaces({ platform, environment, home }) {
  if (platform === 'win32') {
    const { LOCALAPPDATA, PROGRAMFILES, ProgramW6432 } = environment;
    const folders = [PROGRAMFILES, ProgramW6432, environment['PROGRAMFILES(X86)'], LOCALAPPDATA].filter(Boolean);
    return programsOnWindows.flatMap((program) => folders.map((folder) => win32.join(folder, program)));
  }
  const path = (environment.PATH ?? '').split(':').filter(Boolean);
  const onPath = programsOnLinux.flatMap((program) => path.map((folder) => posix.join(folder, program)));
  if (platform !== 'darwin') return onPath;
  const inApplications = applicationsOnMac.flatMap((name) =>
    ['/Applications', posix.join(home, 'Applications')].map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`),
  );
  return [...inApplications, ...onPath];
}

const thisMachine = {
  platform: process.platform,
  arch: process.arch,
  environment: process.env,
  home: homedir(),
  exists: existsSync,
  /** Ubuntu's chromium-browser is a script that only says how to install one. Windows' Chrome would open a window. */
  starts: (path) => process.platform !== 'linux' || versionOf(path) !== undefined,
  unpack: unpackPackage,
};

/** @throws Error that says how to get a browser, where there is none */
export function findBrowser(machine = {}) {
  const { platform, arch, environment, exists, starts, unpack, home } = { ...thisMachine, ...machine };
  const chosen = environment.CHROMIUM;
  if (chosen) {
    if (exists(chosen)) return { executablePath: chosen };
    throw new Error(`CHROMIUM names ${chosen}, where there is no file. ${help}`);
  }
  const installed = usualPlaces({ platform, environment, home }).find((path) => exists(path) && starts(path));
  if (installed !== undefined) return { executablePath: installed };
  if (platform === 'linux' && arch === 'x64') return unpack();
  throw new Error(
    `The tests of pages run in a browser, and none was found on this machine (${platform} ${arch}). ${help}`,
  );
}

function versionOf(path, env = process.env) {
  try {
    return execFileSync(path, ['--version'], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 30_000,
    });
  } catch {
    return undefined;
  }
}

/** The package brings its files compressed; they are unpacked once, into node_modules/.cache/. */
function unpackPackage() {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'));
  const cache = join(root, 'node_modules/.cache');
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const partial = mkdtempSync(`${folder}-`);
    try {
      unpackInto(partial);
      renameSync(partial, folder);
    } catch (error) {
      // Another process may have been faster.
      rmSync(partial, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  const browser = {
    executablePath: join(folder, 'chromium'),
    env: {
      ...process.env,
      // NSS and expat, which small machines do not have.
      LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
    },
  };
  if (versionOf(browser.executablePath, browser.env) !== undefined) return browser;
  throw new Error(
    `The tests of pages run in a browser, none is installed, and the one of the npm package @sparticuz/chromium does not start here: ` +
      `${browser.executablePath} needs Linux with glibc 2.34 or newer. ${help}`,
  );
}

/**
 * The package unpacks into the temporary directory, and its libraries only where the environment is that of AWS Lambda.
 */
function unpackInto(folder) {
  const program = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
