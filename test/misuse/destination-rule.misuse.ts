import { Chart, Duration } from 'cdk8s';
import {
  ClientTls, DestinationRule, HashAlgorithm, HashKey, HttpAction, LoadBalancer, LocalityLoadBalancing, ProxyProtocolVersion, ServiceHost, Subset,
  TrafficPolicy, UpstreamTransport,
} from '../../lib';

/** Combinations that must not compile. Compiled by the test command, never run. */
export function misuse(chart: Chart): void {
  const host = ServiceHost.fromName('reviews');
  const rule = new DestinationRule(chart, 'Rule', { host });

  // @ts-expect-error a rule has a host
  new DestinationRule(chart, 'A', {});

  // @ts-expect-error the host is a handle, not a name
  new DestinationRule(chart, 'B', { host: 'reviews' });

  // @ts-expect-error a rule has one host
  new DestinationRule(chart, 'C', { host: [host] });

  // @ts-expect-error subsets have names, which are the keys
  new DestinationRule(chart, 'D', { host, subsets: [{ name: 'v1' }] });

  // @ts-expect-error the labels of a subset are in labels
  new DestinationRule(chart, 'E', { host, subsets: { v1: { version: 'v1' } } });

  // @ts-expect-error visibility is a value
  new DestinationRule(chart, 'F', { host, exportTo: ['*'] });

  // @ts-expect-error a subset is made by its rule
  new Subset(host, 'v1');

  // @ts-expect-error routes lead to subsets, not to their names
  HttpAction.forward('v1');

  // @ts-expect-error a subset has a name
  rule.addSubset({ labels: { version: 'v1' } });

  // @ts-expect-error a rule that is defined elsewhere has no policies here
  DestinationRule.fromSubsetNames(host, ['v1']).addSubset('v2');

  const policies: TrafficPolicy[] = [
    // @ts-expect-error the load balancer is a value
    { loadBalancer: 'ROUND_ROBIN' },

    // @ts-expect-error the load balancer is a value
    { loadBalancer: { simple: 'ROUND_ROBIN' } },

    // @ts-expect-error TLS is a value
    { tls: { mode: 'SIMPLE' } },

    // @ts-expect-error values of other classes do not fit
    { tls: LoadBalancer.random() },

    // @ts-expect-error a tunnel is a transport, and so is the PROXY protocol: there is one
    { tunnel: { targetHost: 'a', targetPort: 1 }, proxyProtocol: { version: ProxyProtocolVersion.V1 } },

    // @ts-expect-error there is one transport
    { transport: [UpstreamTransport.tunnel({ targetHost: 'a', targetPort: 1 }), UpstreamTransport.proxyProtocol(ProxyProtocolVersion.V1)] },

    // @ts-expect-error the settings of a port name the port
    { portLevelSettings: [{ tls: ClientTls.disable() }] },

    // @ts-expect-error the settings of a port have no ports
    { portLevelSettings: [{ port: 80, portLevelSettings: [] }] },

    // @ts-expect-error the settings of a port have no transport
    { portLevelSettings: [{ port: 80, transport: UpstreamTransport.proxyProtocol(ProxyProtocolVersion.V1) }] },

    // @ts-expect-error the settings of a port have no retry budget
    { portLevelSettings: [{ port: 80, retryBudget: { percent: 1 } }] },

    // @ts-expect-error durations have a unit
    { connectionPool: { tcp: { connectTimeout: '5s' } } },

    // @ts-expect-error limits of connections are in tcp
    { connectionPool: { maxConnections: 100 } },

    // @ts-expect-error limits of requests are in http
    { connectionPool: { tcp: { maxRetries: 1 } } },

    // @ts-expect-error PING frames have an interval and a timeout
    { connectionPool: { http: { http2KeepAlive: { interval: Duration.seconds(1) } } } },

    // @ts-expect-error the upgrade policy is a member of H2UpgradePolicy
    { connectionPool: { http: { h2UpgradePolicy: 'UPGRADE' } } },

    // @ts-expect-error the deprecated count is not offered
    { outlierDetection: { consecutiveErrors: 5 } },
  ];
  policies.forEach((trafficPolicy, index) => new DestinationRule(chart, `Policy${index}`, { host, trafficPolicy }));

  // @ts-expect-error a load balancer has one algorithm
  LoadBalancer.roundRobin({ key: HashKey.sourceIp() });

  // @ts-expect-error random endpoints do not warm up
  LoadBalancer.random({ warmup: { duration: Duration.minutes(1) } });

  // @ts-expect-error hashing does not warm up
  LoadBalancer.consistentHash(HashKey.sourceIp(), { warmup: { duration: Duration.minutes(1) } });

  // @ts-expect-error what the client chose is not balanced
  LoadBalancer.passthrough({ locality: LocalityLoadBalancing.enabled() });

  // @ts-expect-error a warmup has a duration
  LoadBalancer.roundRobin({ warmup: { minimumPercent: 5 } });

  // @ts-expect-error hashing needs a key
  LoadBalancer.consistentHash();

  // @ts-expect-error there is one key
  LoadBalancer.consistentHash([HashKey.sourceIp(), HashKey.header('x-user')]);

  // @ts-expect-error there is one algorithm
  LoadBalancer.consistentHash(HashKey.sourceIp(), { algorithm: [HashAlgorithm.ringHash(1), HashAlgorithm.maglev(7)] });

  // @ts-expect-error an algorithm is no key
  LoadBalancer.consistentHash(HashAlgorithm.maglev(7));

  // @ts-expect-error a cookie that the proxy makes has a time to live
  HashKey.cookie('user', { path: '/' });

  // @ts-expect-error only cookies are made
  HashKey.header('x-user', { ttl: Duration.hours(1) });

  // @ts-expect-error the size of a Maglev table is a number
  HashAlgorithm.maglev();

  // @ts-expect-error locality is one value, zone aware or not
  LoadBalancer.random({ locality: LocalityLoadBalancing.enabled(), zoneAware: LocalityLoadBalancing.zoneAware() });

  // @ts-expect-error traffic is distributed, or fails over
  LocalityLoadBalancing.distribute([{ from: 'us', to: { us: 100 } }], { failover: [{ from: 'us', to: 'eu' }] });

  // @ts-expect-error traffic is distributed, or preferred by labels
  LocalityLoadBalancing.distribute([{ from: 'us', to: { us: 100 } }], { failoverPriority: ['version'] });

  // @ts-expect-error what is disabled has no settings
  LocalityLoadBalancing.disabled({ failoverPriority: ['version'] });

  // @ts-expect-error zones are balanced by Istio itself
  LocalityLoadBalancing.zoneAware({ distribute: [{ from: 'us', to: { us: 100 } }] });

  // @ts-expect-error a region fails over to another one
  LocalityLoadBalancing.failover([{ from: 'us' }]);

  // @ts-expect-error without TLS there is no server name
  ClientTls.disable({ sni: 'a' });

  // @ts-expect-error simple TLS shows no client certificate
  ClientTls.simple({ clientCertificate: '/cert.pem', privateKey: '/key.pem' });

  // @ts-expect-error certificates come from a secret or from files
  ClientTls.simpleWithCredential('ca', { caCertificates: '/ca.pem' });

  // @ts-expect-error the certificates of a secret are there to verify by
  ClientTls.simpleWithCredential('ca', { insecureSkipVerify: true });

  // @ts-expect-error mutual TLS needs a certificate
  ClientTls.mutual();

  // @ts-expect-error certificates come from a secret or from files
  ClientTls.mutual('client', { clientCertificate: '/cert.pem', privateKey: '/key.pem' });

  // @ts-expect-error certificates come from a secret or from files
  ClientTls.mutual('client', { caCertificates: '/ca.pem' });

  // @ts-expect-error a certificate has a key
  ClientTls.mutualWithFiles({ clientCertificate: '/cert.pem' });

  // @ts-expect-error certificates come from a secret or from files
  ClientTls.mutualWithFiles({ clientCertificate: '/cert.pem', privateKey: '/key.pem' }, { credentialName: 'client' });

  // @ts-expect-error the mesh's own certificates are Istio's
  ClientTls.istioMutual({ caCertificates: '/ca.pem' });

  // @ts-expect-error a tunnel has a target
  UpstreamTransport.tunnel({ targetHost: 'a' });

  // @ts-expect-error the version is a member of ProxyProtocolVersion
  UpstreamTransport.proxyProtocol('V1');
}
