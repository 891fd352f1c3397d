/** Where the tests of pages look for a browser, on machines of every kind; and what they say where there is none. */

import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findBrowser, type Machine } from './browser/find-browser.mjs';

const check = fileURLToPath(new URL('browser/check-browser.mjs', import.meta.url));

const packaged = { executablePath: 'the one of the npm package' };

function machine(platform: string, arch: string, environment: Record<string, string>, ...files: string[]): Machine {
  return {
    platform,
    arch,
    environment,
    home: '/Users/ada',
    exists: (path) => files.includes(path),
    starts: () => true,
    unpack: () => packaged,
  };
}

const windows = {
  LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local',
  PROGRAMFILES: 'C:\\Program Files',
  'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
};

test.each([
  ['linux', 'x64', { PATH: '/usr/local/bin:/usr/bin' }, '/usr/bin/chromium'],
  ['linux', 'x64', { PATH: '/usr/bin:/snap/bin' }, '/snap/bin/chromium'],
  ['linux', 'arm64', { PATH: '/usr/bin' }, '/usr/bin/chromium-browser'],
  ['linux', 'x64', { PATH: '/usr/bin' }, '/usr/bin/google-chrome'],
  ['linux', 'x64', { PATH: '/usr/bin' }, '/usr/bin/microsoft-edge-stable'],
  ['darwin', 'arm64', {}, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  ['darwin', 'arm64', {}, '/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium'],
  ['darwin', 'x64', {}, '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
  ['darwin', 'arm64', { PATH: '/opt/homebrew/bin' }, '/opt/homebrew/bin/chromium'],
  ['win32', 'x64', windows, 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
  ['win32', 'x64', windows, 'C:\\Users\\ada\\AppData\\Local\\Chromium\\Application\\chrome.exe'],
  ['win32', 'arm64', windows, 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
] as const)('on %s %s with %o it finds %s', (platform, arch, environment, executablePath) => {
  expect(findBrowser(machine(platform, arch, environment, executablePath, '/elsewhere/chromium'))).toEqual({
    executablePath,
  });
});

test('CHROMIUM goes before all others, and is an error where it names nothing', () => {
  const chosen = { CHROMIUM: '/opt/mine', PATH: '/usr/bin' };
  expect(findBrowser(machine('linux', 'x64', chosen, '/usr/bin/chromium', '/opt/mine'))).toEqual({
    executablePath: '/opt/mine',
  });
  expect(() => findBrowser(machine('linux', 'x64', chosen, '/usr/bin/chromium'))).toThrow(
    'CHROMIUM names /opt/mine, where there is no file. Install Chrome',
  );
});

test('without one that starts, Linux x64 takes that of the npm package', () => {
  expect(findBrowser(machine('linux', 'x64', { PATH: '/usr/bin' }))).toBe(packaged);
  const stub = machine('linux', 'x64', { PATH: '/usr/bin' }, '/usr/bin/chromium-browser');
  expect(findBrowser({ ...stub, starts: () => false })).toBe(packaged);
});

test.each([
  ['darwin', 'arm64'],
  ['linux', 'arm64'],
  ['win32', 'x64'],
])('without one, %s %s is told how to get one, and what runs without', (platform, arch) => {
  const search = () => findBrowser(machine(platform, arch, { PATH: '/usr/bin' }));
  expect(search).toThrow(`none was found on this machine (${platform} ${arch}). Install Chrome, Chromium or Edge`);
  expect(search).toThrow('CHROMIUM');
  expect(search).toThrow('npm run test:node');
});

test('the check before the tests ends with 1 where there is none, and names the one there is', () => {
  const { status, stderr } = spawnSync(process.execPath, [check], {
    encoding: 'utf8',
    env: { ...process.env, CHROMIUM: '/nowhere/chromium' },
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^CHROMIUM names \/nowhere\/chromium, .*npm run test:node/);
  const found = execFileSync(process.execPath, [check], {
    encoding: 'utf8',
    env: { ...process.env, CHROMIUM: process.execPath },
  });
  expect(found).toBe(`The tests of pages run in ${process.execPath}.\n`);
});

// No other machine can start it.
if (process.platform === 'linux' && process.arch === 'x64') {
  test('the browser of the npm package starts', () => {
    const { executablePath, env } = findBrowser({ environment: {} });
    expect(execFileSync(executablePath, ['--version'], { env, encoding: 'utf8' })).toMatch(/^Chromium \d+/);
  });
}
