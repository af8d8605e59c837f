// one measurement in a process of its own: the same requests asked of the simulation and of the real istiod and Envoy, which the conformance suite drives
require('ts-node').register({ transpileOnly: true, project: require('path').join(__dirname, '..', 'scripts', 'tsconfig.json') });
const { meshOf } = require('./meshes');
const { newCertificate } = require('../test/conformance/envoy/certificate');
const { compareHttp } = require('../test/conformance/envoy/compare');
const { Envoy } = require('../test/conformance/envoy/envoy');
const { inParallel } = require('../test/conformance/envoy/in-parallel');
const { isEnvoyThere } = require('../test/conformance/envoy/package');
const { isOracleThere, Oracle } = require('../test/conformance/oracle');
const { MeshModel } = require('../build/lib/mesh/model');
const { simulateHttp } = require('../build/lib/simulation/simulate');

const SERVICES = 100;
const REQUESTS = 1000;
const CONNECTIONS = 8;
const CLIENT = { type: 'sidecar', namespace: 'team-0', labels: {} };

const PATHS = ['/', '/api/users?page=2', '/items/4711', '/static/logo.png'];
const questions = Array.from({ length: REQUESTS }, (_, position) => {
  const service = (position * 7919) % SERVICES;
  return {
    port: 80,
    method: 'GET',
    authority: position % 50 === 49 ? 'nobody.example' : `service-${service}.team-${service % 50}`,
    target: PATHS[position % PATHS.length],
    headers: position % 3 === 0 ? [['x-tester', '1']] : [],
    random: position % 100,
  };
});

function secondsSince(start) {
  return Number(process.hrtime.bigint() - start) / 1e9;
}

async function envoyFor(objects) {
  const oracle = Oracle.start('proxy');
  const [{ proxies, error, panic }] = await oracle.ask([{ objects, proxies: [CLIENT] }]);
  oracle.stop();
  if (error !== undefined || panic !== undefined) {
    throw new Error(`istiod gave up: ${error ?? panic}`);
  }
  return Envoy.start([{ config: proxies[0] }], newCertificate());
}

async function inTurns(envoy) {
  const connections = Array.from({ length: CONNECTIONS }, () => envoy.keep(0, questions[0]));
  const left = questions[Symbol.iterator]();
  await Promise.all(connections.map(async connection => {
    for (const question of left) {
      await connection.ask(question);
    }
  }));
  connections.forEach(connection => connection.close());
}

/** The fastest of some rounds: both sides share the machine with other programs. */
async function best(rounds, work) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const start = process.hrtime.bigint();
    await work();
    times.push(secondsSince(start));
  }
  return Math.min(...times);
}

async function measure() {
  const objects = meshOf(SERVICES).map(object => ({ ...object, metadata: { ...object.metadata, creationTimestamp: '2024-01-01T00:00:00Z' } }));
  const born = process.hrtime.bigint();
  const model = new MeshModel(objects.map(manifest => ({ manifest })));
  const sidecar = model.sidecar(CLIENT);
  simulateHttp(sidecar, model.config, questions[0]);
  const ready = secondsSince(born);
  const started = process.hrtime.bigint();
  const envoy = await envoyFor(objects);
  const envoyReady = secondsSince(started);
  try {
    let different = 0;
    await inParallel(questions, CONNECTIONS, async question => {
      const real = (await envoy.askHttp(0, question))();
      different += compareHttp(sidecar, model.config, question, simulateHttp(sidecar, model.config, question), real).length > 0 ? 1 : 0;
    });
    const envoyTime = await best(10, () => inTurns(envoy));
    const time = await best(100, () => questions.forEach(question => simulateHttp(sidecar, model.config, question)));
    return { requests: REQUESTS, services: SERVICES, ready, envoyReady, perSecond: REQUESTS / time, envoyPerSecond: REQUESTS / envoyTime, different };
  } finally {
    await envoy.stop();
  }
}

const isThere = isOracleThere() && isEnvoyThere();
Promise.resolve(isThere ? measure() : {}).then(result => console.log(JSON.stringify(result)));
