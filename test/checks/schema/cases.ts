/** A manifest and the places where the CRD of its kind refuses it. The real API server is asked about the same cases. */
export interface SchemaCase {
  readonly title: string;
  readonly kind: string;
  readonly spec: unknown;
  /** Each as `path rule`; nothing when the manifest is taken. */
  readonly refused: readonly string[];
  readonly unknown?: readonly string[];
}

const gateway = (title: string, tls: object, ...refused: string[]): SchemaCase => ({
  title, kind: 'Gateway', spec: { servers: [{ port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['*'], tls }] }, refused,
});
const route = (title: string, fields: object, ...refused: string[]): SchemaCase => ({ title, kind: 'VirtualService', spec: { http: [fields] }, refused });
const policy = (title: string, trafficPolicy: object, ...refused: string[]): SchemaCase => ({
  title, kind: 'DestinationRule', spec: { host: 'a', trafficPolicy }, refused,
});
const entry = (title: string, fields: object, ...refused: string[]): SchemaCase => ({
  title, kind: 'ServiceEntry', spec: { hosts: ['a'], resolution: 'STATIC', ...fields }, refused,
});
const endpoint = (title: string, fields: object, ...refused: string[]): SchemaCase => entry(title, { endpoints: [fields] }, ...refused);
const port = (fields: object) => ({ number: 80, name: 'http', ...fields });
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
const map = <T>(count: number, value: T) => Object.fromEntries(times(count, index => [`k${index}`, value]));

const TYPES: SchemaCase[] = [
  route('a text for a number', { route: [{ destination: { host: 'a', port: { number: '80' } } }] }, 'spec.http[0].route[0].destination.port.number type'),
  route('a number for a text', { name: 1 }, 'spec.http[0].name type'),
  route('a fraction for an integer', { route: [{ destination: { host: 'a' }, weight: 0.5 }] }, 'spec.http[0].route[0].weight type'),
  route('an integer for a number with a fraction', { fault: { delay: { fixedDelay: '1s', percentage: { value: 5 } } } }),
  route('a text for a boolean', { corsPolicy: { allowCredentials: 'true' } }, 'spec.http[0].corsPolicy.allowCredentials type'),
  route('an object for a list', { match: {} }, 'spec.http[0].match type'),
  route('a list for an object', { redirect: [] }, 'spec.http[0].redirect type'),
  route('a number that 64 bits cannot hold', { route: [{ destination: { host: 'a' }, weight: 1e19 }] }, 'spec.http[0].route[0].weight type'),
  { title: 'a text for the spec', kind: 'VirtualService', spec: 'a', refused: ['spec type'] },
  { title: 'an empty spec', kind: 'VirtualService', spec: {}, refused: [] },
  { title: 'the spec of a service entry left out', kind: 'ServiceEntry', spec: undefined, refused: ['spec required'] },
  { title: 'a null as the spec of a service entry', kind: 'ServiceEntry', spec: null, refused: ['spec required'] },
];

const NULLS: SchemaCase[] = [
  route('a null field, which is dropped', { name: null, timeout: null, route: [{ destination: { host: 'a' }, weight: null }] }),
  route('a null for a required field, which is missing then', { route: [{ destination: { host: null } }] }, 'spec.http[0].route[0].destination.host required'),
  route('a null in a map, which is dropped', { headers: { request: { set: { a: null } } }, match: [{ headers: { a: null } }] }),
  route('a null in a list, which stays', { match: [null] }, 'spec.http[0].match[0] type'),
  route('a null for a field that may be null', { mirrorPercent: null, retries: { retryRemoteLocalities: null } }),
  route('a null among fields that exclude each other', { redirect: { port: 80, derivePort: null } }),
  entry('a null among the items of a list with keys', { ports: [null] }, 'spec.ports[0] type'),
  entry('a null key that would break the rule about keys', { endpoints: [{ address: 'a', ports: { '-': null } }] }),
  entry('nulls that do not count as endpoints', { endpoints: null, resolution: 'NONE' }),
  entry('a null value more than a map may have', { endpoints: [{ address: 'a', labels: { ...map(256, 'b'), more: null } }] }),
];

const UNKNOWN: SchemaCase[] = [
  { ...route('a field that no kind has', { timeOut: '5s' }), unknown: ['spec.http[0].timeOut'] },
  { ...route('an unknown field that is null', { foo: null }), unknown: ['spec.http[0].foo'] },
  { ...route('a field of another object', { destination: { host: 'a' } }), unknown: ['spec.http[0].destination'] },
  { ...route('fields where a text belongs', { name: { a: { b: 1 } } }, 'spec.http[0].name type'), unknown: ['spec.http[0].name.a'] },
  { ...route('fields in lists where a text belongs', { name: [[{ a: 1 }], { b: 2 }] }, 'spec.http[0].name type'), unknown: ['spec.http[0].name[0][0].a', 'spec.http[0].name[1].b'] },
  { ...route('a name that JavaScript objects inherit', { constructor: 1, toString: 2 }), unknown: ['spec.http[0].constructor', 'spec.http[0].toString'] },
];

const LIMITS: SchemaCase[] = [
  route('an integer of 32 bits', { retries: { attempts: 2147483647 } }),
  route('an integer of more than 32 bits', { retries: { attempts: 2147483648 } }, 'spec.http[0].retries.attempts format'),
  route('the smallest integer of 32 bits', { retries: { attempts: -2147483648 } }),
  route('the largest number of a port', { redirect: { port: 4294967295 } }),
  route('a larger number of a port', { redirect: { port: 4294967296 } }, 'spec.http[0].redirect.port maximum'),
  route('a negative number of a port', { redirect: { port: -1 } }, 'spec.http[0].redirect.port minimum'),
  route('a word of an enum', { redirect: { derivePort: 'FROM_REQUEST_PORT' } }),
  route('a word of no enum', { redirect: { derivePort: 'from_request_port' } }, 'spec.http[0].redirect.derivePort enum'),
  route('an empty word', { redirect: { derivePort: '' } }, 'spec.http[0].redirect.derivePort enum'),
  route('bytes in base64', { directResponse: { status: 200, body: { bytes: 'YQ==' } } }),
  route('empty bytes', { directResponse: { status: 200, body: { bytes: '' } } }, 'spec.http[0].directResponse.body.bytes format'),
  route('bytes without padding', { directResponse: { status: 200, body: { bytes: 'YQ' } } }, 'spec.http[0].directResponse.body.bytes format'),
  route('bytes with a line break', { directResponse: { status: 200, body: { bytes: 'YQ==\n' } } }, 'spec.http[0].directResponse.body.bytes format'),
  route('bytes as a list', { directResponse: { status: 200, body: { bytes: [104, 105] } } }),
  route('a status left out', { directResponse: {} }, 'spec.http[0].directResponse.status required'),
  { title: 'a TLS route without matches', kind: 'VirtualService', spec: { tls: [{}] }, refused: ['spec.tls[0].match required'] },
  { title: 'a TLS match without host names', kind: 'VirtualService', spec: { tls: [{ match: [{}] }] }, refused: ['spec.tls[0].match[0].sniHosts required'] },
  { title: 'a rule without host', kind: 'DestinationRule', spec: {}, refused: ['spec.host required'] },
  policy('a percentage', { loadBalancer: { warmup: { duration: '1s', minimumPercent: 100 } } }),
  policy('a percentage above 100', { loadBalancer: { warmup: { duration: '1s', minimumPercent: 100.5 } } }, 'spec.trafficPolicy.loadBalancer.warmup.minimumPercent maximum'),
  policy('an aggression of 0, which only the webhook refuses', { loadBalancer: { warmup: { duration: '1s', aggression: 0 } } }),
  gateway('two certificates', { credentialNames: ['a', 'b'] }),
  gateway('three certificates', { credentialNames: ['a', 'b', 'c'] }, 'spec.servers[0].tls.credentialNames maxItems'),
  gateway('an empty list of certificates', { credentialNames: [] }, 'spec.servers[0].tls.credentialNames minItems'),
  { title: 'a server without port and hosts', kind: 'Gateway', spec: { servers: [{}] }, refused: ['spec.servers[0].port required', 'spec.servers[0].hosts required'] },
  entry('256 hosts', { hosts: times(256, () => 'a') }),
  entry('257 hosts', { hosts: times(257, () => 'a') }, 'spec.hosts maxItems'),
  entry('no hosts', { hosts: [] }, 'spec.hosts minItems'),
  endpoint('256 labels', { address: 'a', labels: map(256, 'b') }),
  endpoint('257 labels', { address: 'a', labels: map(257, 'b') }, 'spec.endpoints[0].labels maxProperties'),
  entry('63 letters of four bytes', { workloadSelector: { labels: { a: '\u{1f600}'.repeat(63) } } }),
  entry('64 letters of four bytes', { workloadSelector: { labels: { a: '\u{1f600}'.repeat(64) } } }, "spec.workloadSelector.labels['a'] maxLength"),
  entry('two ports of one name', { ports: [port({}), port({ number: 81 }), port({ number: 82 })] }, 'spec.ports[1] duplicate'),
  entry('ports without names, which are alike too', { ports: [{ number: 80 }, { number: 81 }] }, 'spec.ports[0].name required', 'spec.ports[1].name required', 'spec.ports[1] duplicate'),
  entry('names that differ in their type', { ports: [port({ name: '1' }), port({ number: 81, name: 1 })] }, 'spec.ports[1].name type'),
];

const EXCLUSIVE: SchemaCase[] = [
  route('one way to match', { match: [{ uri: { prefix: '/a' } }, { uri: {} }] }),
  route('two ways to match', { match: [{ uri: { prefix: '/a', exact: '/b' } }] }, 'spec.http[0].match[0].uri oneOf'),
  route('two bodies', { directResponse: { status: 200, body: { string: 'a', bytes: 'YQ==' } } }, 'spec.http[0].directResponse.body oneOf'),
  route('two ways to abort', { fault: { abort: { httpStatus: 500, grpcStatus: 'UNAVAILABLE' } } }, 'spec.http[0].fault.abort oneOf'),
  route('two ports to redirect to', { redirect: { port: 80, derivePort: 'FROM_REQUEST_PORT' } }, 'spec.http[0].redirect oneOf'),
  policy('two load balancers', { loadBalancer: { simple: 'RANDOM', consistentHash: { useSourceIp: true } } }, 'spec.trafficPolicy.loadBalancer oneOf'),
  policy('two hash keys', { loadBalancer: { consistentHash: { useSourceIp: true, httpHeaderName: 'a' } } }, 'spec.trafficPolicy.loadBalancer.consistentHash oneOf'),
  policy('two hash rings', { loadBalancer: { consistentHash: { useSourceIp: true, maglev: {}, ringHash: {} } } }, 'spec.trafficPolicy.loadBalancer.consistentHash oneOf'),
];

const DURATIONS: SchemaCase[] = [
  ...['1ms', '1s', '1.5h', '1h30m', '+1s', '.5s', '1000us', '1000\u00b5s', '1000\u03bcs', '2562047h47m16.854775807s'].map(timeout => route(`the duration ${timeout}`, { timeout })),
  ...['', '0', '0s', '999us', '-1s', '1', '1 s', '1d', '1S', 's', '.s', '1s ', 'abc', '2562047h47m16.854775808s', '0.0009999s']
    .map(timeout => route(`the duration '${timeout}'`, { timeout }, 'spec.http[0].timeout cel')),
  policy('an idle timeout of 0, which has no rule', { connectionPool: { tcp: { idleTimeout: '0s' }, http: { idleTimeout: '0s' } } }, 'spec.trafficPolicy.connectionPool.http.idleTimeout cel'),
  route('a rule that is not asked, because something has the wrong type', { timeout: '0s', name: 1 }, 'spec.http[0].name type'),
  route('a rule that is asked, because only a number is out of its range', { timeout: '0s', redirect: { port: -1 } }, 'spec.http[0].timeout cel', 'spec.http[0].redirect.port minimum'),
];

const RULES: SchemaCase[] = [
  gateway('a name of one certificate', { credentialName: 'a' }),
  gateway('one name and several', { credentialName: 'a', credentialNames: ['b'] }, 'spec.servers[0].tls cel'),
  gateway('names and files', { credentialNames: ['b'], tlsCertificates: [{}] }, 'spec.servers[0].tls cel', 'spec.servers[0].tls cel'),
  gateway('one name and files, which only the webhook refuses', { credentialName: 'a', tlsCertificates: [{}] }),
  entry('a wildcard', { hosts: ['*.a'] }),
  entry('a wildcard alone', { hosts: ['a', '*'] }, 'spec.hosts[1] cel'),
  entry('two ports of one number', { ports: [port({}), port({ name: 'b' })] }, 'spec.ports cel'),
  entry('a port of 65535', { ports: [port({ number: 65535, targetPort: 1 })] }),
  entry('a port of 0', { ports: [port({ number: 0 })] }, 'spec.ports[0].number cel'),
  entry('a target port of 65536', { ports: [port({ targetPort: 65536 })] }, 'spec.ports[0].targetPort cel'),
  entry('a selector and endpoints', { workloadSelector: { labels: { a: 'b' } }, endpoints: [{ address: 'a' }] }, 'spec cel'),
  entry('a network of addresses without DNS', { addresses: ['10.0.0.0/8'] }),
  entry('a network of addresses with DNS', { addresses: ['10.0.0.0/8'], resolution: 'DNS' }, 'spec cel'),
  entry('endpoints without resolution', { resolution: 'NONE', endpoints: [{ address: 'a' }] }, 'spec cel'),
  entry('an empty list of endpoints without resolution', { resolution: 'NONE', endpoints: [] }, 'spec cel'),
  { title: 'endpoints with the resolution left out', kind: 'ServiceEntry', spec: { hosts: ['a'], endpoints: [{ address: 'a' }] }, refused: ['spec cel'] },
  entry('one endpoint for DNS in turns', { resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'a' }] }),
  entry('two endpoints for DNS in turns', { resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'a' }, { address: 'b' }] }, 'spec cel'),
  endpoint('neither address nor network', {}, 'spec.endpoints[0] cel'),
  endpoint('a network', { network: 'a' }),
  endpoint('a socket', { address: 'unix:///run/a' }),
  endpoint('an abstract socket', { address: 'unix://@a' }),
  endpoint('a socket with a relative path', { address: 'unix://run/a' }, 'spec.endpoints[0].address cel'),
  endpoint('a socket that is a folder', { address: 'unix:///run/' }, 'spec.endpoints[0].address cel'),
  endpoint('a socket without a path, where both rules speak', { address: 'unix://' }, 'spec.endpoints[0].address cel', 'spec.endpoints[0].address cel'),
  endpoint('a socket with ports', { address: 'unix:///run/a', ports: { http: 80 } }, 'spec.endpoints[0] cel'),
  endpoint('ports', { address: 'a', ports: { 'http': 80, 'A-1': 65535 } }),
  endpoint('a port of 0', { address: 'a', ports: { http: 0 } }, "spec.endpoints[0].ports['http'] cel"),
  endpoint('a name of 62 letters', { address: 'a', ports: { ['a'.repeat(62)]: 80 } }),
  endpoint('a name of 63 letters', { address: 'a', ports: { ['a'.repeat(63)]: 80 } }, 'spec.endpoints[0].ports cel'),
  endpoint('a name with a dot', { address: 'a', ports: { 'a.b': 80 } }, 'spec.endpoints[0].ports cel'),
  endpoint('a name with a dash at its end', { address: 'a', ports: { 'a-': 80 } }, 'spec.endpoints[0].ports cel'),
  entry('a selector of labels', { workloadSelector: { labels: { app: 'a' } } }),
  entry('a wildcard in a selector', { workloadSelector: { labels: { app: 'a*' } } }, "spec.workloadSelector.labels['app'] cel"),
  ...[
    { title: 'a workload selector', labels: { app: 'a' }, refused: [] },
    { title: 'a wildcard in the value of a workload selector', labels: { app: '*' }, refused: ["spec.workloadSelector.matchLabels['app'] cel"] },
    { title: 'a wildcard in the key of a workload selector', labels: { 'a*': 'b' }, refused: ['spec.workloadSelector.matchLabels cel'] },
    { title: 'an empty key in a workload selector', labels: { '': 'b' }, refused: ['spec.workloadSelector.matchLabels cel'] },
  ].map(({ title, labels, refused }): SchemaCase => ({ title, kind: 'DestinationRule', spec: { host: 'a', workloadSelector: { matchLabels: labels } }, refused })),
];

export const SCHEMA_CASES: readonly SchemaCase[] = [...TYPES, ...NULLS, ...UNKNOWN, ...LIMITS, ...EXCLUSIVE, ...DURATIONS, ...RULES];

/** The manifest of a case. */
export function manifestOf({ kind, spec }: SchemaCase, version = 'v1') {
  return { apiVersion: `networking.istio.io/${version}`, kind, metadata: { name: 'a', namespace: 'default' }, spec };
}
