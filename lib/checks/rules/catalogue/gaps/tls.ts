import { networking, RuleExample } from '../example';

function api(...ports: readonly object[]) {
  return networking('ServiceEntry', 'api', { hosts: ['api.example.com'], ports, resolution: 'DNS' });
}

function routesOf(hosts: readonly string[], port: number) {
  return networking('VirtualService', 'routes', {
    hosts,
    http: [{ route: [{ destination: { host: 'api.example.com', port: { number: port } } }], timeout: '3s' }],
  });
}

const HTTPS = { number: 443, name: 'https', protocol: 'HTTPS' };
const ORIGINATED = { number: 80, name: 'http', protocol: 'HTTP', targetPort: 443 };
const ADDS_TLS = networking('DestinationRule', 'api', {
  host: 'api.example.com',
  trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'SIMPLE', caCertificates: 'system' } }] },
});
const ADDS_TLS_TO_ALL = networking('DestinationRule', 'api', { host: 'api.example.com', trafficPolicy: { tls: { mode: 'SIMPLE', caCertificates: 'system' } } });
const ADDS_NONE = networking('DestinationRule', 'api', { host: 'api.example.com', trafficPolicy: { connectionPool: { tcp: { maxConnections: 10 } } } });

function gateway(port: object, tls?: object) {
  return networking('Gateway', 'public', { selector: { istio: 'ingressgateway' }, servers: [{ hosts: ['shop.example.com'], port, tls }] });
}

function shop(routes: object) {
  return networking('VirtualService', 'shop', { hosts: ['shop.example.com'], gateways: ['public'], ...routes });
}

const ROUTE = [{ destination: { host: 'frontend', port: { number: 8080 } } }];

/** TLS that is there twice, or not at all, and routes that see none of it. */
export const TLS_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'CI0003',
    wrong: [api(HTTPS), ADDS_TLS_TO_ALL],
    at: ['DestinationRule/api spec.trafficPolicy.tls'],
    right: [api(ORIGINATED), ADDS_TLS],
  },
  {
    code: 'CI0004',
    wrong: [api(HTTPS), routesOf(['api.example.com'], 443)],
    at: ['VirtualService/routes spec.http[0]'],
    right: [api(ORIGINATED), routesOf(['api.example.com'], 80), ADDS_TLS],
  },
  {
    code: 'CI0005',
    title: 'a route',
    wrong: [api(HTTPS), routesOf(['maps'], 443), ADDS_NONE],
    at: ['VirtualService/routes spec.http[0].route[0].destination.port.number'],
    right: [api(HTTPS), routesOf(['maps'], 443), ADDS_TLS_TO_ALL],
  },
  {
    code: 'CI0005',
    title: 'a port',
    wrong: [api(ORIGINATED), ADDS_NONE],
    at: ['ServiceEntry/api spec.ports[0].protocol'],
    right: [api(ORIGINATED), ADDS_TLS],
  },
  {
    code: 'CI0006',
    title: 'http routes where TLS is passed through',
    wrong: [gateway({ number: 443, name: 'tls', protocol: 'TLS' }, { mode: 'PASSTHROUGH' }), shop({ http: [{ route: ROUTE }] })],
    at: ['VirtualService/shop spec.http'],
    right: [gateway({ number: 443, name: 'https', protocol: 'HTTPS' }, { mode: 'SIMPLE', credentialName: 'shop-tls' }), shop({ http: [{ route: ROUTE }] })],
  },
  {
    code: 'CI0006',
    title: 'tcp routes where requests are seen',
    wrong: [gateway({ number: 80, name: 'http', protocol: 'HTTP' }), shop({ tcp: [{ route: ROUTE }] })],
    at: ['VirtualService/shop spec.tcp'],
    right: [gateway({ number: 80, name: 'http', protocol: 'HTTP' }), shop({ http: [{ route: ROUTE }] })],
  },
];
