import { ApiObject, App, Chart } from 'cdk8s';
import { Checks, Findings, Gateway, HttpAction, MeshSettings, ServiceHost, VirtualService } from '../../lib';
import { testChart } from '../util';

function singleWeight(chart: Chart, id = 'Reviews') {
  return new VirtualService(chart, id, {
    metadata: { namespace: 'shop' },
    hosts: [id.toLowerCase()],
    defaultRoute: { action: HttpAction.split([{ destination: ServiceHost.fromName('reviews'), weight: 90 }]) },
  });
}

function codes(scope: App | Chart | VirtualService) {
  return Findings.of(scope).map(({ code, constructPath }) => `${code} ${constructPath}`);
}

test('what is wrong is found with its place and the way out', () => {
  const chart = testChart();
  singleWeight(chart);
  expect(Findings.of(chart)).toEqual([{
    code: 'KIA1104',
    severity: 'warning',
    kind: 'VirtualService',
    name: 'test-reviews',
    namespace: 'shop',
    constructPath: 'test/Reviews',
    propertyPath: 'spec.http[0].route[0].weight',
    message: 'is the weight of the only destination, which gets all requests, got 90',
    fix: 'add the destination that gets the rest, or leave the weight out',
    documentation: 'https://github.com/cdk8s-istio/cdk8s-istio/blob/main/docs/rules.md#kia1104',
  }]);
});

test('a construct shows what is wrong with its own objects', () => {
  const chart = testChart();
  const a = singleWeight(chart, 'A');
  singleWeight(chart, 'B');
  expect(codes(a)).toEqual(['KIA1104 test/A']);
  expect(codes(chart)).toEqual(['KIA1104 test/A', 'KIA1104 test/B']);
});

describe('a suppression', () => {
  test('keeps a finding quiet and says why in the manifest, to Kiali too', () => {
    const chart = testChart();
    const virtualService = singleWeight(chart);
    Checks.of(virtualService).suppress('KIA1104', 'the rest is added by the rollout controller');
    expect(Findings.of(chart)).toEqual([]);
    expect(ApiObject.of(virtualService).toJson().metadata.annotations).toEqual({
      'cdk8s-istio.dev/suppress': 'KIA1104: the rest is added by the rollout controller',
      'kiali.io/ignore-validations': 'KIA1104',
    });
  });

  test('of a chart holds for objects that come later, and is of use where one of them needs it', () => {
    const chart = testChart();
    Checks.of(chart).suppress('KIA1104', 'on purpose');
    singleWeight(chart);
    new VirtualService(chart, 'Other', { hosts: ['other'], defaultRoute: { action: HttpAction.forward(ServiceHost.fromName('other')) } });
    expect(codes(chart)).toEqual([]);
  });

  test('of an object is told to Istio where the code is Istio\'s', () => {
    const chart = testChart();
    const virtualService = singleWeight(chart);
    Checks.of(virtualService).suppress('KIA1104', 'a');
    Checks.of(virtualService).suppress('IST0101', 'b');
    Checks.of(virtualService).suppress('IST0106/VS14', 'c');
    expect(ApiObject.of(virtualService).toJson().metadata.annotations).toEqual({
      'cdk8s-istio.dev/suppress': 'KIA1104: a\nIST0101: b\nIST0106/VS14: c',
      'kiali.io/ignore-validations': 'KIA1104',
      'galley.istio.io/analyze-suppress': 'IST0101',
    });
  });

  test.each(['galley.istio.io/analyze-suppress', 'galley.io/analyze-suppress'])('for Istio is honoured as %s', annotation => {
    const chart = testChart();
    new ApiObject(chart, 'A', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', annotations: { [annotation]: 'IST0118' } }, spec: { ports: [{ name: 'web', port: 80 }] } });
    expect(Findings.of(chart)).toEqual([]);
  });

  test('that nothing needs is reported once', () => {
    const chart = testChart();
    Checks.of(chart).suppress('IST0132', 'no reason any more');
    new VirtualService(chart, 'A', { hosts: ['a'], defaultRoute: { action: HttpAction.forward(ServiceHost.fromName('a')) } });
    new VirtualService(chart, 'B', { hosts: ['b'], defaultRoute: { action: HttpAction.forward(ServiceHost.fromName('b')) } });
    expect(Findings.of(chart).map(({ code, constructPath, message }) => [code, constructPath, message])).toEqual([
      ['CI0001', 'test/A', "suppresses IST0132 ('no reason any more'), which nothing here has"],
    ]);
  });

  test('of what only a closed world would report is of use in an open one', () => {
    const chart = testChart();
    const virtualService = new VirtualService(chart, 'A', {
      hosts: ['a.example'], gateways: [Gateway.fromGatewayName('public', { namespace: 'edge' })], defaultRoute: { action: HttpAction.forward(ServiceHost.fromName('a')) },
    });
    Checks.of(virtualService).suppress('IST0101', 'of another repository');
    expect(codes(chart)).toEqual([]);
  });

  test.each([
    ['VS14', 'a reason', "[test/A] code must be that of a finding, such as 'IST0132', 'IST0106/VS14', 'KIA1104' or 'CI0004', got 'VS14'"],
    ['KIA1104', ' ', "[test/A] reason must say in one line why KIA1104 is of no concern here, got ' '"],
    ['KIA1104', 'a\nb', "[test/A] reason must say in one line why KIA1104 is of no concern here, got 'a\nb'"],
    [undefined as never, 'a', "[test/A] code must be that of a finding, such as 'IST0132', 'IST0106/VS14', 'KIA1104' or 'CI0004', got undefined"],
    ['KIA1104', undefined as never, '[test/A] reason must say in one line why KIA1104 is of no concern here, got undefined'],
  ])('with the code %j and the reason %j is refused', (code, reason, message) => {
    const virtualService = singleWeight(testChart(), 'A');
    expect(() => Checks.of(virtualService).suppress(code, reason)).toThrow(new Error(message));
  });
});

test('what is missing among the manifests is found in a closed world only', () => {
  const manifest = (closedWorld: boolean) => {
    const chart = testChart();
    MeshSettings.configure(chart, { closedWorld });
    new ApiObject(chart, 'A', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'a', namespace: 'shop' },
      spec: { hosts: ['a.example'], gateways: ['edge/public'], http: [{ redirect: { uri: '/' } }] },
    });
    return codes(chart).filter(code => code.startsWith('IST0101'));
  };
  expect(manifest(false)).toEqual([]);
  expect(manifest(true)).toEqual(['IST0101 test/A']);
});
