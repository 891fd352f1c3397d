import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';

export default {
  input: 'main.js',
  output: { dir: 'built/rollup', format: 'es' },
  plugins: [resolve({ browser: true, exportConditions: ['browser'] }), commonjs()],
};
