// one measurement in a process of its own: the model and all rules about objects together, on N triples of VirtualService, DestinationRule and Service;
// with `rules` after N, which rules take the time
const { RULES } = require('../build/lib/checks/rules');
const { meshFindings } = require('../build/lib/checks/mesh-findings');
const { MeshModel } = require('../build/lib/mesh/model');

const NETWORKING = 'networking.istio.io/v1';

/** What a service of one team looks like: called from within, and every fifth also by a gateway. */
function triple(index) {
  const namespace = `team-${index % 100}`;
  const name = `service-${index}`;
  const host = `${name}.${namespace}.svc.cluster.local`;
  const isPublic = index % 5 === 0;
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
    },
    {
      apiVersion: NETWORKING,
      kind: 'DestinationRule',
      metadata: { name, namespace },
      spec: {
        host,
        trafficPolicy: {
          connectionPool: { tcp: { maxConnections: 100 }, http: { maxRequestsPerConnection: 10 } },
          outlierDetection: { consecutive5xxErrors: 5, interval: '30s' },
        },
        subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }],
      },
    },
    {
      apiVersion: NETWORKING,
      kind: 'VirtualService',
      metadata: { name, namespace },
      spec: {
        hosts: isPublic ? [`${name}.example.com`] : [host],
        gateways: isPublic ? ['edge/public'] : undefined,
        http: [
          {
            name: 'testers',
            match: [{ uri: { prefix: '/api' }, headers: { 'x-tester': { exact: '1' } } }],
            route: [{ destination: { host, subset: 'v2', port: { number: 80 } } }],
            timeout: '5s',
          },
          {
            name: 'everybody',
            route: [
              { destination: { host, subset: 'v1', port: { number: 80 } }, weight: 90 },
              { destination: { host, subset: 'v2', port: { number: 80 } }, weight: 10 },
            ],
          },
        ],
      },
    },
  ];
}

/** Plain data, as it is read from files. */
function meshOf(count) {
  const gateway = {
    apiVersion: NETWORKING,
    kind: 'Gateway',
    metadata: { name: 'public', namespace: 'edge' },
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [{ hosts: ['*.example.com'], port: { number: 443, name: 'https', protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: 'example-com' } }],
    },
  };
  const triples = Array.from({ length: count }, (_, index) => triple(index)).flat();
  return JSON.parse(JSON.stringify([gateway, ...triples])).map(manifest => ({ manifest }));
}

/** Time of the processor, which does not count how busy the machine is with other things. */
function microseconds(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

function check(sources) {
  const wrong = meshFindings(new MeshModel(sources), {}, undefined, 'shown');
  if (wrong.length > 0) {
    throw new Error(`the mesh of the benchmark has something wrong: ${JSON.stringify(wrong[0].finding)}`);
  }
}

/** What an object costs, over as many objects at each size, so that garbage is collected as often. Each mesh is of manifests that have not been looked at. */
function measure(count, rounds) {
  const meshes = Array.from({ length: rounds }, () => meshOf(count));
  const objects = meshes.reduce((sum, sources) => sum + sources.length, 0);
  return microseconds(() => meshes.forEach(check)) / objects;
}

/** What each rule costs on a model that has all its indexes. */
function byRule(count) {
  const sources = meshOf(count);
  const mesh = new MeshModel(sources);
  meshFindings(mesh, {}, undefined, 'shown');
  return RULES.map(rule => ({
    code: rule.code,
    title: rule.title,
    microseconds: microseconds(() => meshFindings(mesh, {}, [rule], 'shown')) / sources.length,
  })).sort((a, b) => b.microseconds - a.microseconds);
}

const [, , size, what] = process.argv;
const count = Number(size);
// the code is warm before it is measured
measure(500, 12);
measure(5000, 2);
if (what === 'rules') {
  byRule(count).slice(0, 25).forEach(({ code, microseconds: time, title }) => console.log(`${time.toFixed(2)} µs ${code} ${title}`));
} else {
  console.log(JSON.stringify(measure(count, Math.max(1, Math.round(25_000 / count)))));
}
