import { manifestsOf, testChart } from './util';
import { DestinationRule, Gateway, HttpAction, IDelegateRoutes, IDestination, IGateway, IHttpTarget, IngressRoute, ServiceHost, TcpAction, TrafficClient, VirtualService } from '../lib';

const MANY: readonly unknown[] = [undefined, null, 5, 'x', [], () => 1];

test('a destination that answers nothing like a destination is refused where it is handed in', () => {
  const make = (answer: unknown): IDestination => ({ toDestinationConfig: () => answer } as IDestination);
  for (const answer of MANY) {
    expect(() => HttpAction.forward(make(answer))).toThrow(/^destination: toDestinationConfig\(\) must be an object with host, got /);
    expect(() => TcpAction.forward(make(answer))).toThrow(/^destination: toDestinationConfig\(\) must be an object with host, got /);
    expect(() => new DestinationRule(testChart(), 'Rule', { host: make(answer) })).toThrow(/^\[test\/Rule\] host: toDestinationConfig\(\) must be an object with host, got /);
    expect(() => new VirtualService(testChart(), 'Routes', { services: [make(answer)] }))
      .toThrow(/^\[test\/Routes\] services\[0\]: toDestinationConfig\(\) must be an object with host, got /);
  }
  const answers: [object, string][] = [
    [{}, 'destination: host must be one host, got undefined'],
    [{ host: 5 }, 'destination: host must be a string that is not empty, got 5'],
    [{ host: 'a', port: '80' }, "destination: port must be an integer from 1 to 65535, got '80'"],
    [{ host: 'a', dependencies: 'x' }, "destination: dependencies must be a list of constructs, got 'x'"],
    [{ host: 'a', dependencies: [undefined] }, 'destination: dependencies[0] must be a construct, got undefined'],
    [{ host: 'a', dependencies: [{}] }, 'destination: dependencies[0] must be a construct, got an empty object'],
  ];
  for (const [answer, message] of answers) {
    expect(() => HttpAction.forward(make(answer))).toThrow(new Error(message));
  }
});

test('a gateway that answers nothing like a gateway is refused where it is handed in', () => {
  const use = (answer: unknown) => () => new VirtualService(testChart(), 'Routes', { gateways: [{ toGatewayConfig: () => answer } as IGateway] });
  for (const answer of MANY) {
    expect(use(answer)).toThrow(/^\[test\/Routes\] gateways\[0\]: toGatewayConfig\(\) must be an object with name, got /);
  }
  expect(use({})).toThrow(new Error('[test/Routes] gateways[0]: name must be given'));
  expect(use({ name: 'a', hosts: 5 })).toThrow(new Error('[test/Routes] gateways[0]: hosts must be a list, got 5'));
  expect(use({ name: 'a', hosts: [undefined] })).toThrow(new Error('[test/Routes] gateways[0]: hosts[0] must not be undefined, leave the item out'));
  for (const answer of [...MANY, {}, { name: 5 }, { name: 'a', hosts: 5 }]) {
    const gateway = { toGatewayConfig: () => answer } as IGateway;
    expect(() => TrafficClient.gateway(gateway)).toThrow(/^gateway: (toGatewayConfig\(\)|name|hosts) must be /);
    expect(() => new IngressRoute(testChart(), 'Shop', { hosts: ['a.example'], gateway })).toThrow(/gateway: (toGatewayConfig\(\)|name|hosts) must be /);
  }
});

test('delegated routes that answer nothing like that are refused where they are handed in', () => {
  const use = (answer: unknown) => () => HttpAction.delegateTo({ toDelegateRoutesConfig: () => answer } as IDelegateRoutes);
  for (const answer of MANY) {
    expect(use(answer)).toThrow(/^routes: toDelegateRoutesConfig\(\) must be an object with name, got /);
  }
  expect(use({})).toThrow(new Error('routes: name must be given'));
  expect(use({ name: 'a', dependencies: 5 })).toThrow(new Error('routes: dependencies must be a list of constructs, got 5'));
});

test('a target that answers nothing like a target is an error that names the path', () => {
  const use = (answer: unknown) => () => {
    const chart = testChart();
    const route = new IngressRoute(chart, 'Shop', { hosts: ['a.example'] });
    route.addPath('/', { toHttpTargetConfig: () => answer } as IHttpTarget);
    manifestsOf(chart);
  };
  for (const answer of MANY) {
    expect(use(answer)).toThrow(/target: toHttpTargetConfig\(\) must be an object with routes, got /);
  }
  expect(use({ routes: 5 })).toThrow('target: toHttpTargetConfig(): routes must be a list, got 5');
  expect(use({ routes: [undefined] })).toThrow('target.routes[0] must not be undefined, leave the item out');
  expect(use({ routes: [{ action: HttpAction.forward(ServiceHost.fromName('a')) }], dependencies: 'x' })).toThrow("target: dependencies must be a list of constructs, got 'x'");
});

test('what the library itself answers is taken', () => {
  expect(() => new VirtualService(testChart(), 'Routes', { gateways: [Gateway.mesh()], services: [ServiceHost.fromName('a')] })).not.toThrow();
});
