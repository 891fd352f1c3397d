import { dirname } from 'node:path';

export default {
  output: 'export',
  serverExternalPackages: ['inkling'],
  // The packages are in the folder above.
  turbopack: { root: dirname(import.meta.dirname) },
};
