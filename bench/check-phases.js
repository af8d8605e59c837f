// one measurement in a process of its own: where the time of the command goes, in milliseconds: node check-phases.js FILE
const fs = require('fs');
const { performance } = require('perf_hooks');

const timed = work => {
  const start = performance.now();
  const result = work();
  return { result, milliseconds: performance.now() - start };
};

const [file] = process.argv.slice(2);
const loading = timed(() => ({
  ...require('../build/lib/reading/manifest-text'),
  ...require('../build/lib/checks/check'),
}));
const { readManifests, checkManifests } = loading.result;
const reading = timed(() => readManifests(fs.readFileSync(file, 'utf-8')));
const checking = timed(() => checkManifests(reading.result.objects.map(({ manifest, line }) => ({ manifest, file, line }))));
console.log(JSON.stringify({ loading: loading.milliseconds, reading: reading.milliseconds, checking: checking.milliseconds }));
