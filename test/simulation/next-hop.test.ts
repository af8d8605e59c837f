import { Gateway, Traffic, TrafficAnswer, TrafficClient } from '../../lib';

const NETWORKING = 'networking.istio.io/v1';

/** A request to an external host that goes to an egress gateway, with a client TLS setting for it. */
function atGateway(tls: object): TrafficAnswer {
  const metadata = { namespace: 'istio-system' };
  const host = 'egress.istio-system.svc.cluster.local';
  return Traffic.fromManifests([
    { apiVersion: 'v1', kind: 'Service', metadata: { ...metadata, name: 'egress' }, spec: { selector: { istio: 'egress' }, ports: [{ name: 'https', port: 443 }] } },
    {
      apiVersion: NETWORKING,
      kind: 'Gateway',
      metadata: { ...metadata, name: 'egress' },
      spec: {
        selector: { istio: 'egress' },
        servers: [{ hosts: ['api.example'], port: { number: 443, name: 'https', protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: 'egress' } }],
      },
    },
    { apiVersion: NETWORKING, kind: 'DestinationRule', metadata: { ...metadata, name: 'egress' }, spec: { host, trafficPolicy: { tls } } },
    {
      apiVersion: NETWORKING,
      kind: 'ServiceEntry',
      metadata: { ...metadata, name: 'api' },
      spec: { hosts: ['api.example'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], resolution: 'DNS' },
    },
    {
      apiVersion: NETWORKING,
      kind: 'VirtualService',
      metadata: { ...metadata, name: 'api' },
      spec: {
        hosts: ['api.example'],
        gateways: ['mesh', 'egress'],
        http: [
          { match: [{ gateways: ['mesh'] }], route: [{ destination: { host, port: { number: 443 } } }] },
          { name: 'out', route: [{ destination: { host: 'api.example', port: { number: 80 } } }] },
        ],
      },
    },
  ]).from(TrafficClient.sidecar({ namespace: 'istio-system' })).get('http://api.example/').atGateway(Gateway.fromGatewayName('egress', { namespace: 'istio-system' }));
}

test('TLS without a name asks the gateway for the host of the request', () => {
  expect(atGateway({ mode: 'SIMPLE' }).route).toMatchObject({ routeName: 'out' });
});

test('TLS with another name is closed by a gateway that does not have it', () => {
  expect(atGateway({ mode: 'SIMPLE', sni: 'other.example' }).isRefused().summary).toBe('connection closed');
});

test('a secret that the sidecar does not take leaves the request in clear', () => {
  expect(atGateway({ mode: 'SIMPLE', credentialName: 'egress' }).isRefused().summary).toBe('connection closed');
});
