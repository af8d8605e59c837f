import expressions from '../../../imports/istio-rules.json';
import { objectFindings } from '../../../lib/checks/object-findings';
import { checkSchema } from '../../../lib/checks/schema';
import { SCHEMA_RULES } from '../../../lib/checks/schema/catalogue';
import { CEL_RULES } from '../../../lib/checks/schema/cel-rules';
import { checkWebhook } from '../../../lib/checks/webhook';
import { WEBHOOK_RULES } from '../../../lib/checks/webhook/catalogue';

test.each(SCHEMA_RULES)('$rule: the wrong example violates it and nothing else', ({ rule, keyword, wrong }) => {
  expect([...new Set(checkSchema(wrong).map(violation => violation.rule))]).toEqual([keyword ?? rule]);
});

test.each(SCHEMA_RULES)('$rule: the right example is fine', ({ right }) => {
  expect(checkSchema(right)).toEqual([]);
  expect(checkWebhook(right)).toEqual([]);
});

test('every rule stands there once', () => {
  const rules = SCHEMA_RULES.map(({ rule }) => rule);
  expect(new Set(rules).size).toBe(rules.length);
});

describe('the CEL rules', () => {
  test('of the CRDs all have an entry that says what they mean, and there is no other entry', () => {
    expect(Object.keys(CEL_RULES).sort()).toEqual(Object.keys(expressions).sort());
  });

  test('are each in the catalogue, or said by the webhook too', () => {
    const known: string[] = [...SCHEMA_RULES, ...WEBHOOK_RULES].map(({ rule }) => rule);
    expect(Object.values(CEL_RULES).map(({ code }) => code).filter(code => !known.includes(code))).toEqual([]);
  });

  const manifest = (kind: string, spec: object) => ({ apiVersion: 'networking.istio.io/v1', kind, metadata: { name: 'a', namespace: 'shop' }, spec });
  const timeout = (text: string) => manifest('VirtualService', { hosts: ['a'], http: [{ timeout: text, route: [{ destination: { host: 'a' } }] }] });
  const entry = (fields: object) => manifest('ServiceEntry', { hosts: ['a.example.com'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], resolution: 'STATIC', ...fields });
  const rule = (labels: object) => manifest('DestinationRule', { host: 'a', workloadSelector: { matchLabels: labels } });
  const server = (tls: object) => manifest('Gateway', { servers: [{ hosts: ['a.example.com'], port: { number: 443, name: 'https', protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', ...tls } }] });
  const port = (number: number, name: string) => ({ number, name, protocol: 'HTTP' });

  test.each<[string, object, string, string, string | undefined]>([
    ['a duration without a unit', timeout('5'), 'duration spec.http[0].timeout', "must be a duration of 1ms or more, such as '5s', got '5'", "write '5s' for seconds"],
    ['a duration in days', timeout('2d'), 'duration spec.http[0].timeout', "must be a duration of 1ms or more, such as '5s', got '2d'", "write '48h', as days are no unit"],
    ['no time', timeout('0s'), 'duration spec.http[0].timeout', "must be a duration of 1ms or more, such as '5s', got '0s'", 'leave the field out where there is to be no such time'],
    ['a negative duration', timeout('-5s'), 'duration spec.http[0].timeout', "must be a duration of 1ms or more, such as '5s', got '-5s'", 'write a number with the unit h, m, s or ms, such as 1h30m'],
    ['a number for a duration', timeout(5 as never), 'type spec.http[0].timeout', "must be a string, got 5: write '5s' for seconds", undefined],
    ['a number for a word', entry({ location: 1 }), 'type spec.location', 'must be a string, got 1: write one of MESH_EXTERNAL, MESH_INTERNAL', undefined],
    ['a wildcard in a label', rule({ app: 'a*' }), "selector-wildcard spec.workloadSelector.matchLabels['app']", "must be the label's whole value, without a '*', got 'a*'", 'name a label that all the workloads share'],
    ['a wildcard in the name of a label', rule({ 'ok': 'a', 'a*': 'a' }), "selector-wildcard spec.workloadSelector.matchLabels['a*']", "must not have a '*' in the label's name, got 'a*'", 'name a label that all the workloads share'],
    ['a label without a name', rule({ '': 'a' }), "label-name spec.workloadSelector.matchLabels['']", 'must have the name of a label before its value, got an empty one', 'name the label'],
    ['two sources of a certificate', server({ credentialName: 'a', credentialNames: ['b'] }), 'GW16 spec.servers[0].tls', 'must take its certificate from one place, got credentialName, credentialNames', undefined],
    ['two lists of certificates', server({ credentialNames: ['b'], tlsCertificates: [{ serverCertificate: '/a', privateKey: '/b' }] }), 'GW16 spec.servers[0].tls', 'must take its certificate from one place, got credentialNames, tlsCertificates', undefined],
    ['a selector beside endpoints', entry({ workloadSelector: { labels: { a: 'b' } }, endpoints: [{ address: '10.0.0.1' }] }), 'SE2 spec.endpoints', 'must not be given with workloadSelector', 'give the workloads outside of Kubernetes WorkloadEntries with the same labels'],
    ['an endpoint without an address', entry({ endpoints: [{ address: '10.0.0.1' }, { locality: 'a' }] }), 'endpoint-address spec.endpoints[1].address', 'must be given, unless the endpoint has a network', "give the endpoint's IP address, name or socket"],
    ['ports of a socket', entry({ endpoints: [{ address: 'unix:///a', ports: { http: 80 } }] }), 'socket-ports spec.endpoints[0].ports', "must not be given for the Unix domain socket 'unix:///a'", 'leave the ports out'],
    ['a socket with a relative path', entry({ endpoints: [{ address: 'unix://a' }] }), 'socket-path spec.endpoints[0].address', "must have the absolute path of a file after 'unix://', or '@' and a name, got 'unix://a'", "write it as in 'unix:///run/app.sock'"],
    ['a folder for a socket', entry({ endpoints: [{ address: 'unix:///a/' }] }), 'socket-file spec.endpoints[0].address', "must be a file, not a folder, got 'unix:///a/'", "name the file of the socket, as in 'unix:///run/app.sock'"],
    ['a name that no port can have', entry({ endpoints: [{ address: '10.0.0.1', ports: { 'a b': 80 } }] }), "endpoint-port-name spec.endpoints[0].ports['a b']", "must have the name of a port as its key, letters, digits and '-', at most 62 characters with a letter or digit first and last, got 'a b'", 'name a port of the entry'],
    ['a port beyond all ports', entry({ ports: [port(70000, 'http')] }), 'port-number spec.ports[0].number', 'must be from 1 to 65535, got 70000', 'write the number of the port'],
    ['all hosts', entry({ hosts: ['*'] }), 'host-of-all spec.hosts[0]', "must not be '*', which would be every host", "name a domain, as in '*.example.com'"],
    ['ports with one number', entry({ ports: [port(80, 'a'), port(81, 'b'), port(80, 'c')] }), 'repeated-port-number spec.ports[2].number', 'must be another than that of ports[0], got 80', 'make one port of them, or an entry for each'],
  ])('say of %s what is wrong, where, and the way out', (_, wrong, place, message, fix) => {
    const found = objectFindings({ manifest: wrong });
    expect(found.map(({ code, propertyPath }) => `${code} ${propertyPath}`)).toEqual([`IST0106/${place}`]);
    expect([found[0].message, found[0].fix]).toEqual([message, fix]);
  });
});
