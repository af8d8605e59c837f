// prints how fast the library is, as ratios taken in one run: npm run bench
const { check } = require('./check');
const { medians, report, run } = require('./measure');

function synth() {
  const perPair = { l1: [], l2: [] };
  for (const [count, rounds] of [[500, 21], [2000, 9], [8000, 5]]) {
    const memory = { l1: [], l2: [], shape: [] };
    const measure = level => () => {
      // the generated classes alone are not checked: compared is what the typed resources cost
      const { milliseconds, kilobytes } = run('synth.js', level, count, 'nothing');
      memory[level].push(kilobytes);
      return milliseconds;
    };
    const [l1, l2, shape] = medians(rounds, [measure('l1'), measure('l2'), measure('shape')]);
    perPair.l1.push(l1 / count);
    perPair.l2.push(l2 / count);
    console.log(`${count} pairs: L1 ${l1.toFixed(0)} ms, L2 ${l2.toFixed(0)} ms`);
    const peak = level => Math.min(...memory[level]) / Math.min(...memory.l1);
    report('  time of L2 for each of L1', l2 / l1, '', 1.15);
    report('    of L1 in a tree of the same shape and dependencies, by cdk8s alone', shape / l1, '');
    report('  peak memory of L2 for each of L1', peak('l2'), '', 1.3);
    report('    of L1 in a tree of the same shape and dependencies, by cdk8s alone', peak('shape'), '');
  }
  const growth = times => times[times.length - 1] / times[0];
  report('growth of the time per pair from 500 to 8000, L2 for each of L1', growth(perPair.l2) / growth(perPair.l1), '', 1.15);
}

function load() {
  const measure = (...modules) => () => run('load.js', ...modules);
  const [bare, loaded] = medians(11, [measure('cdk8s'), measure('cdk8s', '../build/lib')]);
  report("require('cdk8s-istio') beyond require('cdk8s')", loaded - bare, ' ms', 60);
}

function checks() {
  const { ours, istio } = run('checks.js');
  console.log(`objects checked a second (schema, CEL, webhook): ${Math.round(ours)} (at least 50000: ${ours >= 50000 ? 'kept' : 'NOT KEPT'})`);
  console.log(istio === undefined
    ? '  the real Istio was not asked: build it with "node scripts/build-oracle.js"'
    : `  the real Istio\'s Go program on the same objects: ${Math.round(istio)}, of which this library does ${Math.round(ours / istio)} times as many`);
  for (const count of [2000, 8000]) {
    const measure = checked => () => run('synth.js', 'l2', count, checked).milliseconds;
    const [nothing, objects, all] = medians(count > 4000 ? 3 : 5, [measure('nothing'), measure('objects'), measure('all')]);
    report(`share that the checks of each object add to the synthesis of ${count} pairs`, 100 * (objects / nothing - 1), ' %', 25);
    report('  with the rules about objects together', 100 * (all / nothing - 1), ' %');
  }
}

function simulation() {
  for (const count of [10, 1000, 10000]) {
    const { decisions, answers, indexing, megabytes, first } = run('simulation.js', count);
    console.log(`mesh of ${count} virtual services: ${Math.round(decisions)} decisions a second (at least 200000: ${decisions >= 200000 ? 'kept' : 'NOT KEPT'})`);
    console.log(`  asked as a test does, with a URL: ${Math.round(answers)} answers a second; the first request of a client ${first.toFixed(0)} ms`);
    report('  time to index virtual services and rules', indexing, ' ms', 200);
    console.log(`  memory of that index ${Math.max(megabytes, 0).toFixed(1)} MB`);
  }
}

/** The same requests put to both. Envoy has clients and upstreams in the process that measures, as a test has. */
function envoy() {
  const { requests, services, perSecond, envoyPerSecond, ready, envoyReady, different } = run('envoy.js');
  if (perSecond === undefined) {
    console.log('the real istiod and Envoy were not asked: "npm run conformance" builds the one and installs the other');
    return;
  }
  console.log(`${requests} requests in a mesh of ${services} services: ${Math.round(perSecond)} a second simulated, ${Math.round(envoyPerSecond)} by the real Envoy`
    + `, of which the simulation does ${Math.round(perSecond / envoyPerSecond)} times as many`);
  console.log(`  until the first answer ${(1000 * ready).toFixed(0)} ms simulated, ${(1000 * envoyReady).toFixed(0)} ms by istiod and Envoy`);
  console.log(`  ${different === 0 ? 'all answers equal' : `NOT KEPT: ${different} answers differ`}, in status, route, cluster, path, headers`);
}

/** The processor's time, in which garbage that is collected meanwhile counts. */
function mesh() {
  const sizes = [500, 5000, 25000];
  const perObject = medians(3, sizes.map(count => () => run('mesh.js', count)));
  sizes.forEach((count, index) => report(`model and rules about objects together, ${count} triples, an object`, perObject[index], ' µs', 30));
  report('growth of the time per object from 500 to 25000 triples', perObject[2] / perObject[0], '', 1.3);
}

load();
synth();
checks();
mesh();
check();
simulation();
envoy();
