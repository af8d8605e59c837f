// one measurement in a process of its own: decisions a second in a mesh of N virtual services, the time to index it, and the memory of the index.
// What is counted is the time of the processor, so that other programs on the machine disturb less
const { meshOf } = require('./meshes');
const { MeshModel } = require('../build/lib/mesh/model');
const { simulateHttp } = require('../build/lib/simulation/simulate');
const { Traffic, TrafficClient } = require('../build/lib');

const count = Number(process.argv[2]);
const REQUESTS = 1000;

function milliseconds(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** All VirtualServices and DestinationRules of a mesh, indexed. */
function index(sources) {
  const model = new MeshModel(sources);
  model.virtualServices.bound('mesh', 'team-0');
  model.destinationRules.find('team-0', 'service-0.team-0.svc.cluster.local', 'team-0');
  return model;
}

/** What the first request of a client adds: its listeners, its route table and its clusters. */
function firstRequest(model) {
  const sidecar = model.sidecar({ namespace: 'team-0' });
  simulateHttp(sidecar, model.config, { method: 'GET', port: 80, authority: 'service-0.team-0', target: '/', headers: [] });
  return sidecar;
}

function memory() {
  global.gc();
  return process.memoryUsage().heapUsed;
}

const sources = meshOf(count).map(manifest => ({ manifest }));
const paths = ['/', '/api/users?page=2', '/items/4711', '/static/logo.png'];
const questions = Array.from({ length: REQUESTS }, (_, position) => {
  const service = (position * 7919) % count;
  return { authority: `service-${service}.team-${service % 50}`, target: paths[position % paths.length], headers: position % 3 === 0 ? [['x-tester', '1']] : [] };
});

// the code is warm before anything is measured
for (let round = 0; round < 20; round++) {
  firstRequest(index(meshOf(50).map(manifest => ({ manifest }))));
}

const median = work => [0, 1, 2, 3, 4].map(() => milliseconds(work)).sort((a, b) => a - b)[2];
const indexing = median(() => index(sources));
const before = memory();
const model = index(sources);
const megabytes = (memory() - before) / 1e6;
let sidecar;
const first = milliseconds(() => sidecar = firstRequest(model));

const http = questions.map(question => ({ method: 'GET', port: 80, ...question }));
const decideAll = () => http.forEach(question => simulateHttp(sidecar, model.config, question));
const client = Traffic.fromManifests(sources.map(({ manifest }) => manifest), { closedWorld: true }).from(TrafficClient.sidecar({ namespace: 'team-0' }));
const asked = questions.map(({ authority, target, headers }) => ({ url: `http://${authority}${target}`, options: { headers: Object.fromEntries(headers) } }));
const askAll = () => asked.forEach(({ url, options }) => client.get(url, options));

function perSecond(work) {
  for (let round = 0; round < 20; round++) {
    work();
  }
  const rounds = 50;
  const time = milliseconds(() => {
    for (let round = 0; round < rounds; round++) {
      work();
    }
  });
  return REQUESTS * rounds / time * 1000;
}

console.log(JSON.stringify({ decisions: perSecond(decideAll), answers: perSecond(askAll), indexing, megabytes, first }));
