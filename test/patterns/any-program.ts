import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import {
  AbTest, AliasTarget, Audience, BlueGreen, BlueGreenColor, CanaryRelease, DelegatedPath, EgressGateway, EntryPort, ExportTo, ExternalApi,
  ExternalTcpService, ExternalTls, Gateway, GatewaySelector, GatewayServer, HeaderMatch, HttpAction, IHttpTarget, IngressRoute, InternalAlias,
  PathRewrite, RedirectPath, ReleaseProps, RetryPolicy, ServerTls, ServiceHost, SharedHost, TcpAction, TlsPassthroughRoute, TrafficMirror,
} from '../../lib';
import { Manifest, manifestsOf } from '../util';

const NAMESPACE = 'shop';

/** A pattern with some of its options. */
export interface Choice {
  readonly kind: number;
  readonly flags: boolean[];
  readonly number: number;
}

export const choices: fc.Arbitrary<Choice[]> = fc.array(fc.record({
  kind: fc.nat(), flags: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), number: fc.integer({ min: 0, max: 100 }),
}), { minLength: 1, maxLength: 6 });

/** An app under construction: each call takes a service of its own, so that no two patterns want the same. */
export class AnyProgram {
  public readonly chart: Chart;
  public readonly edge: Chart;
  public readonly gateway: Gateway;
  private readonly shared: SharedHost;
  private egress?: EgressGateway;

  constructor() {
    const app: App = Testing.app();
    this.chart = new Chart(app, 'shop', { namespace: NAMESPACE, disableResourceNameHashes: true });
    this.edge = new Chart(app, 'edge', { namespace: 'edge', disableResourceNameHashes: true });
    this.gateway = new Gateway(this.edge, 'Gateway', { selector: GatewaySelector.labels({ istio: 'shared' }), servers: [GatewayServer.http({ hosts: ['*.shared.example'] })] });
    this.shared = new SharedHost(this.edge, 'Shared', { hosts: ['all.shared.example'], gateways: [this.gateway] });
    this.shared.addPath(this.edge, '/', HttpAction.forward(this.service('shared')));
  }

  public get manifests(): Manifest[] {
    return [...manifestsOf(this.edge), ...manifestsOf(this.chart)];
  }

  public add(index: number, { kind, flags, number }: Choice): void {
    const makers = [
      () => this.addPath(index, flags, this.release(index, number, flags)),
      () => void this.release(index, number, flags, this.binding(index, flags)),
      () => this.addPath(index, flags, HttpAction.forward(this.service(`plain-${index}`))),
      () => this.passthrough(index, flags),
      () => this.sharePath(index, flags, number),
      () => this.external(index, flags),
      () => this.tcp(index, flags),
      () => this.alias(index, flags),
      () => this.leave(index, flags),
    ];
    makers[kind % makers.length]();
  }

  /** A service that is in the app. */
  private service(name: string, ports: { [name: string]: number } = { 'http': 8080, 'http-admin': 9000 }): ServiceHost {
    const object = new ApiObject(this.chart, `Service-${name}`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { selector: { app: name }, ports: Object.entries(ports).map(([portName, port]) => ({ name: portName, port })) },
    });
    return ServiceHost.fromService(object, { port: Object.values(ports)[0] });
  }

  private binding(index: number, [atGateway, inMesh]: boolean[]): Partial<ReleaseProps> {
    return atGateway ? { gateways: [this.gateway], hosts: [`release-${index}.shared.example`], mesh: inMesh } : {};
  }

  private release(index: number, number: number, flags: boolean[], binding: Partial<ReleaseProps> = {}): IHttpTarget {
    const [, sticky, withAudience, withOptions, flip] = flags;
    const base = {
      service: this.service(`release-${index}`),
      ...binding,
      exportTo: withOptions ? ExportTo.namespaces(['.', 'istio-system', 'edge']) : undefined,
      timeout: withOptions ? Duration.seconds(3) : undefined,
      retries: withOptions ? RetryPolicy.attempts(2) : undefined,
    };
    const [one, other] = [{ version: 'v1' }, { version: 'v2' }];
    const audiences = withAudience ? [Audience.header('x-tester', HeaderMatch.present()), Audience.cookie('beta', '1')] : undefined;
    const id = `Release${index}`;
    switch (number % 4) {
      case 0:
        return new CanaryRelease(this.chart, id, {
          ...base,
          stable: one,
          canary: other,
          canaryFor: audiences,
          mirrorPercent: flip ? number : undefined,
          ...sticky ? { plan: [1, 25, 100], stage: number % 3, sticky: {} } : { canaryPercent: number },
        });
      case 1:
        return new AbTest(this.chart, id, {
          ...base,
          variants: [{ name: 'a', labels: one }, { name: 'b', labels: other, audiences, ...audiences === undefined || sticky ? { percent: number } : {} }],
          ...audiences === undefined || sticky ? { sticky: {} } : {},
          defaultVariant: 'a',
        });
      case 2:
        return new BlueGreen(this.chart, id, {
          ...base, blue: one, green: other, live: flip ? BlueGreenColor.BLUE : BlueGreenColor.GREEN, previewFor: audiences,
        });
      default:
        return new TrafficMirror(this.chart, id, { ...base, primary: one, shadow: other, percent: number });
    }
  }

  private addPath(index: number, [own, tls, extra, exact]: boolean[], target: IHttpTarget): void {
    const host = `ingress-${index}.${own ? 'own' : 'shared'}.example`;
    const ingress = new IngressRoute(this.chart, `Ingress${index}`, own
      ? { hosts: [host], tls: tls ? ServerTls.simple(`certificate-${index}`) : undefined }
      : { hosts: [host], gateway: this.gateway });
    ingress.addPath('/app', target, { rewrite: exact ? PathRewrite.strip() : undefined });
    if (extra) {
      ingress.addPath('/', HttpAction.forward(this.service(`rest-${index}`)));
      ingress.addPath('/app/extra', HttpAction.redirect({ path: RedirectPath.uri('/app') }), { methods: exact ? ['GET'] : undefined });
    }
  }

  private passthrough(index: number, [several]: boolean[]): void {
    const action = TcpAction.forward(this.service(`tls-${index}`));
    const hosts = [`tls-${index}.own.example`, ...several ? [`*.tls-${index}.own.example`] : []];
    new TlsPassthroughRoute(this.chart, `Passthrough${index}`, { hosts, port: 8443, action });
  }

  private sharePath(index: number, [delegated, withRelease, ...flags]: boolean[], number: number): void {
    const target = withRelease ? this.release(index, number, [false, false, ...flags]) : HttpAction.forward(this.service(`part-${index}`));
    if (delegated) {
      new DelegatedPath(this.chart, `Part${index}`, { sharedHost: this.shared, path: `/part-${index}` }).addPath(`/part-${index}/below`, target);
    } else {
      this.shared.addPath(this.chart, `/part-${index}`, target);
    }
  }

  private external(index: number, [originates, wild, limits, more, everyone]: boolean[]): void {
    new ExternalApi(this.chart, `Api${index}`, {
      hosts: [`${wild ? '*.' : ''}api-${index}.example.com`, ...more ? [`${wild ? '*.' : ''}api-${index}.example.org`] : []],
      tls: originates ? ExternalTls.originate() : ExternalTls.passthrough(),
      furtherPorts: more ? [EntryPort.http(8080)] : undefined,
      connectionPool: limits ? { tcp: { maxConnections: 5 } } : undefined,
      timeout: originates ? Duration.seconds(2) : undefined,
      exportTo: everyone ? ExportTo.all() : undefined,
    });
  }

  private tcp(index: number, [named, limits, tls]: boolean[]): void {
    new ExternalTcpService(this.chart, `Tcp${index}`, {
      host: `tcp-${index}.example.com`,
      addresses: [`10.20.${index}.5`],
      ports: [EntryPort.tcp(5432)],
      endpoints: named || tls ? [{ address: `real-${index}.example.org` }] : undefined,
      connectionPool: limits ? { maxConnections: 5 } : undefined,
      tls: tls ? ExternalTls.originate() : undefined,
    });
  }

  private alias(index: number, [ofService, several]: boolean[]): void {
    new InternalAlias(this.chart, `Alias${index}`, {
      host: `alias-${index}.internal.example`,
      addresses: [`240.0.${index}.1`],
      target: ofService ? AliasTarget.service(this.service(`aliased-${index}`)) : AliasTarget.endpoints([{ address: '10.0.0.1' }]),
      ports: [EntryPort.http(80), ...several ? [EntryPort.tls(9443), EntryPort.tcp(9000)] : []],
    });
  }

  private leave(index: number, [originates, mutualTls]: boolean[]): void {
    if (this.egress === undefined) {
      this.service('egress', { http2: 80, https: 443 });
      this.egress = new EgressGateway(this.chart, 'Egress', { service: ServiceHost.fromName('egress', { namespace: NAMESPACE }) });
    }
    this.egress.addApi(`Api${index}`, { hosts: [`out-${index}.example.com`], tls: originates ? ExternalTls.originate() : ExternalTls.passthrough(), mutualTls });
  }
}
