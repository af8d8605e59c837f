import { virtualService } from './rule';
import type { ExampleManifest, WebhookRule } from './rule';

const ROUTE = { route: [{ destination: { host: 'reviews' } }] };

function of(spec: object): ExampleManifest {
  return virtualService({ hosts: ['reviews'], ...spec });
}

function tls(match: object, spec: object = {}): ExampleManifest {
  return virtualService({ hosts: ['www.example.com'], gateways: ['public'], tls: [{ match: [match], ...ROUTE }], ...spec });
}

function tcp(route: object): ExampleManifest {
  return of({ tcp: [{ ...ROUTE, ...route }] });
}

/** What holds for a VirtualService as a whole, and for routes of TLS and TCP. */
/** A host that clients outside of the mesh ask for. */
const AT_GATEWAY = { hosts: ['reviews.example.com'] };

export const VIRTUAL_SERVICE_RULES: readonly WebhookRule[] = [
  {
    rule: 'VS1',
    severity: 'error',
    title: 'A VirtualService without hosts is a delegate: it has http routes, but no gateways, tls and tcp routes.',
    wrong: virtualService({ gateways: ['public'], http: [ROUTE] }),
    right: virtualService({ http: [ROUTE] }),
  },
  {
    rule: 'VS2',
    severity: 'error',
    title: "A gateway is referred to as 'namespace/name', by its name alone, or as 'mesh'.",
    wrong: of({ ...AT_GATEWAY, gateways: ['./public'], http: [ROUTE] }),
    right: of({ ...AT_GATEWAY, gateways: ['istio-system/public'], http: [ROUTE] }),
  },
  {
    rule: 'VS2',
    severity: 'warning',
    title: "A reference such as 'name.namespace.svc.cluster.local' is the old way to name a gateway.",
    wrong: of({ ...AT_GATEWAY, gateways: ['public.istio-system.svc.cluster.local'], http: [ROUTE] }),
    right: of({ ...AT_GATEWAY, gateways: ['istio-system/public'], http: [ROUTE] }),
  },
  {
    rule: 'VS3',
    severity: 'error',
    title: 'Claims of a token are matched on gateways only, never in sidecars and in delegates.',
    wrong: of({ http: [{ match: [{ headers: { '@request.auth.claims.group': { exact: 'dev' } } }], ...ROUTE }] }),
    right: of({ ...AT_GATEWAY, gateways: ['public'], http: [{ match: [{ headers: { '@request.auth.claims.group': { exact: 'dev' } } }], ...ROUTE }] }),
  },
  {
    rule: 'VS4',
    severity: 'error',
    title: "A host is an IP address or a domain name, with a wildcard at most in front. The hosts of a gateway's server may not begin with a namespace here.",
    wrong: of({ hosts: ['default/reviews'], http: [ROUTE] }),
    right: of({ http: [ROUTE] }),
  },
  {
    rule: 'VS5',
    severity: 'error',
    title: "The host '*' is for gateways only.",
    wrong: of({ hosts: ['*'], http: [ROUTE] }),
    right: of({ hosts: ['*'], gateways: ['public'], http: [ROUTE] }),
  },
  {
    rule: 'VS6',
    severity: 'error',
    title: 'The hosts of a VirtualService do not overlap.',
    wrong: of({ hosts: ['*.example.com', 'www.example.com'], http: [ROUTE] }),
    right: of({ hosts: ['*.example.com'], http: [ROUTE] }),
  },
  { rule: 'VS7', severity: 'error', title: 'A VirtualService has http, tls or tcp routes.', wrong: of({}), right: of({ http: [ROUTE] }) },
  {
    rule: 'VS8',
    severity: 'error',
    title: "An object is exported to '*', or to namespaces, each once.",
    wrong: of({ http: [ROUTE], exportTo: ['.', '*'] }),
    right: of({ http: [ROUTE], exportTo: ['.'] }),
  },
  {
    rule: 'VS30',
    severity: 'warning',
    title: 'A route without match comes last, those after it are never used.',
    wrong: of({ http: [ROUTE, { match: [{ uri: { prefix: '/v2' } }], ...ROUTE }] }),
    right: of({ http: [{ match: [{ uri: { prefix: '/v2' } }], ...ROUTE }, ROUTE] }),
  },
  {
    rule: 'VS33',
    severity: 'error',
    title: 'A tls route has matches, each with SNI hosts, and a destination.',
    wrong: tls({ port: 443 }),
    right: tls({ port: 443, sniHosts: ['www.example.com'] }),
  },
  {
    rule: 'VS34',
    severity: 'error',
    title: "An SNI host is a domain name that the VirtualService's hosts cover.",
    wrong: tls({ sniHosts: ['shop.example.com'] }),
    right: tls({ sniHosts: ['www.example.com'] }),
  },
  {
    rule: 'VS34',
    severity: 'warning',
    title: 'An SNI host is no IP address, which clients do not send.',
    wrong: tls({ sniHosts: ['www.example.com', '10.0.0.1'] }),
    right: tls({ sniHosts: ['www.example.com'], destinationSubnets: ['10.0.0.1'] }),
  },
  {
    rule: 'VS35',
    severity: 'error',
    title: 'A match of a tls or tcp route has addresses or ranges, a port, labels and gateways in their proper form.',
    wrong: tcp({ match: [{ destinationSubnets: ['10.0.0.0/40'] }] }),
    right: tcp({ match: [{ destinationSubnets: ['10.0.0.0/8'] }] }),
  },
  {
    rule: 'VS35',
    severity: 'warning',
    title: "In a match of a tls route, a reference such as 'name.namespace.svc.cluster.local' is the old way to name a gateway.",
    wrong: tls({ sniHosts: ['www.example.com'], gateways: ['public.default.svc.cluster.local'] }),
    right: tls({ sniHosts: ['www.example.com'], gateways: ['default/public'] }),
  },
  { rule: 'VS36', severity: 'error', title: 'A tcp route has a destination.', wrong: tcp({ route: [] }), right: tcp({}) },
];
