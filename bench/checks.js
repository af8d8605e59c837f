// one measurement in a process of its own: how many typical objects are checked a second, by this library and by the real Istio
const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const { parseAllDocuments } = require('yaml');
const { medians } = require('./measure');
const { appOf } = require('./pairs');
const { objectFindings } = require('../build/lib/checks/object-findings');

const ORACLE = path.join(__dirname, '..', 'test', 'conformance', 'oracle', 'bin', 'oracle');
const CRDS = process.env.ISTIO_CRDS ?? path.join(__dirname, '..', '..', 'shared', 'crds', 'istio-1.31.4.yaml');
const EXAMPLES = path.join(__dirname, '..', 'examples');
const KINDS = ['DestinationRule', 'Gateway', 'ServiceEntry', 'VirtualService'];

/** What users write: the pairs of the other benchmarks, and every example as often. */
function typicalObjects() {
  const pairs = appOf('l1', 500).charts[0].toJson();
  const examples = fs.readdirSync(EXAMPLES).filter(file => file.endsWith('.yaml'))
    .flatMap(file => parseAllDocuments(fs.readFileSync(path.join(EXAMPLES, file), 'utf-8')).map(document => document.toJS()))
    .filter(object => KINDS.includes(object?.kind));
  return [...pairs, ...Array.from({ length: 1000 }, (_, index) => examples[index % examples.length])];
}

/** The median of many short rounds, so that a slow moment of the machine does not count. */
function perSecond(objects, rounds) {
  const [seconds] = medians(rounds, [() => {
    const start = process.hrtime.bigint();
    objects.forEach(manifest => objectFindings({ manifest }));
    return Number(process.hrtime.bigint() - start) / 1e9;
  }]);
  return objects.length / seconds;
}

/** The same objects put to the real Istio, which is asked in one go; its start is not counted. */
async function istioPerSecond(objects) {
  if (!fs.existsSync(ORACLE) || !fs.existsSync(CRDS)) {
    return undefined;
  }
  const oracle = spawn(ORACLE, ['verdict', '--crds', CRDS], { stdio: ['pipe', 'pipe', 'ignore'] });
  const answers = readline.createInterface({ input: oracle.stdout })[Symbol.asyncIterator]();
  const ask = manifests => oracle.stdin.write(manifests.map((object, id) => JSON.stringify({ id, object }) + '\n').join(''));
  for (const kind of KINDS) {
    ask([objects.find(object => object.kind === kind)]);
    await answers.next();
  }
  const start = process.hrtime.bigint();
  ask(objects);
  for (let count = 0; count < objects.length; count++) {
    await answers.next();
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  oracle.stdin.end();
  return objects.length / seconds;
}

const objects = typicalObjects();
// the code is warm before it is measured
perSecond(objects, 10);
const ours = perSecond(objects, 30);
istioPerSecond(objects).then(istio => console.log(JSON.stringify({ ours, istio })));
