// builds the program that asks the real Istio: node scripts/build-oracle.js
const { spawnSync } = require('child_process');
const path = require('path');

const folder = path.resolve(__dirname, '..', 'test', 'conformance', 'oracle');
const { error, status } = spawnSync('go', ['build', '-o', 'bin/oracle', '.'], { cwd: folder, stdio: 'inherit' });
if (error !== undefined) {
  console.error(error.code === 'ENOENT'
    ? 'The conformance suite asks the real Istio, which is built with Go: install Go (https://go.dev/dl), then run it again.'
    : `Go could not be started: ${error.message}`);
}
process.exitCode = status ?? 1;
