import { Duration } from 'cdk8s';
import { follow } from './follow';
import { Audience, BlueGreen, BlueGreenColor, BlueGreenProps, Gateway, HeaderMatch, LoadBalancer, ServiceHost } from '../../lib';
import { manifestsOf, specOf, testChart, testCharts } from '../util';

const base: BlueGreenProps = {
  service: ServiceHost.fromName('orders', { port: 8080 }),
  blue: { slot: 'blue' },
  green: { slot: 'green' },
  live: BlueGreenColor.BLUE,
};
const preview = Audience.header('x-preview', HeaderMatch.present());
const publicGateway = Gateway.fromGatewayName('public', { namespace: 'edge' });
const internalGateway = Gateway.fromGatewayAttributes({ name: 'internal', hosts: ['*.internal.example.com'] });

function make(props: Partial<BlueGreenProps> = {}): { release: BlueGreen; manifests: any[] } {
  const chart = testChart();
  const release = new BlueGreen(chart, 'Orders', { ...base, ...props });
  return { release, manifests: manifestsOf(chart) };
}

test('everybody gets the live version, and both stay defined', () => {
  const chart = testChart();
  new BlueGreen(chart, 'Orders', base);
  expect(specOf(chart, 'DestinationRule')).toEqual({
    host: 'orders',
    subsets: [{ name: 'blue', labels: { slot: 'blue' } }, { name: 'green', labels: { slot: 'green' } }],
  });
  expect(specOf(chart, 'VirtualService')).toEqual({
    hosts: ['orders'],
    http: [{ name: 'live', route: [{ destination: { host: 'orders', subset: 'blue', port: { number: 8080 } } }] }],
  });
});

test('a switch changes one word of each route', () => {
  const texts = [BlueGreenColor.BLUE, BlueGreenColor.GREEN]
    .map(live => JSON.stringify(make({ live, previewFor: [preview] }).manifests.map(({ spec }) => spec.http)));
  expect(texts[0]).not.toBe(texts[1]);
  expect(texts.map(text => text.replace(/"subset":"\w+"/g, '"subset":"color"'))).toEqual([0, 1].map(() => texts[0].replace(/"subset":"\w+"/g, '"subset":"color"')));
});

test('the handles say which version is live', () => {
  const { release } = make({ live: BlueGreenColor.GREEN });
  expect([release.live, release.idle]).toEqual([release.green, release.blue]);
  expect(release.live.subsetName).toBe('green');
});

test('a preview audience gets the idle version', () => {
  for (const live of [BlueGreenColor.BLUE, BlueGreenColor.GREEN]) {
    const { release, manifests } = make({ live, previewFor: [preview, Audience.cookie('preview', '1')] });
    const { http } = manifests[1].spec;
    expect(http.map(({ name }: any) => name)).toEqual(['preview', 'live']);
    expect(follow(http, { headers: { 'x-preview': '' } }).subset).toBe(release.idle.subsetName);
    expect(follow(http, { headers: { cookie: 'preview=1' } }).subset).toBe(release.idle.subsetName);
    expect(follow(http, {}).subset).toBe(live);
  }
});

describe('a preview host', () => {
  test('is served at the gateways, by a virtual service of its own', () => {
    const { release, manifests } = make({ gateways: [publicGateway], hosts: ['orders.example.com'], previewHost: 'preview.example.com', previewFor: [preview] });
    expect(manifests.map(({ kind, metadata, spec }) => [kind, metadata.name, spec.gateways, spec.hosts ?? spec.host])).toEqual([
      ['DestinationRule', 'test-orders-destinationrule', undefined, 'orders'],
      ['VirtualService', 'test-orders-meshroutes', undefined, ['orders']],
      ['VirtualService', 'test-orders-gatewayroutes', ['edge/public'], ['orders.example.com']],
      ['VirtualService', 'test-orders-previewroutes', ['edge/public'], ['preview.example.com']],
    ]);
    expect(manifests[3].spec.http).toEqual([{ name: 'preview', route: [{ destination: { host: 'orders', subset: 'green', port: { number: 8080 } } }] }]);
    expect(release.previewVirtualService!.name).toBe('test-orders-previewroutes');
  });

  test('may be at other gateways than the live version', () => {
    const { manifests } = make({ mesh: false, gateways: [publicGateway], hosts: ['orders.example.com'], previewHost: 'orders.internal.example.com', previewGateways: [internalGateway] });
    expect(manifests.slice(1).map(({ spec }) => spec.gateways)).toEqual([['edge/public'], ['internal']]);
  });

  test('may stand beside routes for the mesh only', () => {
    const { release, manifests } = make({ previewHost: 'orders.internal.example.com', previewGateways: [internalGateway] });
    expect(manifests.slice(1).map(({ spec }) => spec.gateways)).toEqual([undefined, ['internal']]);
    expect(release.virtualService).toBe(release.meshVirtualService);
  });

  test('has a name made from that of the release', () => {
    const { manifests } = make({ metadata: { name: 'orders' }, gateways: [publicGateway], hosts: ['orders.example.com'], previewHost: 'preview.example.com' });
    expect(manifests.map(({ metadata }) => metadata.name)).toEqual(['orders', 'orders', 'orders-gateway', 'orders-preview']);
  });
});

test('what is said of forwarding holds for all routes', () => {
  const { manifests } = make({ timeout: Duration.seconds(3), previewFor: [preview] });
  expect(manifests[1].spec.http.map(({ timeout }: any) => timeout)).toEqual(['3s', '3s']);
});

test('each version may have a policy of its own', () => {
  const [blueTrafficPolicy, greenTrafficPolicy] = [{ loadBalancer: LoadBalancer.random() }, { loadBalancer: LoadBalancer.roundRobin() }];
  const { manifests } = make({ blueTrafficPolicy, greenTrafficPolicy });
  expect(manifests[0].spec.subsets.map(({ trafficPolicy }: any) => trafficPolicy.loadBalancer.simple)).toEqual(['RANDOM', 'ROUND_ROBIN']);
});

describe('fails', () => {
  const untyped = (props: object) => () => new BlueGreen(testChart(), 'Orders', { ...base, ...props } as any);
  test.each<[string, () => void, string]>([
    ['when nothing is live', untyped({ live: undefined }), 'live must be given'],
    ['when another color is live', untyped({ live: 'red' }), "live must be one of blue, green, got 'red'"],
    ['when both are the same pods', untyped({ green: { slot: 'blue' } }), 'green must select other pods than blue, pods with slot=blue would belong to both'],
    ['when a preview is covered', untyped({ previewFor: [preview, preview] }),
      'previewFor[1] is covered by previewFor[0], which is tried first, so that no request is left for it: leave it out, or narrow the other one'],
    ['when a preview host has no gateway', untyped({ previewHost: 'preview.example.com' }), 'previewHost must have previewGateways or gateways beside it'],
    ['when preview gateways have no host', untyped({ previewGateways: [publicGateway] }), 'previewGateways must have previewHost beside it'],
    ['when the preview host is a live one', untyped({ gateways: [publicGateway], hosts: ['a.example.com'], previewHost: 'a.example.com' }),
      "previewHost must not be one of hosts, where the live version is, got 'a.example.com'"],
    ['when the preview host is not a host', untyped({ gateways: [publicGateway], hosts: ['a.example.com'], previewHost: 5 }), 'previewHost must be a string that is not empty, got 5'],
    ['when a preview gateway is the mesh', untyped({ previewHost: 'a.example.com', previewGateways: [Gateway.mesh()] }),
      'previewGateways[0] must not be Gateway.mesh(), use mesh, because the mesh has a virtual service of its own'],
    ['when an option of forwarding is not one', untyped({ fault: 5 }), 'fault must be an object, got 5'],
    ['when a property is misspelt', untyped({ preview: [preview] }), "props has no property 'preview', known properties: service, mesh, gateways, hosts, trafficPolicy, exportTo, "
      + 'metadata, timeout, retries, rewrite, mirrors, fault, corsPolicy, headers, blue, green, live, previewFor, previewHost, previewGateways, blueTrafficPolicy, greenTrafficPolicy'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(new Error(`[test/Orders] ${message}`));
  });

  test('when the preview host is not one of its gateway', () => {
    expect(() => make({ previewHost: 'preview.example.com', previewGateways: [internalGateway] }))
      .toThrow("[test/Orders] the host 'preview.example.com' is not covered by the servers of the gateway 'internal', whose hosts are '*.internal.example.com', add it to a server");
  });

  test('when two releases claim one host at a gateway, naming both', () => {
    const { first, second } = testCharts();
    new BlueGreen(first, 'Orders', { ...base, gateways: [publicGateway], hosts: ['a.example.com'] });
    const claim = () => new BlueGreen(second, 'Bills', { ...base, service: ServiceHost.fromName('bills', { port: 80 }), gateways: [publicGateway], hosts: ['a.example.com'] });
    expect(claim).toThrow("[second/Bills] host 'a.example.com' at gateway 'edge/public' belongs to [first/Orders] already, add to that one, or join both with SharedHost");
  });
});
