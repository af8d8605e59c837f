// puts the command line into one file, so that it starts fast: node scripts/bundle-cli.js [FILE]
const fs = require('fs');
const path = require('path');
const { buildSync } = require('esbuild');

const root = path.resolve(__dirname, '..');
const outfile = path.resolve(process.argv[2] ?? path.join(root, 'build', 'lib', 'cli', 'cdk8s-istio.js'));

buildSync({
  entryPoints: [path.join(root, 'lib', 'cli', 'cdk8s-istio.ts')],
  tsconfigRaw: {},
  bundle: true,
  platform: 'node',
  target: 'node20',
  // some of the libraries are taken as ES modules, which ask for their own address
  define: { 'import.meta.url': 'addressOfThisFile' },
  // as an ES module the parser of YAML becomes a part of one large scope, in which it is half as fast
  alias: { 'js-yaml': require.resolve('js-yaml') },
  banner: { js: "const addressOfThisFile = require('url').pathToFileURL(__filename).href;" },
  // a third of the time of a short run goes into compiling the file
  minify: true,
  // what the licences ask for stays
  legalComments: 'inline',
  allowOverwrite: true,
  logLevel: 'warning',
  outfile,
});
fs.chmodSync(outfile, 0o755);
