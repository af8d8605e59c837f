import { Chart, Testing } from 'cdk8s';
import * as istio from '../../lib';
import { checkManifests } from '../../lib/checks/check';
import { SCHEMA_RULES } from '../../lib/checks/schema/catalogue';
import { WEBHOOK_RULES } from '../../lib/checks/webhook/catalogue';
import { codeOf } from '../../lib/checks/webhook/codes';
import { testChart } from '../util';

const { EntryPort, Gateway, GatewaySelector, HttpAction, Resolution, ServiceEntry, ServiceHost, TcpAction, VirtualService } = istio;

const forward = { action: HttpAction.forward(ServiceHost.fromName('a')) };
const tcp = TcpAction.forward(ServiceHost.fromName('a'));
const PUBLIC = Gateway.fromGatewayName('public', { namespace: 'edge' });
const PASSTHROUGH = 'outbound_.443_._.a.example.com';

function linesOf(chart: Chart): string[] {
  try {
    Testing.synth(chart);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n  ').slice(1);
  }
}

describe('a mistake that a construct and the checks find is told once', () => {
  test.each<[string, (chart: Chart) => void, RegExp]>([
    ['a virtual service without a host', chart => new VirtualService(chart, 'A', { defaultRoute: forward }), /has no host/],
    ['hosts that overlap', chart => new VirtualService(chart, 'A', { services: [ServiceHost.fromName('a', { namespace: 'shop' }), ServiceHost.fromName('a', { namespace: 'shop' })], defaultRoute: forward }), /overlap/],
    ['a virtual service without routes', chart => new VirtualService(chart, 'A', { hosts: ['a'] }), /has no routes/],
    ['delegate routes without routes', chart => new istio.DelegateRoutes(chart, 'A'), /have no route/],
    ["the host '*' for sidecars", chart => new VirtualService(chart, 'A', { hosts: ['*'], defaultRoute: forward }), /'\*' is for gateways only/],
    ['the host of a passthrough for sidecars', chart => new VirtualService(chart, 'A', { hosts: [PASSTHROUGH], tlsRoutes: [{ matches: [{ sniHosts: [PASSTHROUGH] }], action: tcp }] }), /is for gateways only/],
    ['claims for sidecars', chart => new VirtualService(chart, 'A', {
      hosts: ['a'], httpRoutes: [{ matches: [{ headers: { '@request.auth.claims.group': istio.HeaderMatch.exact('a') } }], ...forward }],
    }), /claims of a JSON web token/],
    ['a server name that no host covers', chart => new VirtualService(chart, 'A', { hosts: ['a.example.com'], tlsRoutes: [{ matches: [{ sniHosts: ['b.example.com'] }], action: tcp }] }), /do not cover/],
    ['the host of a passthrough without a TLS route', chart => new VirtualService(chart, 'A', { hosts: [PASSTHROUGH], gateways: [PUBLIC], defaultRoute: forward }), /needs a route in tlsRoutes/],
    ['a gateway without a server', chart => new Gateway(chart, 'A', { selector: GatewaySelector.ingress() }), /has no server/],
    ['a service entry without a host', chart => new ServiceEntry(chart, 'A', { ports: [EntryPort.https(443)], resolution: Resolution.dns() }), /has no host/],
    ['an endpoint with a port that the entry lacks', chart => new ServiceEntry(chart, 'A', {
      hosts: ['a.example.com'], ports: [EntryPort.https(443)], resolution: Resolution.staticEndpoints([{ address: '10.0.0.1', ports: { other: 80 } }]),
    }), /names the port 'other'/],
    ['an endpoint with a name and a port that the entry lacks', chart => new ServiceEntry(chart, 'A', {
      hosts: ['a.example.com'], ports: [EntryPort.https(443)], resolution: Resolution.dns([{ address: 'b.example.com', ports: { other: 80 } }]),
    }), /names the port 'other'/],
    ['a Unix domain socket of several ports', chart => new ServiceEntry(chart, 'A', {
      hosts: ['a.example.com'], ports: [EntryPort.https(443), EntryPort.https(8443)], resolution: Resolution.staticEndpoints([{ address: 'unix:///a' }]),
    }), /Unix domain socket/],
  ])('%s', (_, make, line) => {
    const chart = testChart();
    make(chart);
    expect(linesOf(chart)).toEqual([expect.stringMatching(line)]);
  });
});

/** The rules of the webhook whose wrong example a person hears of by another code, and why. */
const TOLD_OTHERWISE: { readonly [code: string]: readonly [code: string, reason: string] } = {
  'IST0106/WH1': ['IST0106/type', 'the API server refuses it before the webhook is asked'],
  'IST0106/WH2': ['IST0106/enum', 'the API server refuses it before the webhook is asked'],
  'IST0106/WH3': ['IST0106/duration', 'the API server refuses it before the webhook is asked'],
  'IST0106/WH4': ['IST0106/format', 'the API server refuses it before the webhook is asked'],
  'IST0133/GW20': ['IST0106/maxItems', 'the API server refuses it before the webhook is asked'],
  'IST0106/VS33': ['IST0106/required', 'the API server refuses it before the webhook is asked'],
  'IST0106/DR17': ['IST0106/type', 'the API server refuses it before the webhook is asked'],
  'IST0106/SE17': ['IST0106/type', 'the API server refuses it before the webhook is asked'],
  'IST0106/SE18': ['IST0106/type', 'the API server refuses it before the webhook is asked'],
  'IST0133/SE14': ['IST0134', 'the analyzer says also what comes of it'],
};

const EXAMPLES = [
  ...SCHEMA_RULES.map(({ rule, wrong, right }) => ({ code: `IST0106/${rule}`, wrong, right })),
  ...WEBHOOK_RULES.filter(({ asWritten }) => asWritten !== true).map(({ wrong, right, ...rule }) => ({ code: codeOf(rule), wrong, right })),
];

test.each(EXAMPLES)('of the wrong example of $code a person is told once', ({ code, wrong }) => {
  expect(checkManifests([{ manifest: wrong }]).map(finding => finding.code)).toEqual([TOLD_OTHERWISE[code]?.[0] ?? code]);
});

test.each(EXAMPLES)('of the right example of $code there is nothing to tell, by whatever rule', ({ right }) => {
  expect(checkManifests([{ manifest: right }])).toEqual([]);
});
