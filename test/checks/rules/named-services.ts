import { PlainObject, readObject } from '../../../lib/mesh/manifest';

/** A certificate for example.com until the year 2126. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBgzCCASmgAwIBAgIUWArIh0Fea1WV81g2iGoc7L7vngAwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLZXhhbXBsZS5jb20wIBcNMjYxMTI3MTAzNDMzWhgPMjEyNjEx
MDMxMDM0MzNaMBYxFDASBgNVBAMMC2V4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAET5QME8P+65VB+mm1mdbA9IPmIKQO/TDJMlhk2uon3gz+JUMY
sgr/Oys1AL2iZPQL+V+nNsrIyrY+ouQNhCEv7qNTMFEwHQYDVR0OBBYEFNFshEBY
IFIgPYIj9HS+gI5IdXG5MB8GA1UdIwQYMBaAFNFshEBYIFIgPYIj9HS+gI5IdXG5
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAMo6KHth91FuXznF
T5JN8N7HpaTbVmP6nDIL4sey6H36AiAKcP5W8EdtZB+n6s0eSJAPOE1P/0r6pkiG
jsMku9SA6w==
-----END CERTIFICATE-----
`;

interface NamedService {
  readonly name: string;
  readonly namespace: string;
  readonly ports: Set<number>;

  /** The labels of each of its subsets. */
  readonly versions: object[];
}

/** Everything that the manifests of a pattern name and do not define: namespaces, Services with their workloads, gateways, Secrets. */
export function whatManifestsName(manifests: readonly any[]): PlainObject[] {
  const services = new Map<string, NamedService>();
  const serviceOf = (host: string, namespace: string): NamedService | undefined => {
    const [name, owner = namespace, ...rest] = host.split('.');
    if (host.startsWith('*') || (rest.length > 0 && rest.join('.') !== 'svc.cluster.local') || host.split('.').length === 2) {
      return undefined;
    }
    const key = `${owner}/${name}`;
    const service = services.get(key) ?? { name, namespace: owner, ports: new Set<number>(), versions: [] };
    services.set(key, service);
    return service;
  };
  const entries = new Set(manifests.filter(({ kind }) => kind === 'ServiceEntry').flatMap(({ spec }) => spec.hosts as string[]));
  for (const { kind, metadata, spec } of manifests) {
    if (kind === 'DestinationRule' && !entries.has(spec.host)) {
      const service = serviceOf(spec.host, metadata.namespace);
      service?.versions.push(...(spec.subsets ?? []).map((subset: any) => subset.labels ?? {}));
    }
    if (kind === 'VirtualService') {
      for (const destination of destinationsIn(spec)) {
        if (!entries.has(destination.host)) {
          serviceOf(destination.host, metadata.namespace)?.ports.add(destination.port?.number ?? 80);
        }
      }
    }
  }
  const namespaces = new Set(manifests.flatMap(({ metadata, spec }) => [metadata.namespace, ...(spec.exportTo ?? [])] as string[]));
  return [
    ...[...new Set([...namespaces, 'istio-system', ...[...services.values()].map(({ namespace }) => namespace)])].filter(name => /^[a-z]/.test(name))
      .map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    ...[...services.values()].flatMap(objectsOf),
    ...manifests.filter(({ kind }) => kind === 'Gateway').flatMap(gatewayObjects),
  ];
}

/** All destinations, however deep they are written. */
function destinationsIn(value: unknown): any[] {
  if (Array.isArray(value)) {
    return value.flatMap(destinationsIn);
  }
  return Object.entries(readObject(value)).flatMap(([key, item]) =>
    (key === 'destination' || key === 'mirror') && readObject(item).host !== undefined ? [item] : destinationsIn(item));
}

function objectsOf({ name, namespace, ports, versions }: NamedService): PlainObject[] {
  const list = [...ports.size === 0 ? [80] : ports].map(port => ({ name: port === 443 || port === 8200 ? `tls-${port}` : `http-${port}`, port }));
  return [
    { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { selector: { app: name }, ports: list } },
    ...(versions.length === 0 ? [{}] : versions).map((labels, index) => workload(`${name}-${index}`, namespace, { app: name, ...labels })),
  ];
}

function workload(name: string, namespace: string, labels: object): PlainObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'main' }] } } },
  };
}

/** The workload of a Gateway, its Service with the ports of the servers, and the Secrets of these. */
function gatewayObjects({ spec }: any): PlainObject[] {
  const namespace = 'istio-system';
  const name = `istio-${spec.selector.istio}`;
  const ports = [...new Set<number>(spec.servers.map((server: any) => server.port.number))];
  const encode = (text: string): string => Buffer.from(text).toString('base64');
  const credentials: string[] = spec.servers.flatMap((server: any) => server.tls?.credentialName ?? []);
  return [
    workload(name, namespace, spec.selector),
    { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { selector: spec.selector, ports: ports.map(port => ({ name: `tcp-${port}`, port })) } },
    ...credentials.map(secret => ({
      apiVersion: 'v1', kind: 'Secret', metadata: { name: secret, namespace }, data: { 'tls.crt': encode(CERTIFICATE), 'tls.key': encode('not read') },
    })),
  ];
}
