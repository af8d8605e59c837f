import { readFileSync } from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { EXAMPLES } from '../../scripts/programs';
import type { MeshProxy, RandomMesh } from '../conformance/generators/mesh/mesh';
import type { MeshObject } from '../conformance/generators/mesh/words';

const BORN = '2026-01-01T00:00:00Z';
const LABELS = { app: 'client' };

/** The gateways as Istio installs them. */
const GATEWAYS = ['ingress', 'egress'].map(name => ({ name: `istio-${name}gateway`, labels: { istio: `${name}gateway` } }));

/**
 * The mesh of an example: its objects, and services, rules and gateways for all that it sends to and does not have.
 *
 * @param stage which of the apps of a program that shows several, from 0; the last where it is left out
 */
export function exampleMesh(name: string, stage: number = Infinity): RandomMesh {
  const written = parseAllDocuments(readFileSync(path.join(EXAMPLES, `${name}.yaml`), 'utf8')).map(document => document.toJS()).filter(Boolean);
  const versions = new Map<string, MeshObject[]>();
  for (const object of written.map(placed)) {
    const key = `${object.kind} ${object.metadata.namespace} ${object.metadata.name}`;
    versions.set(key, [...versions.get(key) ?? [], object]);
  }
  const own = [...versions.values()].map(all => all[Math.min(stage, all.length - 1)]);
  const objects = [...own, ...rulesFor(own)];
  const services = servicesFor(objects);
  const namespaces = [...new Set(objects.map(({ metadata }) => metadata.namespace))];
  const proxies: MeshProxy[] = [
    ...GATEWAYS.map(({ labels }): MeshProxy => ({ type: 'router', namespace: 'istio-system', labels })),
    ...namespaces.map((namespace): MeshProxy => ({ type: 'sidecar', namespace, labels: LABELS })),
  ];
  return { objects: [...objects, ...gatewaysFor(objects), ...services], proxies };
}

function placed(object: any): MeshObject {
  return { ...object, metadata: { ...object.metadata, namespace: object.metadata.namespace ?? 'default', creationTimestamp: BORN } };
}

/** A Gateway for every name that routes are bound to and the example does not have. */
function gatewaysFor(objects: readonly MeshObject[]): MeshObject[] {
  const known = new Set(objects.filter(({ kind }) => kind === 'Gateway').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  const wanted = new Set(objects.flatMap(({ metadata, spec }) => (spec?.gateways ?? [])
    .filter((gateway: string) => gateway !== 'mesh').map((gateway: string) => gateway.includes('/') ? gateway : `${metadata.namespace}/${gateway}`)) as string[]);
  return [...wanted].filter(gateway => !known.has(gateway)).map(gateway => {
    const [namespace, name] = gateway.split('/');
    const server = { hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } };
    return placed({ apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name, namespace }, spec: { selector: GATEWAYS[0].labels, servers: [server] } });
  });
}

/** A rule for every host with subsets that routes send to and the example has no rule for. */
function rulesFor(objects: readonly MeshObject[]): MeshObject[] {
  const known = new Set(objects.filter(({ kind }) => kind === 'DestinationRule').map(({ spec }) => spec.host));
  const wanted = new Map<string, MeshObject>();
  for (const { metadata, spec } of objects.filter(({ kind }) => kind === 'VirtualService')) {
    const targets = (spec.http ?? []).flatMap((rule: any) => rule.route ?? []).map(({ destination }: any) => destination);
    for (const { host, subset } of targets.filter((each: any) => each.subset !== undefined && !known.has(each.host))) {
      const rule = wanted.get(host) ?? placed({
        apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: { name: `rule-${host}`, namespace: metadata.namespace }, spec: { host, subsets: [] },
      });
      rule.spec.subsets.push({ name: subset, labels: { version: subset } });
      wanted.set(host, rule);
    }
  }
  return [...wanted.values()];
}

interface Wanted {
  readonly ports: Map<number, string>;
}

function servicesFor(objects: readonly MeshObject[]): MeshObject[] {
  const wanted = new Map<string, Wanted>();
  const want = (host: string, namespace: string, port: number | undefined, protocol: string): void => {
    const isShort = !host.includes('.');
    const [name, place] = isShort ? [host, namespace] : host.split('.');
    const isService = isShort || host.endsWith('.svc.cluster.local');
    if (isService && !GATEWAYS.some(gateway => gateway.name === name) && !host.includes('*')) {
      const key = `${place}/${name}`;
      const { ports } = wanted.get(key) ?? { ports: new Map<number, string>() };
      wanted.set(key, { ports: port === undefined ? ports : ports.set(port, ports.get(port) ?? protocol) });
    }
  };
  for (const { kind, metadata: { namespace }, spec } of objects) {
    if (kind === 'DestinationRule') {
      want(spec.host, namespace, undefined, 'http');
    } else if (kind === 'VirtualService') {
      for (const [protocol, rules] of Object.entries({ http: spec.http, tls: spec.tls, tcp: spec.tcp })) {
        for (const rule of rules ?? []) {
          const targets = [...[...rule.route ?? [], ...rule.mirrors ?? []].map(({ destination }: any) => destination), rule.mirror];
          targets.filter(Boolean).forEach(({ host, port }: any) => want(host, namespace, port?.number, protocol));
        }
      }
    }
  }
  const services = [...wanted].map(([key, { ports }], index) => {
    const [namespace, name] = key.split('/');
    const all = ports.size === 0 ? [[80, 'http'] as const] : [...ports];
    return service(name, namespace, `10.1.0.${index + 1}`, { app: name }, all.map(([port, protocol]) => [`${protocol}-${port}`, port, port]));
  });
  const gateways = GATEWAYS.map(({ name, labels }, index) =>
    service(name, 'istio-system', `10.1.1.${index + 1}`, labels, [['http2', 80, 8080], ['https', 443, 8443]]));
  return [...services, ...gateways];
}

type Port = readonly [name: string, port: number, targetPort: number];

function service(name: string, namespace: string, clusterIP: string, selector: object, ports: readonly Port[]): MeshObject {
  return placed({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { clusterIP, selector, ports: ports.map(([portName, port, targetPort]) => ({ name: portName, port, targetPort, protocol: 'TCP' })) },
  });
}
