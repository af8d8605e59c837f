import { ENDED_CERTIFICATE, FUTURE_CERTIFICATE, VALID_CERTIFICATE } from './certificates';
import type { Manifest } from './from-schema';
import type { Random } from './random';

export const NAMESPACES = ['shop', 'pay', 'edge'];
export const SERVICES = ['reviews', 'ratings', 'db'];
export const EXTERNAL_HOSTS = ['api.example.com', '*.example.com', 'db.example.net', '*.net', '*'];
export const PUBLIC_HOSTS = ['shop.example.com', '*.example.com', 'pay.example.com', 'example.com'];
export const VERSIONS = ['v1', 'v2', 'v3'];
export const PORTS = [80, 443, 8080, 9090, 3306, 15443];
export const SECRETS = ['shop-cert', 'pay-cert', 'old-cert'];
export const SELECTORS = [{ istio: 'ingressgateway' }, { app: 'edge' }, { app: 'edge', tier: 'public' }, { app: 'none' }, {}];

const NETWORKING = 'networking.istio.io/v1';
const CLAIM = '@request.auth.claims.group';

/** Some objects that fit together, more or less: services, workloads, gateways, routes and rules in three namespaces. */
export class RandomMesh {
  private readonly objects: Manifest[] = [];

  constructor(private readonly random: Random) {}

  public build(): Manifest[] {
    const { random } = this;
    NAMESPACES.filter(() => random.chance(0.6)).forEach(name =>
      this.objects.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: random.chance(0.6) ? { 'istio-injection': 'enabled' } : {} } }));
    this.times(1, 3, () => this.addService());
    if (random.chance(0.6)) {
      this.addEdge();
    }
    this.times(0, 3, index => this.addEntry(index));
    this.times(0, 2, index => this.addGateway(index));
    this.times(1, 4, index => this.addVirtualService(index));
    this.times(0, 3, index => this.addRule(index));
    if (random.chance(0.2)) {
      this.add('security.istio.io/v1', 'RequestAuthentication', 'tokens', { selector: { matchLabels: random.pick(SELECTORS) }, jwtRules: [] }, 'istio-system');
    }
    if (random.chance(0.1)) {
      this.add(NETWORKING, 'Sidecar', 'default', { egress: [{ hosts: ['./*'] }], outboundTrafficPolicy: { mode: 'ALLOW_ANY', egressProxy: { host: 'egress.pay' } } });
    }
    return this.objects;
  }

  private times(least: number, most: number, add: (index: number) => void): void {
    for (let index = this.random.integer(least, most); index > 0; index--) {
      add(index);
    }
  }

  private add(apiVersion: string, kind: string, name: string, spec: object, namespace = this.random.pick(NAMESPACES), metadata: object = {}): void {
    this.objects.push({ apiVersion, kind, metadata: { name, namespace, ...metadata }, spec });
  }

  private addService(): void {
    const { random } = this;
    const name = random.pick(SERVICES);
    const namespace = random.pick(NAMESPACES);
    const ports = Array.from({ length: random.pick([1, 1, 2]) }, () => this.servicePort());
    const isExternal = random.chance(0.1);
    const annotations = random.chance(0.15) ? { 'networking.istio.io/exportTo': random.pick(['.', '*', 'pay', 'shop,pay', ' edge , .']) } : {};
    this.add('v1', 'Service', name, {
      ...isExternal ? { type: 'ExternalName', externalName: 'api.example.com' } : {},
      ...random.chance(0.9) ? { selector: { app: name } } : {},
      ports,
    }, namespace, { annotations, ...random.chance(0.1) ? { labels: random.pick([{ istio: 'x' }, { release: 'istio' }]) } : {} });
    for (const version of VERSIONS.filter(() => random.chance(0.5))) {
      this.addWorkload(`${name}-${version}`, namespace, { app: name, version });
    }
    if (random.chance(0.15)) {
      this.add('v1', 'Service', `${name}-too`, { selector: { app: name }, ports: [this.servicePort()] }, namespace);
    }
  }

  private servicePort(): object {
    const { random } = this;
    return {
      name: random.pick(['http', 'tcp', 'grpc-web', 'web', 'tls-db', 'HTTP-x']),
      port: random.pick(PORTS),
      protocol: random.pick(['TCP', 'TCP', 'TCP', 'UDP']),
      ...random.chance(0.5) ? { targetPort: random.pick([8080, 9090, 'http', '8080']) } : {},
      ...random.chance(0.15) ? { appProtocol: random.pick(['http', 'kubernetes.io/h2c', 'x', '']) } : {},
    };
  }

  private addWorkload(name: string, namespace: string, labels: object): void {
    const { random } = this;
    const inject = random.chance(0.2) ? { 'sidecar.istio.io/inject': random.pick(['true', 'false']) } : {};
    const containers = [{ name: random.chance(0.1) ? 'istio-proxy' : 'main', image: 'main' }];
    if (random.chance(0.5)) {
      const template = { metadata: { labels: { ...labels, ...inject } }, spec: { containers } };
      this.add('apps/v1', 'Deployment', name, { selector: { matchLabels: labels }, template }, namespace);
    } else {
      this.add('v1', 'Pod', name, { containers }, namespace, { labels: { ...labels, ...inject } });
    }
  }

  private addEdge(): void {
    const { random } = this;
    this.addWorkload('edge', 'edge', random.pick([{ app: 'edge' }, { app: 'edge', tier: 'public' }]));
    this.add('v1', 'Service', 'edge', { selector: { app: 'edge' }, ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }, this.servicePort()] }, 'edge');
  }

  private addEntry(index: number): void {
    const { random } = this;
    this.add(NETWORKING, 'ServiceEntry', `entry-${index}`, {
      hosts: this.some(EXTERNAL_HOSTS),
      ...random.chance(0.4) ? { exportTo: this.exportTo() } : {},
      ...random.chance(0.3) ? { addresses: random.pick([['203.0.113.1'], []]) } : {},
      location: 'MESH_EXTERNAL',
      resolution: random.pick(['NONE', 'DNS', 'STATIC']),
      ports: Array.from({ length: random.pick([1, 1, 2]) }, (_, position) =>
        ({ number: random.pick(PORTS), name: `port-${position}`, ...random.chance(0.9) ? { protocol: random.pick(['TCP', 'tcp', 'TLS', 'HTTP', 'HTTPS']) } : {} })),
      ...random.chance(0.15) ? { workloadSelector: { labels: { app: random.pick(SERVICES) } } } : {},
    });
  }

  private addGateway(index: number): void {
    const { random } = this;
    const servers = Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, position) => this.server(position));
    this.add(NETWORKING, 'Gateway', `gateway-${index}`, { selector: random.pick(SELECTORS), servers });
    if (random.chance(0.5)) {
      const certificate = random.pick([VALID_CERTIFICATE, VALID_CERTIFICATE, ENDED_CERTIFICATE, FUTURE_CERTIFICATE, 'bm90IG9uZQ==', '']);
      const [name, key] = random.pick([['tls.crt', 'tls.key'], ['cert', 'key'], ['tls.crt', 'key']]);
      this.objects.push({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: random.pick(SECRETS), namespace: random.pick(['istio-system', 'edge']) },
        data: { [name]: certificate, [key]: 'a2V5' },
      });
    }
  }

  private server(position: number): object {
    const { random } = this;
    const hosts = this.some(PUBLIC_HOSTS).map(host => random.chance(0.2) ? `${random.pick(['./', '*/', 'shop/'])}${host}` : host);
    const bind = random.chance(0.1) ? { bind: '10.0.0.1' } : {};
    if (random.chance(0.5)) {
      return { hosts, port: { number: random.pick([80, 8080]), name: `http-${position}`, protocol: 'HTTP' }, ...bind };
    }
    const tls = random.pick<object>([
      { mode: 'SIMPLE', credentialName: random.pick(SECRETS) },
      { mode: 'SIMPLE', credentialName: `edge/${random.pick(SECRETS)}` },
      { mode: 'PASSTHROUGH' },
      { mode: 'SIMPLE', serverCertificate: '/cert', privateKey: '/key' },
    ]);
    return { hosts, port: { number: random.pick([443, 8443]), name: `https-${position}`, protocol: 'HTTPS' }, tls, ...bind };
  }

  private addVirtualService(index: number): void {
    const { random } = this;
    const gateways = random.chance(0.5)
      ? []
      : this.some(['mesh', 'gateway-1', 'shop/gateway-1', 'edge/gateway-2', './gateway-1', 'gateway-1.edge', 'gateway-2', 'shop/x~istio-autogenerated-k8s-gateway~y']);
    const hosts = gateways.length > 0 && !gateways.includes('mesh') ? this.some(PUBLIC_HOSTS) : this.some([...SERVICES, this.host(), 'api.example.com', '*.example.com']);
    const http = Array.from({ length: random.integer(1, 3) }, () => this.httpRule());
    const connection = { route: [{ destination: this.destination() }] };
    this.add(NETWORKING, 'VirtualService', `routes-${index}`, {
      hosts,
      ...gateways.length > 0 ? { gateways } : {},
      ...random.chance(0.3) ? { exportTo: this.exportTo() } : {},
      ...random.chance(0.85) ? { http } : {},
      ...random.chance(0.1) ? { tls: [{ match: [{ port: 443, sniHosts: [hosts[0]] }], ...connection }] } : {},
      ...random.chance(0.1) ? { tcp: [connection] } : {},
    });
  }

  private httpRule(): object {
    const { random } = this;
    const match = random.pick<object>([
      { uri: { prefix: random.pick(['/', '/a', '/a/b']) } },
      { uri: { exact: '/a' } },
      { headers: { 'x-user': { exact: 'a' } } },
      { [random.pick(['headers', 'withoutHeaders'])]: { [random.pick([CLAIM, '@request.auth.claims[group]', '@request.auth.claims'])]: { exact: 'a' } } },
    ]);
    return {
      ...random.chance(0.6) ? { match: [match] } : {},
      route: Array.from({ length: random.pick([1, 1, 2]) }, () => ({ destination: this.destination(), weight: 50 })),
      ...random.chance(0.1) ? { mirror: this.destination() } : {},
      ...random.chance(0.1) ? { mirrors: [{ destination: this.destination() }] } : {},
      ...random.chance(0.05) ? { fault: { delay: { fixedDelay: '1s', percent: random.pick([0, 10]) } } } : {},
    };
  }

  private destination(): object {
    const { random } = this;
    return {
      host: this.host(),
      ...random.chance(0.5) ? { subset: random.pick(VERSIONS) } : {},
      ...random.chance(0.6) ? { port: { number: random.pick(PORTS) } } : {},
    };
  }

  private addRule(index: number): void {
    const { random } = this;
    const tls = () => random.pick([{ mode: 'SIMPLE' }, { mode: 'SIMPLE', caCertificates: '/ca' }, { mode: 'SIMPLE', credentialName: 'c' }, { mode: 'ISTIO_MUTUAL' }, { mode: 'DISABLE' }]);
    this.add(NETWORKING, 'DestinationRule', `rule-${index}`, {
      host: random.chance(0.9) ? this.host() : random.pick(['*.local', '*.shop.svc.cluster.local', '*.example.com']),
      subsets: VERSIONS.filter(() => random.chance(0.6)).map(name => ({ name, ...random.chance(0.9) ? { labels: { version: random.pick([name, 'v4']) } } : {} })),
      ...random.chance(0.2) ? { exportTo: this.exportTo() } : {},
      ...random.chance(0.2) ? { workloadSelector: { matchLabels: { app: 'reviews' } } } : {},
      ...random.chance(0.3) ? { trafficPolicy: { tls: tls(), portLevelSettings: [{ port: { number: 80 }, tls: tls() }] } } : {},
    });
  }

  private host(): string {
    const { random } = this;
    const service = random.pick(SERVICES);
    return random.pick([service, service, `${service}.${random.pick(NAMESPACES)}.svc.cluster.local`, `${service}.shop`, random.pick(EXTERNAL_HOSTS), 'a.b.example.com']);
  }

  private exportTo(): string[] {
    return this.random.pick([['.'], ['*'], ['pay'], ['.', 'pay'], ['shop', 'edge']]);
  }

  /** One to three of a list, without repetition. */
  private some<T>(values: readonly T[]): T[] {
    const count = this.random.pick([1, 1, 1, 2, 3]);
    return [...new Set(Array.from({ length: count }, () => this.random.pick(values)))];
  }
}
