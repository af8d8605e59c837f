import { ENTRY_HOSTS, maybe, MeshObject, meshObject, NAMESPACES, NETWORKING, SERVICE_NAMES, some, subset } from './words';
import type { Random } from '../random';

type Port = readonly [name: string, port: number];

const SERVICE_PORTS: readonly (readonly Port[])[] = [
  [['http', 80]], [['http', 80]], [['http', 80], ['http-alt', 8080]], [['http', 8080]], [['http2', 80], ['tcp-db', 9000]], [['grpc', 50051]],
  [['tcp-db', 9000]], [['https', 443]], [['http', 80], ['https', 443]], [['tls', 443]], [['data', 9100]], [['http', 80], ['data', 9100]],
];

/** Services of Kubernetes. Each has an address, which no other has. */
export function randomServices(random: Random): MeshObject[] {
  const services: MeshObject[] = [];
  for (const name of SERVICE_NAMES) {
    for (const namespace of NAMESPACES.filter((_, index) => random.chance(index === 0 ? 0.8 : 0.25))) {
      const ports = random.pick(SERVICE_PORTS).map(([portName, port]) => ({ name: portName, port, protocol: 'TCP', targetPort: port }));
      const kind = random.chance(0.05) ? 'external' : random.chance(0.07) ? 'headless' : 'plain';
      const spec = kind === 'external' ? { type: 'ExternalName', externalName: random.pick(['ext.org', 'b.default.svc.cluster.local', 'gone.org']), ports }
        : { clusterIP: kind === 'headless' ? 'None' : `10.0.${NAMESPACES.indexOf(namespace)}.${services.length + 1}`, ports, selector: { app: name } };
      const annotations = maybe(random, 0.08, () => ({ 'networking.istio.io/exportTo': random.pick(['.', '~', 'shop', 'default,shop', '*']) }));
      services.push(meshObject(random, 'v1', 'Service', { name, namespace }, spec, { annotations }));
    }
  }
  return services;
}

/** The Service in front of the gateway's pods, whose ports are not all the same. */
export function gatewayService(random: Random): MeshObject[] {
  const all = [[80, 8080], [443, 8443], [9000, 9000], [8080, 8081], [15443, 15443]];
  const ports = subset(random, all, 0.8).map(([port, targetPort]) => ({ name: `p-${port}`, port, targetPort, protocol: 'TCP' }));
  return ports.length === 0 || random.chance(0.4) ? [] : [
    meshObject(random, 'v1', 'Service', { name: 'ingress', namespace: 'istio-system' }, { clusterIP: '10.0.9.9', ports, selector: { istio: 'ingressgateway' } }),
  ];
}

const ENTRY_PORTS = [
  { number: 80, name: 'http', protocol: 'HTTP' }, { number: 8080, name: 'http-alt', protocol: 'HTTP' }, { number: 443, name: 'https', protocol: 'HTTPS' },
  { number: 443, name: 'tls', protocol: 'TLS' }, { number: 9000, name: 'tcp', protocol: 'TCP' },
];

export function randomServiceEntries(random: Random): MeshObject[] {
  return some(random, 0, 3, index => {
    const host = random.pick(ENTRY_HOSTS);
    const chosen = subset(random, ENTRY_PORTS, 0.4);
    const ports = [...new Map((chosen.length === 0 ? [ENTRY_PORTS[0]] : chosen).map(port => [port.number, port])).values()];
    const resolution = random.pick(host.startsWith('*') ? ['NONE', 'NONE', 'STATIC'] : ['DNS', 'DNS', 'STATIC', 'NONE', 'DNS_ROUND_ROBIN']);
    return meshObject(random, NETWORKING, 'ServiceEntry', { name: `entry-${index}`, namespace: random.pick(NAMESPACES) }, {
      hosts: [host],
      // a host with several addresses has one of them as its name, and which one is a matter of chance
      addresses: maybe(random, 0.4, () => [random.pick([`240.0.0.${index + 1}`, `240.1.${index}.0/24`])]),
      ports,
      resolution,
      location: random.pick(['MESH_EXTERNAL', 'MESH_INTERNAL', undefined]),
      endpoints: resolution !== 'STATIC' ? undefined : some(random, 1, 2, number => ({ address: `1.2.${index}.${number + 1}`, labels: { version: `v${number + 1}` } })),
      subjectAltNames: maybe(random, 0.3, () => ['entry.org']),
      exportTo: maybe(random, 0.15, () => [random.pick(['.', '*', 'shop'])]),
    });
  });
}
