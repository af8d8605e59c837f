import {
  DestinationRule, EntryPort, Gateway, Resolution, ServiceEntry, ServiceHost, TcpAction, TcpRoute, TlsRoute, Traffic, VirtualService,
} from '../../lib';
import { testChart } from '../util';

const edge = Gateway.fromGatewayName('public', { namespace: 'edge' });
const sniHosts = ['vault.example.com'];
const vault = ServiceHost.fromName('vault', { namespace: 'shop' });

interface Routes {
  readonly tls?: (rules: DestinationRule) => TlsRoute[];
  readonly tcp?: (rules: DestinationRule) => TcpRoute[];
}

/** What goes to the version v1 of the vault, which is called at a gateway by TLS routes, and in the mesh by TCP routes. */
function asked({ tls, tcp }: Routes, ...others: object[]): () => void {
  const chart = testChart({ namespace: 'shop' });
  const rules = new DestinationRule(chart, 'Vault', { host: vault, subsets: { v1: { labels: { version: 'v1' } }, v2: { labels: { version: 'v2' } } } });
  if (tls !== undefined) {
    new VirtualService(chart, 'Edge', { hosts: sniHosts, gateways: [edge], tlsRoutes: tls(rules) });
  }
  if (tcp !== undefined) {
    new VirtualService(chart, 'Mesh', { services: [vault], tcpRoutes: tcp(rules) });
  }
  const v1 = rules.subset('v1');
  const traffic = others.length === 0 ? Traffic.of(chart) : Traffic.fromManifests([...chart.toJson(), ...others]);
  return () => void traffic.nothingGoesTo(v1);
}

function both(rules: DestinationRule, weight: number): TcpAction {
  return TcpAction.split([{ destination: rules.subset('v1'), weight }, { destination: rules.subset('v2'), weight: 100 - weight }]);
}

describe('nothing goes to a version any more over TLS', () => {
  test('not where a gateway sends some connections there by their server name', () => {
    expect(asked({ tls: rules => [{ matches: [{ sniHosts }], action: both(rules, 1) }] })).toThrow(/tls\[0\] sends there, this request among others[^]*vault\.example\.com/);
  });

  test('where its weight is 0', () => {
    expect(asked({ tls: rules => [{ matches: [{ sniHosts }], action: both(rules, 0) }] })).not.toThrow();
  });

  test('where an earlier route takes the name', () => {
    expect(asked({ tls: rules => ['v2', 'v1'].map(name => ({ matches: [{ sniHosts }], action: TcpAction.forward(rules.subset(name)) })) })).not.toThrow();
  });

  test('where the route is for a port that no server of the gateway has', () => {
    const gateway = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Gateway',
      metadata: { name: 'public', namespace: 'edge' },
      spec: { selector: { istio: 'ingressgateway' }, servers: [{ hosts: ['*'], port: { number: 443, name: 'tls', protocol: 'TLS' }, tls: { mode: 'PASSTHROUGH' } }] },
    };
    const onPort = (port: number) => asked({ tls: rules => [{ matches: [{ sniHosts, port }], action: TcpAction.forward(rules.subset('v1')) }] }, gateway);
    expect(onPort(443)).toThrow('tls[0] sends there');
    expect(onPort(9443)).not.toThrow();
  });
});

describe('nothing goes to a version any more over TCP', () => {
  test('not where the connections of some workloads go there', () => {
    expect(asked({
      tcp: rules => [
        { matches: [{ sourceLabels: { app: 'report' } }], action: TcpAction.forward(rules.subset('v1')) },
        { action: TcpAction.forward(rules.subset('v2')) },
      ],
    })).toThrow(/tcp\[0\] sends there[^]*app=report/);
  });

  test('not where those of a namespace go there', () => {
    expect(asked({
      tcp: rules => [
        { matches: [{ sourceNamespace: 'audit' }], action: TcpAction.forward(rules.subset('v1')) },
        { action: TcpAction.forward(rules.subset('v2')) },
      ],
    })).toThrow('the sidecar of a workload in namespace audit');
  });

  test('where an earlier route takes all connections', () => {
    expect(asked({
      tcp: rules => [
        { matches: [{ port: 8200 }], action: TcpAction.forward(rules.subset('v2')) },
        { matches: [{ sourceLabels: { app: 'report' } }], action: TcpAction.forward(rules.subset('v1')) },
      ],
    })).not.toThrow();
  });

  test('it cannot be decided where a Sidecar is for some workloads alone', () => {
    const sidecar = { apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata: { name: 'some', namespace: 'shop' }, spec: { workloadSelector: { labels: { app: 'x' } }, egress: [{ hosts: ['*/*'] }] } };
    expect(asked({ tcp: rules => ['v2', 'v1'].map(name => ({ matches: [{ port: 8200 }], action: TcpAction.forward(rules.subset(name)) })) }, sidecar)).toThrow(/^cannot decide[^]*tcp\[1\]/);
  });
});

test('a host that speaks TLS is called by its name', () => {
  const chart = testChart();
  const entry = new ServiceEntry(chart, 'Api', { hosts: ['api.example.com'], ports: [EntryPort.tls(443)], resolution: Resolution.dns() });
  expect(() => Traffic.of(chart).nothingGoesTo(entry)).toThrow('whoever calls it reaches it');
});
