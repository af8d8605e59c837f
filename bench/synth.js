// one measurement in a process of its own: builds and synthesizes N pairs, checked in all ways, each object by itself (objects), or not (nothing);
// prints milliseconds and peak memory
const fs = require('fs');
const os = require('os');
const path = require('path');

const [level, count, checked = 'all'] = process.argv.slice(2);
process.env.CDK8S_OUTDIR = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-istio-bench-'));
const { appOf } = require('./pairs');

if (checked === 'nothing') {
  // neither run nor loaded: what is in memory makes the garbage collector slower
  const synth = require.resolve('../build/lib/checks/synth');
  const unchecked = { check: () => undefined, synthesize: work => work() };
  require.cache[synth] = { id: synth, filename: synth, loaded: true, children: [], paths: [], exports: { checksOf: () => unchecked } };
} else if (checked === 'objects') {
  require('../build/lib/checks/mesh-findings').meshFindings = () => [];
}

// the code is warm before it is measured
appOf(level, 20).synthYaml();

const start = process.hrtime.bigint();
appOf(level, Number(count)).synth();
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
fs.rmSync(process.env.CDK8S_OUTDIR, { recursive: true });
console.log(JSON.stringify({ milliseconds, kilobytes: process.resourceUsage().maxRSS }));
