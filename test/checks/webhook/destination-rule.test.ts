import { findings, found } from './util';

function ofPolicy(trafficPolicy: unknown, namespace = 'default'): string[] {
  return found('DestinationRule', { host: 'a', trafficPolicy }, { namespace });
}

function expectAt(actual: string[], rule: string, place: string, expected: readonly string[], severity = 'error'): void {
  expect(actual).toEqual(expected.map(each => `${severity} ${rule} spec.trafficPolicy${place}${each}`));
}

test.each([['a', true], ['*', true], ['*.', true], ['123', true], ['*.a', true], ['1.2.3.4', false], ['', false], [undefined, false], ['*.*', false]])('host %j: %s', (host, ok) => {
  expect(found('DestinationRule', { host })).toEqual(ok ? [] : ['error DR1 spec.host']);
});

test('subsets have unique names, and labels that may be empty', () => {
  expect(found('DestinationRule', { host: 'a', subsets: [{ name: 'v1' }, { name: 'v2', labels: {} }, null, { name: 'v1' }, { name: 'a.b', labels: { 'a b': 'c' } }] })).toEqual([
    'error DR2 spec.subsets[2].name', 'error DR2 spec.subsets[3].name', 'error DR2 spec.subsets[4].name', "error DR2 spec.subsets[4].labels['a b']",
  ]);
});

test('warnings about subsets and ports get lost', () => {
  const trafficPolicy = { outlierDetection: { consecutiveErrors: 1, maxEjectionPercent: 101 } };
  expect(found('DestinationRule', { host: 'a', trafficPolicy }).length).toBe(2);
  expect(found('DestinationRule', { host: 'a', subsets: [{ name: 'a', trafficPolicy }] })).toEqual(['error DR6 spec.subsets[0].trafficPolicy.outlierDetection.maxEjectionPercent']);
  expect(ofPolicy({ portLevelSettings: [{ port: {}, ...trafficPolicy }] })).toEqual(['error DR6 spec.trafficPolicy.portLevelSettings[0].outlierDetection.maxEjectionPercent']);
});

test.each([
  [['.'], true], [['default'], true], [undefined, true], [['*'], false], [['other'], false], [['.', 'other'], false],
])('with a workloadSelector, exported to %j: %s', (exportTo, ok) => {
  const spec = { host: 'a', workloadSelector: { matchLabels: { a: 'b' } }, exportTo };
  expect(found('DestinationRule', spec)).toEqual(ok ? [] : ['error DR3 spec.exportTo']);
});

test.each([[{}, ['warning'], ''], [{ '': 'a' }, ['error'], "['']"], [{ 'a*': 'a' }, ['error'], "['a*']"], [{ a: '*' }, ['error'], "['a']"], [{ 'a b': '-' }, [], '']])(
  'selecting %j: %j', (matchLabels, severities, place) => {
    expect(found('DestinationRule', { host: 'a', workloadSelector: { matchLabels } })).toEqual(severities.map(severity => `${severity} DR3 spec.workloadSelector.matchLabels${place}`));
  });

test.each([[{}], [{ portLevelSettings: [] }], [{ loadBalancer: null }], [{ unknown: 1 }]])('the policy %j is empty', policy => {
  expectAt(ofPolicy(policy), 'DR4', '', ['']);
});

test.each([[null], [undefined], [{ retryBudget: {} }], [{ proxyProtocol: {} }], [{ loadBalancer: {} }], [{ tls: {} }], [{ outlierDetection: {} }]])('the policy %j is fine', policy => {
  expect(ofPolicy(policy)).toEqual([]);
});

test('after tunnel and proxyProtocol together nothing else is judged', () => {
  expectAt(ofPolicy({ tunnel: {}, proxyProtocol: {}, connectionPool: {} }), 'DR5', '', ['']);
});

test.each([
  [{ baseEjectionTime: '0s', interval: '0.5ms' }, ['.baseEjectionTime', '.interval']], [{ consecutiveLocalOriginFailures: 1 }, ['.consecutiveLocalOriginFailures']],
  [{ consecutiveLocalOriginFailures: 0 }, []], [{ maxEjectionPercent: -1, minHealthPercent: 101 }, ['.maxEjectionPercent', '.minHealthPercent']],
])('outlier detection %j is refused at %j', (outlierDetection, places) => {
  expectAt(ofPolicy({ outlierDetection }), 'DR6', '.outlierDetection', places);
});

test.each([
  [{}, ['']], [{ http: {} }, []], [{ tcp: {} }, []],
  [{ http: { http1MaxPendingRequests: -1, http2MaxRequests: -1, maxRequestsPerConnection: -1, maxRetries: -1, maxConcurrentStreams: -1 } },
    ['http1MaxPendingRequests', 'http2MaxRequests', 'maxRequestsPerConnection', 'maxRetries', 'maxConcurrentStreams'].map(field => `.http.${field}`)],
  [{ http: { idleTimeout: '0s', http2KeepAlive: {} } }, ['.http.idleTimeout', '.http.http2KeepAlive.interval', '.http.http2KeepAlive.timeout']],
  [{ tcp: { maxConnections: -1, connectTimeout: '0s', maxConnectionDuration: '0s', tcpKeepalive: { time: '0s', interval: '0s' } } },
    ['.tcp.maxConnections', '.tcp.connectTimeout', '.tcp.maxConnectionDuration', '.tcp.tcpKeepalive.time', '.tcp.tcpKeepalive.interval']],
  [{ tcp: { idleTimeout: '0s' } }, []], [{ tcp: { idleTimeout: '0.5ms' } }, []], [{ tcp: { idleTimeout: '-0.5ms' } }, []], [{ tcp: { idleTimeout: '-1ms' } }, ['.tcp.idleTimeout']],
  [{ tcp: { idleTimeout: '1.5ms' } }, ['.tcp.idleTimeout']],
])('connection pool %j is refused at %j', (connectionPool, places) => {
  expectAt(ofPolicy({ connectionPool }), 'DR7', '.connectionPool', places);
});

test.each([
  [{ httpCookie: {} }, ['.httpCookie.name']], [{ httpCookie: { name: 'a', attributes: [{ name: 'b' }, {}, { name: 'b' }] } }, ['.httpCookie.attributes[1].name', '.httpCookie.attributes[2].name']],
  [{ maglev: {} }, ['.maglev.tableSize']], [{ maglev: { tableSize: 1 } }, []], [{ maglev: { tableSize: 2 } }, []], [{ maglev: { tableSize: 4 } }, ['.maglev.tableSize']],
  [{ maglev: { tableSize: 9 } }, ['.maglev.tableSize']], [{ maglev: { tableSize: 65537 } }, []], [{ maglev: { tableSize: 5000011 } }, ['.maglev.tableSize']], [{ maglev: { tableSize: 4999999 } }, []],
  [{ ringHash: {} }, []], [{ httpCookie: {}, useSourceIp: false }, []],
])('consistent hashing by %j is refused at %j', (consistentHash, places) => {
  expectAt(ofPolicy({ loadBalancer: { consistentHash } }), 'DR8', '.loadBalancer.consistentHash', places);
});

test('the old ring size is deprecated, and refused next to the new ones', () => {
  const place = 'DR8 spec.trafficPolicy.loadBalancer.consistentHash.minimumRingSize';
  expect(ofPolicy({ loadBalancer: { consistentHash: { minimumRingSize: 0, ringHash: {} } } })).toEqual([]);
  expect(ofPolicy({ loadBalancer: { consistentHash: { minimumRingSize: 1, ringHash: {} } } })).toEqual([`warning ${place}`, `error ${place}`]);
});

const LOCALITY = '.loadBalancer.localityLbSetting';

function ofLocality(localityLbSetting: object): string[] {
  return ofPolicy({ loadBalancer: { localityLbSetting }, outlierDetection: {} });
}

test.each([
  [['us/a', 'us/*'], []], [['us/*', 'us/a'], [1]], [['us', '*'], []], [['*', 'us'], [1]], [['us', 'us/a'], [1]], [['us/a', 'us'], [1]], [['us/a/1', 'us/a/*'], []], [['us/a/*', 'us/a/1'], [1]],
  [['us/a/1', 'us/a'], [1]], [['us/a', 'eu/a'], []], [['us/a/1/x', 'us/a/1/y'], []], [['us/'], [0]], [[''], [0]], [[undefined], [0]], [['u*s'], [0]], [['**'], [0]], [['us*'], []], [['us/a/1/'], []],
])('shares from %j are refused at %j', (froms, positions) => {
  expectAt(ofLocality({ distribute: froms.map(from => ({ from, to: { a: 100 } })) }), 'DR10', LOCALITY, positions.map(position => `.distribute[${position}].from`));
});

test.each([
  [{ 'us/a': 100 }, []], [{ 'us': 50, 'us/a': 50 }, ["['us/a']", "['us']"]], [{ '': 100 }, ["['']"]], [{ a: 0, b: 100 }, ["['a']"]], [{ a: 101 }, ["['a']"]], [{ a: 99 }, ['']], [{}, ['']],
  [{ a: 4294967295, b: 1 }, ["['a']"]],
])('shares to %j are refused at one of %j', (to, places) => {
  const [at, ...others] = ofLocality({ distribute: [{ from: 'a', to }] });
  expect(others).toEqual([]);
  expect(at === undefined ? [undefined] : places.map(place => `error DR10 spec.trafficPolicy${LOCALITY}.distribute[0].to${place}`)).toContain(at);
});

test.each([[['us/*', 'us/a']], [['us/a', 'us/*']], [['*', 'us']], [['us/a/*', 'us/a/1']]])('shares to %j are sometimes refused', ([first, second]) => {
  const spec = { host: 'a', trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [{ from: 'a', to: { [first]: 50, [second]: 50 } }] } } } };
  expect(findings('DestinationRule', spec)).toEqual([expect.objectContaining({ rule: 'DR10', severity: 'error', random: true })]);
});

test.each([
  [{ distribute: [{ from: 'a', to: { a: 100 } }], failover: [{ from: 'a', to: 'b' }] }, ['']], [{ failover: [{ from: 'a', to: 'a' }] }, ['.failover[0]']], [{ failover: [{}] }, ['.failover[0]']],
  [{ failover: [{ from: 'a/b', to: '*' }] }, ['.failover[0].from', '.failover[0].to']], [{ failover: [{ from: 'a', to: 'b' }], failoverPriority: ['a', 'topology.kubernetes.io/zone'] }, ['.failoverPriority[1]']],
  [{ failoverPriority: ['topology.kubernetes.io/zone'] }, []], [{}, []],
])('locality settings %j are refused at %j', (locality, places) => {
  expectAt(ofLocality(locality), 'DR10', LOCALITY, places);
});

test('failover warns of missing outlier detection, unless Istio gives up before', () => {
  const warning = `warning DR10 spec.trafficPolicy${LOCALITY}`;
  expect(ofPolicy({ loadBalancer: { localityLbSetting: { failoverPriority: ['a'] } } })).toEqual([warning]);
  expect(ofPolicy({ loadBalancer: { localityLbSetting: { failover: [{}] } } })[0]).toBe(warning);
  expect(ofPolicy({ loadBalancer: { localityLbSetting: { distribute: [{ from: 'a', to: { a: 1 } }], failoverPriority: ['a'] } } })).not.toContain(warning);
  expect(ofPolicy({ loadBalancer: { localityLbSetting: { distribute: [{ from: '**', to: { a: 100 } }], failoverPriority: ['a'] } } })).toContain(warning);
});

test('zone aware settings are judged the same way, and exclude locality settings', () => {
  const zoneAwareLbSetting = { failover: [{ from: 'a/b', to: 'c' }], failoverPriority: ['topology.istio.io/subzone', 'a'] };
  const place = 'spec.trafficPolicy.loadBalancer';
  expect(ofPolicy({ loadBalancer: { zoneAwareLbSetting, localityLbSetting: {} } })).toEqual([
    `error DR9 ${place}`, `error DR11 ${place}.zoneAwareLbSetting.failoverPriority[0]`, `warning DR11 ${place}.zoneAwareLbSetting`,
    `error DR11 ${place}.zoneAwareLbSetting.failover[0].from`,
  ]);
});

test.each([
  [{}, ['.duration']], [{ duration: '0s' }, ['.duration']], [{ duration: '1s', minimumPercent: 100.5 }, ['.minimumPercent']], [{ duration: '1s', minimumPercent: -1 }, []],
  [{ duration: '1s', aggression: 0 }, ['.aggression']], [{ duration: '1s', aggression: 0.1 }, []], [{ duration: '1s', aggression: 'NaN' }, []],
])('a warm-up %j is refused at %j', (warmup, places) => {
  expectAt(ofPolicy({ loadBalancer: { warmup } }), 'DR12', '.loadBalancer.warmup', places);
});

test.each([
  [{ mode: 'MUTUAL' }, ['.clientCertificate', '.privateKey']], [{ mode: 'MUTUAL', credentialName: 'a' }, []], [{ mode: 'SIMPLE' }, []], [{ mode: 'ISTIO_MUTUAL', clientCertificate: 'a' }, []],
  [{ credentialName: 'a', caCrl: 'a' }, []], [{ mode: 'SIMPLE', credentialName: 'a', caCrl: 'a', privateKey: '' }, ['.caCrl']],
  [{ mode: 'SIMPLE', insecureSkipVerify: true, caCertificates: 'a' }, ['.insecureSkipVerify']], [{ mode: 'SIMPLE', insecureSkipVerify: true, credentialName: 'a' }, ['.insecureSkipVerify']],
  [{ mode: 'MUTUAL', insecureSkipVerify: true, credentialName: 'a' }, []], [{ mode: 'MUTUAL', insecureSkipVerify: true, credentialName: 'a', subjectAltNames: ['a'] }, ['.insecureSkipVerify']],
  [{ mode: 'SIMPLE', insecureSkipVerify: true, subjectAltNames: [] }, []], [{ mode: 'DISABLE', insecureSkipVerify: true, caCertificates: 'a' }, []],
  [{ mode: 'ISTIO_MUTUAL', credentialName: 'configmap://other/x' }, ['.credentialName']], [{ credentialName: 'configmap://default/x/extra/y' }, []], [{ credentialName: 'configmap://default' }, ['.credentialName']],
  [{ credentialName: 'configmap://default/' }, ['.credentialName']], [{ credentialName: 'configmap:///x' }, ['.credentialName']], [{ credentialName: 'kubernetes://other/x' }, []],
])('TLS settings %j are refused at %j', (tls, places) => {
  expectAt(ofPolicy({ tls }), 'DR13', '.tls', places);
});

test.each([
  [{}, ['.port', '']], [null, ['.port', '']], [{ port: {} }, ['']], [{ port: { number: 70000 }, tls: {} }, []], [{ port: { number: 80 }, tunnel: {} }, ['']],
])('settings of a port %j are refused at %j', (settings, places) => {
  expectAt(ofPolicy({ portLevelSettings: [settings] }), 'DR14', '.portLevelSettings[0]', places);
});

test.each([
  [{}, ['targetHost', 'targetPort']], [{ targetHost: '123', targetPort: 1 }, ['targetHost']], [{ targetHost: '123.', targetPort: 1 }, []], [{ targetHost: '::1', targetPort: 1 }, []],
  [{ targetHost: '*.a', targetPort: 1 }, ['targetHost']], [{ protocol: 'connect', targetHost: 'a', targetPort: 1 }, ['protocol']], [{ protocol: '', targetHost: 'a', targetPort: 1 }, []],
])('a tunnel %j is refused at %j', (tunnel, fields) => {
  expectAt(ofPolicy({ tunnel }), 'DR16', '.tunnel.', fields);
});

test.each([['V1', true], [0, true], [1, true], [2, false], [-1, false]])('version %j of the proxy protocol: %s', (version, ok) => {
  expectAt(ofPolicy({ proxyProtocol: { version } }), 'DR17', '.proxyProtocol', ok ? [] : ['.version']);
});
