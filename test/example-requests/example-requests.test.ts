import { EXAMPLE_REQUESTS, ExampleMeshes, ExampleRequest, Meaning, Shares, titleOf } from '.';
import { Traffic, TrafficAnswer, TrafficClient, TrafficDestination, TrafficOutcome } from '../../lib';
import { exampleNames } from '../../scripts/programs';
import type { RandomMesh } from '../conformance/generators/mesh/mesh';

const meshes = new ExampleMeshes(EXAMPLE_REQUESTS);
const worlds = new Map<RandomMesh, Traffic>();

function trafficOf(mesh: RandomMesh): Traffic {
  const traffic = worlds.get(mesh) ?? Traffic.fromManifests([...mesh.objects], { closedWorld: true });
  worlds.set(mesh, traffic);
  return traffic;
}

function answerTo(asked: ExampleRequest): TrafficAnswer {
  const { type, namespace, labels } = asked.from;
  const client = trafficOf(meshes.of(asked)).from(type === 'router'
    ? TrafficClient.gatewayWorkload(labels, { namespace }) : TrafficClient.sidecar({ namespace, labels }));
  const [, method = 'GET', url] = /^(?:(\S+) )?(\S+)$/.exec(asked.ask)!;
  const [host, port] = url.split(':');
  return method === 'tls' ? client.tls(host, { port: Number(port) })
    : method === 'tcp' ? client.tcp(host, Number(port))
      : client.request({ method, url, headers: asked.headers });
}

function sharesOf(places: readonly TrafficDestination[]): Shares {
  const shares: { [cluster: string]: number } = {};
  for (const { host, port, subset = '', percent, isPassthrough } of places) {
    const name = isPassthrough ? 'PassthroughCluster' : `outbound|${port}|${subset}|${host}`;
    shares[name] = (shares[name] ?? 0) + percent;
  }
  return shares;
}

/** What happens, as far as a meaning speaks of it. */
function simulated(answer: TrafficAnswer, meant: Meaning): Meaning {
  const lines = (answer.upstream?.headers ?? []).map(({ name, text }) => `${name}: ${text}`);
  const got = (answer.clientHeaders ?? []).map(({ name, text }) => `${name}: ${text}`);
  const isForwarded = answer.outcome === TrafficOutcome.FORWARDED;
  const all: Meaning = {
    goesTo: isForwarded ? typeof meant.goesTo === 'string' ? Object.keys(sharesOf(answer.destinations)).join() : sharesOf(answer.destinations) : undefined,
    status: answer.status,
    location: answer.location,
    path: answer.upstream?.path,
    authority: answer.upstream?.authority,
    upstreamHeaders: meant.upstreamHeaders?.filter(line => lines.includes(line)),
    withoutHeaders: meant.withoutHeaders?.filter(name => !lines.some(line => line.startsWith(`${name}:`))),
    clientHeaders: meant.clientHeaders?.filter(line => got.includes(line)),
    connection: answer.outcome !== TrafficOutcome.REFUSED ? undefined : answer.summary.endsWith('refused') ? 'refused' : 'closed',
    copies: sharesOf(answer.mirrors),
    isDelayed: answer.faults.delayPercent === 100,
    tries: 1 + (answer.retries?.attempts ?? 0),
  };
  return Object.fromEntries(Object.keys(meant).map(name => [name, all[name as keyof Meaning]]));
}

test('every example is asked', () => {
  expect(new Set(EXAMPLE_REQUESTS.map(({ example }) => example))).toEqual(new Set(exampleNames()));
});

test.each(EXAMPLE_REQUESTS.map(asked => [titleOf(asked), asked] as const))('%s', (_, asked) => {
  const answer = answerTo(asked);
  expect({ ...simulated(answer, asked.meant), why: answer.why }).toEqual({ ...withoutZeros(asked.meant), why: answer.why });
});

/** A share of nothing is no place. */
function withoutZeros(meant: Meaning): Meaning {
  return typeof meant.goesTo !== 'object' ? meant
    : { ...meant, goesTo: Object.fromEntries(Object.entries(meant.goesTo).filter(([, percent]) => percent > 0)) };
}
