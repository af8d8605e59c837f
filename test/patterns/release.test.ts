import { ApiObject, Chart } from 'cdk8s';
import {
  Audience, CanaryRelease, CanaryReleaseProps, DestinationRule, EntryPort, ExportTo, Gateway, GatewaySelector, GatewayServer, HeaderMatch, HttpAction,
  IHttpTarget, IngressRoute, LoadBalancer, Resolution, ServiceEntry, ServiceHost, StringMatch, VirtualService,
} from '../../lib';
import { manifestsOf, specOf, testChart, testCharts } from '../util';

// what all patterns share that decide among versions, by the example of one

const service = ServiceHost.fromName('reviews', { namespace: 'shop', port: 9080 });
const versions = { stable: { version: 'v1' }, canary: { version: 'v2' }, canaryPercent: 10 };
const tester = Audience.header('x-tester', HeaderMatch.present());
const web = Audience.sourceLabels({ app: 'web' });
const group = Audience.header('@request.auth.claims.group', HeaderMatch.exact('qa'));
const publicGateway = Gateway.fromGatewayAttributes({ name: 'public', namespace: 'edge', hosts: ['*.example.com'] });

function make(chart: Chart, props: Partial<CanaryReleaseProps> = {}, id: string = 'Reviews'): CanaryRelease {
  return new CanaryRelease(chart, id, { service, ...versions, ...props });
}

function routeNames(virtualService: VirtualService | undefined): string[] {
  return ApiObject.of(virtualService!).toJson().spec.http.map((route: any) => route.name);
}

function specs(chart: Chart, kind: string): any[] {
  return manifestsOf(chart).filter(manifest => manifest.kind === kind).map(manifest => manifest.spec);
}

describe('standing alone', () => {
  test('a release makes one rule and one virtual service for the mesh', () => {
    const chart = testChart();
    const release = make(chart);
    expect(manifestsOf(chart).map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
      ['DestinationRule', 'test-reviews-destinationrule'], ['VirtualService', 'test-reviews-meshroutes'],
    ]);
    expect(specOf(chart, 'VirtualService')).toMatchObject({ hosts: ['reviews.shop.svc.cluster.local'] });
    expect(specOf(chart, 'VirtualService')).not.toHaveProperty('gateways');
    expect(release.virtualService).toBe(release.meshVirtualService);
    expect(release.gatewayVirtualService).toBeUndefined();
  });

  test('the rule is applied before the routes that need it', () => {
    const chart = testChart();
    make(chart, { gateways: [publicGateway], hosts: ['reviews.example.com'] });
    expect(manifestsOf(chart).map(({ kind }) => kind)).toEqual(['DestinationRule', 'VirtualService', 'VirtualService']);
  });

  test('mesh and gateways get virtual services of their own', () => {
    const chart = testChart();
    const release = make(chart, { gateways: [publicGateway], hosts: ['reviews.example.com'] });
    expect(specs(chart, 'VirtualService').map(({ hosts, gateways }) => ({ hosts, gateways }))).toEqual([
      { hosts: ['reviews.shop.svc.cluster.local'], gateways: undefined },
      { hosts: ['reviews.example.com'], gateways: ['edge/public'] },
    ]);
    expect(() => release.virtualService).toThrow('[test/Reviews] virtualService could be either of two, use meshVirtualService or gatewayVirtualService');
  });

  test('only gateways, where mesh is false', () => {
    const chart = testChart();
    const release = make(chart, { mesh: false, gateways: [publicGateway], hosts: ['reviews.example.com'] });
    expect(specOf(chart, 'VirtualService').gateways).toEqual(['edge/public']);
    expect(release.virtualService).toBe(release.gatewayVirtualService);
    expect(release.meshVirtualService).toBeUndefined();
  });

  test('labels of clients, which Istio ignores in a match that names gateways, are asked for in the mesh only', () => {
    const chart = testChart();
    const release = make(chart, { canaryFor: [web, tester], stableFor: [Audience.sourceNamespace('audit')], gateways: [publicGateway], hosts: ['reviews.example.com'] });
    expect(routeNames(release.meshVirtualService)).toEqual(['stable-audience', 'canary-audience', 'split']);
    expect(routeNames(release.gatewayVirtualService)).toEqual(['canary-audience', 'split']);
    const [mesh, gateway] = specs(chart, 'VirtualService');
    expect(mesh.http[1].match).toEqual([{ sourceLabels: { app: 'web' } }, { headers: { 'x-tester': {} } }]);
    expect(gateway.http[0].match).toEqual([{ headers: { 'x-tester': {} } }]);
    expect(JSON.stringify([mesh, gateway])).not.toContain('"gateways":["mesh"]');
  });

  test('claims of tokens, which only gateways know, are asked for there only', () => {
    const chart = testChart();
    const release = make(chart, { canaryFor: [group], gateways: [publicGateway], hosts: ['reviews.example.com'] });
    expect(routeNames(release.meshVirtualService)).toEqual(['split']);
    expect(routeNames(release.gatewayVirtualService)).toEqual(['canary-audience', 'split']);
    manifestsOf(chart);
  });

  test('a route that is added lands before the others, and the split stays last', () => {
    const chart = testChart();
    const release = make(chart, { canaryFor: [tester] });
    release.virtualService.addHttpRoute({ name: 'health', matches: [{ uri: StringMatch.exact('/health') }], action: HttpAction.respond(200) });
    manifestsOf(chart);
    expect(routeNames(release.virtualService)).toEqual(['health', 'canary-audience', 'split']);
  });

  test('a second default route is refused', () => {
    const release = make(testChart());
    expect(() => release.virtualService.addDefaultRoute({ action: HttpAction.respond(404) }))
      .toThrow('[test/Reviews/MeshRoutes] route must be the only one, the virtual service has a default route already, give this one matches');
  });
});

describe('options', () => {
  test('trafficPolicy is that of the rule', () => {
    const chart = testChart();
    make(chart, { trafficPolicy: { loadBalancer: LoadBalancer.random() } });
    expect(specOf(chart, 'DestinationRule').trafficPolicy).toEqual({ loadBalancer: { simple: 'RANDOM' } });
  });

  test('exportTo and metadata are those of all resources, and a name is made different for gateways', () => {
    const chart = testChart();
    make(chart, {
      exportTo: ExportTo.ownNamespace(),
      metadata: { name: 'reviews', namespace: 'shop', labels: { team: 'books' } },
      gateways: [publicGateway],
      hosts: ['reviews.example.com'],
    });
    expect(manifestsOf(chart).map(({ kind, metadata, spec }) => [kind, metadata.name, metadata.namespace, metadata.labels, spec.exportTo])).toEqual([
      ['DestinationRule', 'reviews', 'shop', { team: 'books' }, ['.']],
      ['VirtualService', 'reviews', 'shop', { team: 'books' }, ['.']],
      ['VirtualService', 'reviews-gateway', 'shop', { team: 'books' }, ['.']],
    ]);
  });

  test('a service without a port is for the mesh only', () => {
    const chart = testChart();
    make(chart, { service: ServiceHost.fromName('reviews') });
    expect(specOf(chart, 'VirtualService').http[0].route[0].destination).toEqual({ host: 'reviews', subset: 'stable' });
  });

  test('the service may be an entry', () => {
    const chart = testChart();
    const entry = new ServiceEntry(chart, 'Entry', { hosts: ['api.internal'], ports: [EntryPort.http(80)], resolution: Resolution.staticEndpoints([{ address: '10.0.0.1', labels: { version: 'v1' } }]) });
    make(chart, { service: entry });
    expect(specOf(chart, 'DestinationRule').host).toBe('api.internal');
    expect(manifestsOf(chart).map(({ kind }) => kind)).toEqual(['ServiceEntry', 'DestinationRule', 'VirtualService']);
  });
});

describe('as the target of a path', () => {
  test('a release makes no virtual service', () => {
    const chart = testChart();
    const release = make(chart, { canaryFor: [tester] });
    const { routes, dependencies } = release.toHttpTargetConfig();
    expect(manifestsOf(chart).map(({ kind }) => kind)).toEqual(['DestinationRule']);
    expect(routes.map(({ name, matches }) => [name, matches?.length])).toEqual([['canary-audience', 1], ['split', undefined]]);
    expect(dependencies).toEqual([release.destinationRule]);
    expect(release.meshVirtualService).toBeUndefined();
  });

  test('it is one for type checkers, and may be so several times', () => {
    const target: IHttpTarget = make(testChart());
    expect(target.toHttpTargetConfig().routes).toHaveLength(1);
    expect(target.toHttpTargetConfig().routes).toHaveLength(1);
  });

  test('it keeps the virtual service for the mesh where mesh is true, and labels of clients stay there', () => {
    const chart = testChart();
    const release = make(chart, { mesh: true, canaryFor: [web] });
    expect(release.toHttpTargetConfig().routes.map(({ name }) => name)).toEqual(['split']);
    manifestsOf(chart);
    expect(routeNames(release.virtualService)).toEqual(['canary-audience', 'split']);
  });

  test('it keeps the virtual service for gateways', () => {
    const chart = testChart();
    const release = make(chart, { gateways: [publicGateway], hosts: ['reviews.example.com'] });
    release.toHttpTargetConfig();
    expect(specOf(chart, 'VirtualService').gateways).toEqual(['edge/public']);
    expect(release.virtualService).toBe(release.gatewayVirtualService);
  });

  test('its virtual service is missed with a reason', () => {
    const release = make(testChart());
    release.toHttpTargetConfig();
    expect(() => release.virtualService).toThrow(new Error('[test/Reviews] virtualService does not exist, because the release is the target of a path, '
      + 'whose virtual service has the routes: set mesh to true to have one for the mesh as well'));
  });

  test('routes that were added to its virtual service are not lost without a word', () => {
    const release = make(testChart());
    release.virtualService.addHttpRoute({ matches: [{ uri: StringMatch.exact('/health') }], action: HttpAction.respond(200) });
    expect(() => release.toHttpTargetConfig()).toThrow(new Error('[test/Reviews] virtualService was given routes of its own, which would be lost now that the release is '
      + 'the target of a path: set mesh to true to keep it, or give those routes to the virtual service of the path'));
  });

  test('the host in the mesh is free for another pattern then', () => {
    const { first, second } = testCharts();
    make(first).toHttpTargetConfig();
    expect(() => make(second)).toThrow('the destination rule of host');
  });

  test('its audiences are for the path to judge', () => {
    const { routes } = make(testChart(), { canaryFor: [tester, web] }).toHttpTargetConfig();
    expect(routes[0].matches).toEqual([tester._toMatch(), { sourceLabels: { app: 'web' } }]);
    const chart = testChart();
    const ingress = new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'] });
    expect(() => ingress.addPath('/reviews', make(chart, { canaryFor: [web] })))
      .toThrow("[test/Shop] target has a match for sourceLabels, which at a gateway is the gateway's own, leave it out");
  });

  test('it is led to from the path of an ingress', () => {
    const chart = testChart();
    const release = make(chart, { canaryFor: [tester] });
    new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'] }).addPath('/reviews', release);
    expect(manifestsOf(chart).map(({ kind }) => kind).sort()).toEqual(['DestinationRule', 'Gateway', 'VirtualService']);
    const { hosts, http } = specOf(chart, 'VirtualService');
    expect(hosts).toEqual(['shop.example.com']);
    expect(http.map(({ route }: any) => route.map(({ destination }: any) => destination.subset))).toEqual([['canary'], ['stable', 'canary']]);
  });

  test('routes that come later to the virtual service it had are not lost without a word', () => {
    const chart = testChart();
    const release = make(chart);
    const { virtualService } = release;
    release.toHttpTargetConfig();
    virtualService.addHttpRoute({ matches: [{ uri: StringMatch.exact('/health') }], action: HttpAction.respond(200) });
    expect(() => manifestsOf(chart)).toThrow('[test/Reviews] virtualService was given routes of its own, which would be lost');
  });
});

describe('fails', () => {
  const untyped = (props: object) => () => make(testChart(), props as any);
  test.each<[string, () => void, string]>([
    ['without a service', untyped({ service: undefined }), 'service must be given'],
    ['when the service is a text', untyped({ service: 'reviews' }), "service must be made by ServiceHost.fromService(), ServiceHost.fromName(), or a subset, rule or entry of this program, got 'reviews'"],
    ['when the service is a rule', () => {
      const chart = testChart();
      make(chart, { service: new DestinationRule(chart, 'Rule', { host: ServiceHost.fromName('reviews') }) });
    }, 'service must be the host itself, not its destination rule, because the release makes the only rule of the host'],
    ['when the service is a rule of another program', untyped({ service: DestinationRule.fromSubsetNames(ServiceHost.fromName('reviews'), ['v1']) }),
      'service must be the host itself, not its destination rule, because the release makes the only rule of the host'],
    ['when the service is a subset', () => {
      const chart = testChart();
      make(chart, { service: new DestinationRule(chart, 'Rule', { host: ServiceHost.fromName('reviews') }).addSubset('v1') });
    }, "service must be a whole host, got the subset 'v1' of 'reviews'"],
    ['when mesh is a text', untyped({ mesh: 'yes' }), "mesh must be true or false, got 'yes'"],
    ['when gateways have no hosts', untyped({ gateways: [publicGateway] }), 'gateways must have hosts beside it, routes at a gateway are for the hosts that clients address there'],
    ['when hosts have no gateways', untyped({ hosts: ['a.example.com'] }), 'hosts must have gateways beside it, routes at a gateway are for the hosts that clients address there'],
    ['when gateways is empty', untyped({ gateways: [], hosts: ['a.example.com'] }), 'gateways must not be empty, leave it out instead'],
    ['when a gateway is the mesh', untyped({ gateways: [Gateway.mesh()], hosts: ['a.example.com'] }), 'gateways[0] must not be Gateway.mesh(), use mesh, because the mesh has a virtual service of its own'],
    ['when a gateway is there twice', untyped({ gateways: [publicGateway, publicGateway], hosts: ['a.example.com'] }), "gateways[1] 'edge/public' repeats [test/Reviews] gateways[0]"],
    ['when a host is not one', untyped({ gateways: [publicGateway], hosts: ['a b'] }),
      "hosts[0] must be a domain name of letters, digits, '-' and '.', with a wildcard at most in front as in '*.example.com', got 'a b'"],
    ['when gateways meet a service without a port', untyped({ service: ServiceHost.fromName('reviews'), gateways: [publicGateway], hosts: ['a.example.com'] }),
      'service must have a port for gateways, which otherwise take their own port for it, use withPort()'],
    ['when labels are missing', untyped({ canary: undefined }), 'canary must be given'],
    ['when labels are empty', untyped({ stable: {} }), 'stable must not be empty, it would select every workload'],
    ['when a label is empty', untyped({ stable: { version: '' } }), "stable['version'] must not be empty, Istio does not find such pods reliably"],
    ['when the versions are the same pods', untyped({ canary: { version: 'v1' } }), 'canary must select other pods than stable, pods with version=v1 would belong to both'],
    ['when one version contains the other', untyped({ stable: { app: 'reviews' }, canary: { app: 'reviews', version: 'v2' } }),
      'canary must select other pods than stable, pods with app=reviews, version=v2 would belong to both'],
    ['when an option of forwarding is not one', untyped({ timeout: 5 }), 'timeout must be made by Duration, such as Duration.seconds(5), got 5'],
    ['when mirrors is a number', untyped({ mirrors: 5, mirrorPercent: 5 }), 'mirrors must be a list, got 5'],
    ['when a property is misspelt', untyped({ canaryPercents: 5 }), "props has no property 'canaryPercents', known properties: service, mesh, gateways, hosts, trafficPolicy, exportTo, "
      + 'metadata, timeout, retries, rewrite, mirrors, fault, corsPolicy, headers, stable, canary, canaryPercent, plan, stage, sticky, canaryFor, stableFor, mirrorPercent, '
      + 'stableTrafficPolicy, canaryTrafficPolicy'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(new Error(`[test/Reviews] ${message}`));
  });

  test('without props', () => {
    expect(() => new (CanaryRelease as any)(testChart(), 'Reviews')).toThrow('[test/Reviews] props must be an object, got undefined');
  });

  test('when a host is not one of the gateway in the app', () => {
    const chart = testChart();
    const gateway = new Gateway(chart, 'Gateway', { selector: GatewaySelector.ingress(), servers: [GatewayServer.http({ hosts: ['*.example.com'] })] });
    make(chart, { gateways: [gateway], hosts: ['reviews.example.com', 'reviews.example.org'] });
    expect(() => manifestsOf(chart)).toThrow("[test/Reviews] the host 'reviews.example.org' is not covered by the servers of the gateway 'test-gateway', whose hosts are '*.example.com', add it to a server");
  });

  test('when nobody gets the routes', () => {
    const chart = testChart();
    make(chart, { mesh: false });
    expect(() => manifestsOf(chart)).toThrow('[test/Reviews] release has no routes, because mesh is false, gateways are not set, and it is not the target of a path');
  });

  test('when an audience needs claims and there are no gateways', () => {
    const chart = testChart();
    make(chart, { canaryFor: [group] });
    expect(() => manifestsOf(chart)).toThrow('[test/Reviews] canaryFor[0] asks for a claim of a JSON web token, which only gateways know: set gateways and hosts, or leave it out');
  });

  test('when an audience is of clients in the mesh and mesh is false', () => {
    const chart = testChart();
    make(chart, { canaryFor: [web], mesh: false, gateways: [publicGateway], hosts: ['reviews.example.com'] });
    expect(() => manifestsOf(chart)).toThrow('[test/Reviews] canaryFor[0] asks where requests come from, which gateways do not know: set mesh to true, or leave it out');
  });

  test('when two releases claim the rule of one host, naming both', () => {
    const { first, second } = testCharts();
    make(first);
    expect(() => make(second)).toThrow(
      "[second/Reviews] the destination rule of host 'reviews.shop.svc.cluster.local' belongs to [first/Reviews] already, hand its traffic policy and versions to that one: AbTest takes any number of them",
    );
  });
});
