const Html = require('html-webpack-plugin');

module.exports = {
  mode: 'production',
  entry: './main.js',
  output: { path: `${__dirname}/built/webpack` },
  plugins: [new Html()],
};
