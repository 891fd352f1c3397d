#!/usr/bin/env node
// Starts the command line, or says what is missing to start it. Plain JavaScript that old versions of Node can read too.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const oldestNode = [20, 19];

function refuse(message) {
  process.stderr.write(`Error: ${message}\n`);
  process.exitCode = 1;
}

function isOldNode() {
  const version = process.versions.node.split('.').map(Number);
  return version[0] < oldestNode[0] || (version[0] === oldestNode[0] && version[1] < oldestNode[1]);
}

const entrance = new URL('../dist/cli/main.js', import.meta.url);
const folder = fileURLToPath(new URL('..', import.meta.url));

if (isOldNode()) {
  refuse(
    'Inkling needs Node.js ' +
      oldestNode.join('.') +
      ' or later; this is ' +
      process.versions.node +
      '. ' +
      'Install a current version from https://nodejs.org.',
  );
} else if (!existsSync(entrance)) {
  refuse(`Inkling is not built yet. Run "npm install", or after a change "npm run build", in ${folder}`);
} else {
  import(entrance.href).then(
    (program) => program.main(process.argv.slice(2)),
    (error) => {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
      refuse(`a part of Inkling is missing. Run "npm install" in ${folder}\n${error.message}`);
    },
  );
}
