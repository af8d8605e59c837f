import { bool, double, duration, int32, list, mapOf, message, oneOfWords, text, uint32, uint64 } from '../decode/decoder';

const failover = list(message({ from: text, to: text }));

const httpCookie = message({ name: text, path: text, ttl: duration, attributes: list(message({ name: text, value: text })) });

const consistentHash = message({
  httpHeaderName: text,
  httpCookie,
  useSourceIp: bool,
  httpQueryParameterName: text,
  ringHash: message({ minimumRingSize: uint64 }),
  maglev: message({ tableSize: uint64 }),
  minimumRingSize: uint64,
}, { choices: [['httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'], ['ringHash', 'maglev']] });

const loadBalancer = message({
  simple: oneOfWords('UNSPECIFIED', 'LEAST_CONN', 'RANDOM', 'PASSTHROUGH', 'ROUND_ROBIN', 'LEAST_REQUEST'),
  consistentHash,
  localityLbSetting: message({
    distribute: list(message({ from: text, to: mapOf(uint32) })),
    failover,
    failoverPriority: list(text),
    enabled: bool,
  }),
  zoneAwareLbSetting: message({ enabled: bool, failover, failoverPriority: list(text), minClusterSize: uint32 }),
  warmupDurationSecs: duration,
  warmup: message({ duration, minimumPercent: double, aggression: double }),
}, { choices: [['simple', 'consistentHash']] });

const connectionPool = message({
  tcp: message({
    maxConnections: int32,
    connectTimeout: duration,
    tcpKeepalive: message({ probes: uint32, time: duration, interval: duration }),
    maxConnectionDuration: duration,
    idleTimeout: duration,
  }),
  http: message({
    http1MaxPendingRequests: int32,
    http2MaxRequests: int32,
    maxRequestsPerConnection: int32,
    maxRetries: int32,
    idleTimeout: duration,
    h2UpgradePolicy: oneOfWords('DEFAULT', 'DO_NOT_UPGRADE', 'UPGRADE'),
    useClientProtocol: bool,
    maxConcurrentStreams: int32,
    http2KeepAlive: message({ interval: duration, timeout: duration }),
  }),
});

const outlierDetection = message({
  consecutiveErrors: int32,
  splitExternalLocalOriginErrors: bool,
  consecutiveLocalOriginFailures: uint32,
  consecutiveGatewayErrors: uint32,
  consecutive5xxErrors: uint32,
  interval: duration,
  baseEjectionTime: duration,
  maxEjectionPercent: int32,
  minHealthPercent: int32,
  outlierDetectionHttpErrorCodes: list(uint32),
}, { snakeCase: { consecutive_5xx_errors: 'consecutive5xxErrors' } });

const clientTls = message({
  mode: oneOfWords('DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'),
  clientCertificate: text,
  privateKey: text,
  caCertificates: text,
  credentialName: text,
  subjectAltNames: list(text),
  sni: text,
  insecureSkipVerify: bool,
  caCrl: text,
});

const trafficPolicy = message({
  loadBalancer,
  connectionPool,
  outlierDetection,
  tls: clientTls,
  portLevelSettings: list(message({ port: message({ number: uint32 }), loadBalancer, connectionPool, outlierDetection, tls: clientTls })),
  tunnel: message({ protocol: text, targetHost: text, targetPort: uint32 }),
  proxyProtocol: message({ version: oneOfWords('V1', 'V2') }),
  retryBudget: message({ percent: double, minRetryConcurrency: uint32, budgetInterval: duration }),
});

export const destinationRuleShape = message({
  host: text,
  trafficPolicy,
  subsets: list(message({ name: text, labels: mapOf(text), trafficPolicy })),
  exportTo: list(text),
  workloadSelector: message({ matchLabels: mapOf(text) }),
});
