import { destinationRule, gateway, serviceEntry, virtualService } from './rule';
import type { UnreachableRule, WebhookRule } from './rule';

const RULE = { host: 'reviews' };
const ROUTE = { route: [{ destination: { host: 'reviews' } }] };
const HTTP_ROUTE = { hosts: ['reviews'], http: [ROUTE] };

/** What holds for all four kinds. */
export const COMMON_RULES: readonly WebhookRule[] = [
  {
    rule: 'M1',
    severity: 'error',
    title: 'The annotation istio.io/dry-run is for AuthorizationPolicies only.',
    wrong: virtualService(HTTP_ROUTE, { name: 'reviews', annotations: { 'istio.io/dry-run': 'true' } }),
    right: virtualService(HTTP_ROUTE),
  },
  {
    rule: 'M2',
    severity: 'error',
    title: "The annotations internal.istio.io/webhook-always-reject, internal.istio.io/parents and internal.istio.io/parent-namespace are Istio's own.",
    wrong: destinationRule(RULE, { name: 'reviews', annotations: { 'internal.istio.io/parents': 'HTTPRoute/reviews' } }),
    right: destinationRule(RULE),
  },
  {
    rule: 'WH1',
    severity: 'error',
    title: 'A value is of the type that its field has, and a number within the range of the field.',
    wrong: virtualService({ hosts: ['reviews'], http: [{ ...ROUTE, timeout: 5 }] }),
    right: virtualService({ hosts: ['reviews'], http: [{ ...ROUTE, timeout: '5s' }] }),
  },
  {
    rule: 'WH2',
    severity: 'error',
    title: 'A word is one of those that its field knows, in upper case.',
    wrong: serviceEntry({ hosts: ['api.example.com'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], resolution: 'dns' }),
    right: serviceEntry({ hosts: ['api.example.com'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], resolution: 'DNS' }),
  },
  {
    rule: 'WH3',
    severity: 'error',
    title: 'A duration is made of numbers and the units h, m, s, ms, us and ns.',
    wrong: virtualService({ hosts: ['reviews'], http: [{ ...ROUTE, timeout: '5' }] }),
    right: virtualService({ hosts: ['reviews'], http: [{ ...ROUTE, timeout: '5s' }] }),
  },
  {
    rule: 'WH4',
    severity: 'error',
    title: 'The bytes of a body are base64, with padding.',
    wrong: virtualService({ hosts: ['reviews'], http: [{ directResponse: { status: 200, body: { bytes: 'aGk' } } }] }),
    right: virtualService({ hosts: ['reviews'], http: [{ directResponse: { status: 200, body: { bytes: 'aGk=' } } }] }),
  },
  {
    rule: 'WH5',
    severity: 'error',
    title: 'A manifest has no other fields than apiVersion, kind, metadata, spec and status.',
    asWritten: true,
    wrong: { ...gateway({ servers: [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] }), selector: { istio: 'ingressgateway' } },
    right: gateway({ selector: { istio: 'ingressgateway' }, servers: [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] }),
  },
];

const NULL_ITEMS = "Istio's decoder makes an empty object of a null in a list or a map, which other rules may speak of; the CRD names the null.";

/** Checks in Istio's code that no manifest can fail. */
export const UNREACHABLE_RULES: readonly UnreachableRule[] = [
  { rule: 'GW2', title: 'A server is not null.', reason: NULL_ITEMS },
  { rule: 'VS7', title: 'An http route is not null.', reason: NULL_ITEMS },
  { rule: 'VS15', title: 'The match of a header is not null.', reason: NULL_ITEMS },
  { rule: 'VS23', title: 'A mirror is not null.', reason: NULL_ITEMS },
  { rule: 'VS28', title: 'A destination with a weight is not null.', reason: NULL_ITEMS },
  { rule: 'VS33', title: 'A match of a tls route is not null.', reason: NULL_ITEMS },
  { rule: 'VS36', title: 'A match of a tcp route is not null.', reason: NULL_ITEMS },
  { rule: 'DR2', title: 'A subset is not null.', reason: NULL_ITEMS },
  { rule: 'DR14', title: 'Settings of a port are not null.', reason: NULL_ITEMS },
  { rule: 'SE6', title: 'A port is not null.', reason: NULL_ITEMS },
  { rule: 'SE8', title: 'An endpoint is not null.', reason: NULL_ITEMS },
  { rule: 'VS12', title: 'A direct response excludes a redirect.', reason: 'The check stands in the branch for routes without a redirect. VS11 says the same.' },
  { rule: 'VS4', title: "A name that begins with outbound_ has 'outbound' as its first part.", reason: 'It has, by what it begins with.' },
];
