// how long the command takes from start to finish, beside the real Istio's analyzer on the same file
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { medians, report, run } = require('./measure');

const PROGRAM = path.join(__dirname, '..', 'build', 'lib', 'cli', 'cdk8s-istio.js');
const ORACLE = path.join(__dirname, '..', 'test', 'conformance', 'oracle', 'bin', 'oracle');

function wallTime(command, ...args) {
  const start = process.hrtime.bigint();
  execFileSync(command, args, { stdio: 'ignore' });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function check() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-istio-bench-'));
  try {
    const [large, small] = ['large.yaml', 'small.yaml'].map(name => path.join(folder, name));
    const { bytes, objects } = run('check-file.js', large, 5000);
    run('check-file.js', small, 2);
    const command = file => () => wallTime(process.execPath, PROGRAM, 'check', file);
    const bare = () => wallTime(process.execPath, '-e', '0');
    const analyzer = fs.existsSync(ORACLE) ? [() => wallTime(ORACLE, 'analyze-file', large)] : [];
    const [ours, istio] = medians(5, [command(large), ...analyzer]);
    console.log(`cdk8s-istio check on one file of ${objects} objects, ${(bytes / 1e6).toFixed(1)} MB: ${ours.toFixed(0)} ms`);
    const { loading, reading, checking } = run('check-phases.js', large);
    console.log(`  of that: loading ${loading.toFixed(0)} ms, reading YAML ${reading.toFixed(0)} ms, checking ${checking.toFixed(0)} ms`);
    if (istio === undefined) {
      console.log('  the real Istio was not asked: build it with "node scripts/build-oracle.js"');
    } else {
      console.log(`  istioctl analyze --use-kube=false on the same file (the same Go code): ${istio.toFixed(0)} ms`);
      report('  time of the command for each of Istio\'s', ours / istio, '', 0.25);
    }
    const [started, node] = medians(11, [command(small), bare]);
    report('cdk8s-istio check on a small file, from start to finish', started, ' ms', 250);
    console.log(`  of that node itself: ${node.toFixed(0)} ms`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

module.exports = { check };
