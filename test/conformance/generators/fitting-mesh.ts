import { VALID_CERTIFICATE } from './certificates';
import type { Manifest } from './from-schema';
import { NAMESPACES, SERVICES } from './mesh';
import type { Random } from './random';

const NETWORKING = 'networking.istio.io/v1';
const SUBSETS = ['v1', 'v2'];
const HTTP = { name: 'http', port: 80 };
const PORTS: readonly (readonly FittingPort[])[] = [
  [HTTP], [HTTP], [HTTP, { name: 'grpc', port: 9090 }], [{ name: 'http', port: 8080 }], [{ name: 'tcp-db', port: 3306 }],
];
const HOSTS = ['shop.example.com', 'pay.example.com', 'www.example.com'];

interface FittingPort {
  readonly name: string;
  readonly port: number;
}

interface FittingService {
  readonly name: string;
  readonly namespace: string;
  readonly ports: readonly FittingPort[];
  readonly hasSubsets: boolean;
}

/** A mesh in which everything is valid and fits: services with their workloads and rules, entries, a gateway, and routes to what there is. */
export class FittingMesh {
  private readonly objects: Manifest[] = [];
  private readonly services: FittingService[] = [];
  private readonly hosts: readonly string[];
  private readonly gatewayNamespace: string;

  constructor(private readonly random: Random) {
    this.hosts = HOSTS.slice(0, random.integer(1, HOSTS.length));
    this.gatewayNamespace = random.pick(['edge', 'shop']);
  }

  public build(): Manifest[] {
    const { random } = this;
    NAMESPACES.forEach(name => this.objects.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'istio-injection': 'enabled' } } }));
    SERVICES.filter((_, index) => index === 0 || random.chance(0.6)).forEach(name => this.addService(name, random.pick(['shop', 'pay'])));
    if (random.chance(0.5)) {
      this.addEntry('api', 'api.example.com', { number: 443, name: 'tls', protocol: 'TLS' }, {});
    }
    if (random.chance(0.4)) {
      this.addEntry('db', 'db.example.net', { number: 3306, name: 'tcp', protocol: 'TCP' }, { addresses: ['203.0.113.1'] });
    }
    const isPublic = random.chance(0.7);
    if (isPublic) {
      this.addGateway();
    }
    this.services.filter(() => random.chance(0.7)).forEach(service =>
      this.addRoutes(`${service.name}-routes`, service.namespace, [service.name], [], [service]));
    this.hosts.filter(() => isPublic && random.chance(0.8)).forEach((host, index) => {
      const namespace = random.pick(['shop', 'pay']);
      const gateway = namespace === this.gatewayNamespace && random.chance(0.5) ? 'gateway-1' : `${this.gatewayNamespace}/gateway-1`;
      this.addRoutes(`public-${index}`, namespace, [host], [gateway], this.services);
    });
    return this.objects;
  }

  private add(apiVersion: string, kind: string, name: string, namespace: string, content: object): void {
    this.objects.push({ apiVersion, kind, metadata: { name, namespace }, ...content });
  }

  private addService(name: string, namespace: string): void {
    const { random } = this;
    const service = { name, namespace, ports: random.pick(PORTS), hasSubsets: random.chance(0.6) };
    this.services.push(service);
    this.add('v1', 'Service', name, namespace, { spec: { selector: { app: name }, ports: service.ports.map(port => ({ ...port, protocol: 'TCP' })) } });
    SUBSETS.forEach(version => this.addWorkload(`${name}-${version}`, namespace, { app: name, version }));
    if (service.hasSubsets) {
      const subsets = SUBSETS.map(version => ({ name: version, labels: { version } }));
      const trafficPolicy = random.pick([undefined, { loadBalancer: { simple: 'RANDOM' } }, { tls: { mode: 'ISTIO_MUTUAL' } }]);
      const spec = { host: random.pick([name, fullName(service)]), subsets, ...trafficPolicy && { trafficPolicy } };
      this.add(NETWORKING, 'DestinationRule', `${name}-rule`, namespace, { spec });
    }
  }

  private addWorkload(name: string, namespace: string, labels: object): void {
    const spec = { containers: [{ name: 'main', image: 'main' }] };
    this.add('apps/v1', 'Deployment', name, namespace, { spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } } });
  }

  private addEntry(name: string, host: string, port: object, content: object): void {
    const spec = { hosts: [host], ports: [port], location: 'MESH_EXTERNAL', resolution: 'DNS', ...content };
    this.add(NETWORKING, 'ServiceEntry', name, this.random.pick(NAMESPACES), { spec });
  }

  private addGateway(): void {
    const { random, hosts } = this;
    this.addWorkload('edge', 'edge', { app: 'edge' });
    const ports = [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }, { name: 'https', port: 443, targetPort: 8443, protocol: 'TCP' }];
    this.add('v1', 'Service', 'edge', 'edge', { spec: { selector: { app: 'edge' }, ports } });
    this.add('v1', 'Secret', 'shop-cert', 'edge', { data: { 'tls.crt': VALID_CERTIFICATE, 'tls.key': 'a2V5' } });
    const plain = { hosts: random.pick([hosts, ['*.example.com']]), port: { number: 80, name: 'http', protocol: 'HTTP' } };
    const secure = { hosts, port: { number: 443, name: 'https', protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: 'shop-cert' } };
    const spec = { selector: { app: 'edge' }, servers: random.pick([[plain], [secure], [plain, secure]]) };
    this.add(NETWORKING, 'Gateway', 'gateway-1', this.gatewayNamespace, { spec });
  }

  private addRoutes(
    name: string, namespace: string, hosts: readonly string[], gateways: readonly string[], targets: readonly FittingService[],
  ): void {
    const { random } = this;
    const to = (): object => this.destination(random.pick(targets), namespace);
    const matches = [{ uri: { exact: '/cart' } }, { headers: { 'x-user': { exact: 'a' } } }, { uri: { prefix: '/api' } }].filter(() => random.chance(0.4));
    const isTcp = gateways.length === 0 && targets[0].ports[0].name.startsWith('tcp');
    const routes = isTcp
      ? { tcp: [{ route: [{ destination: to() }] }] }
      : { http: [...matches.map(match => ({ match: [match], ...this.action(to) })), this.action(to)] };
    this.add(NETWORKING, 'VirtualService', name, namespace, { spec: { hosts, ...gateways.length > 0 ? { gateways } : {}, ...routes } });
  }

  private action(to: () => object): object {
    const { random } = this;
    return random.chance(0.25)
      ? { route: [{ destination: to(), weight: 90 }, { destination: to(), weight: 10 }] }
      : { route: [{ destination: to() }], ...random.chance(0.1) ? { mirrors: [{ destination: to() }] } : {} };
  }

  private destination(service: FittingService, namespace: string): object {
    const { random } = this;
    return {
      host: service.namespace === namespace && random.chance(0.6) ? service.name : fullName(service),
      ...service.hasSubsets && random.chance(0.7) ? { subset: random.pick(SUBSETS) } : {},
      ...service.ports.length > 1 || random.chance(0.5) ? { port: { number: random.pick(service.ports).port } } : {},
    };
  }
}

function fullName({ name, namespace }: FittingService): string {
  return `${name}.${namespace}.svc.cluster.local`;
}
