import { Duration } from 'cdk8s';
import * as library from '../lib';
import {
  AbTest, AliasTarget, Audience, BlueGreen, BlueGreenColor, CanaryRelease, ClientTls, DelegatedPath, DelegateRoutes, DestinationRule,
  EgressGateway, EntryPort, ExportTo, ExternalApi, ExternalTcpService, ExternalTls, FaultAbort, Gateway, GatewaySelector, GatewayServer,
  HashAlgorithm, HashKey, HeaderMatch, HttpAction, IngressRoute, InternalAlias, LoadBalancer, LocalityLoadBalancing, MeshSettings,
  PathRedirect, PathRewrite, PolicyPreset, RedirectPath, RedirectPort, Resolution, ResponseBody, RetryPolicy, Rewrite, ServerTls,
  ServiceEntry, ServiceHost, SharedHost, StringMatch, TcpAction, TesterFaults, TlsPassthroughRoute, Traffic, TrafficClient, TrafficMirror,
  UpstreamTransport, VirtualService,
} from '../lib';
import { testChart } from './util';

const chart = testChart();
const service = ServiceHost.fromName('shop', { port: 8080 });
const rule = new DestinationRule(chart, 'Rule', { host: ServiceHost.fromName('shop'), subsets: { v1: {} } });
const routes = new VirtualService(chart, 'Routes', { services: [service], defaultRoute: { action: HttpAction.forward(service) } });
const gateway = new Gateway(chart, 'Gateway', { selector: GatewaySelector.ingress(), servers: [GatewayServer.http({ hosts: ['a.example'] })] });
const egress = new EgressGateway(chart, 'Egress');
const sharedHost = new SharedHost(chart, 'SharedHost', { hosts: ['b.example'], gateways: [gateway] });
const testers = [Audience.header('x-tester', HeaderMatch.present())];
const source = Traffic.of(chart).from(TrafficClient.sidecar());

const VALUES: readonly object[] = [
  ClientTls.disable(), service, rule, rule.subset('v1'), ResponseBody.text('a'), EntryPort.http(80), ExportTo.all(), FaultAbort.httpStatus(503, { percent: 1 }), gateway,
  GatewaySelector.ingress(), GatewayServer.http({ hosts: ['a.example'] }), HashKey.sourceIp(), HashAlgorithm.maglev(65537), HttpAction.forward(service),
  RedirectPath.uri('/a'), RedirectPort.number(80), LoadBalancer.random(), LocalityLoadBalancing.enabled(), MeshSettings.of(chart), Resolution.dns(),
  RetryPolicy.none(), Rewrite.uri('/a'), ServerTls.passthrough(), StringMatch.exact('a'), HeaderMatch.present(), TcpAction.forward(service),
  UpstreamTransport.proxyProtocol(library.ProxyProtocolVersion.V2), routes, sharedHost, egress,
  new ServiceEntry(chart, 'Entry', { hosts: ['c.example'], resolution: Resolution.dns() }),
  new DelegateRoutes(chart, 'DelegateRoutes', { defaultRoute: { action: HttpAction.forward(service) } }),
  AliasTarget.service(service), Audience.all(testers), ExternalTls.originate(), PathRedirect.to('/a'), PathRewrite.strip(),
  PolicyPreset.connectionLimits({ maxConnections: 1 }),
  new AbTest(chart, 'AbTest', { service: ServiceHost.fromName('d'), variants: [{ name: 'a', labels: { v: 'a' } }, { name: 'b', labels: { v: 'b' }, percent: 5 }], defaultVariant: 'a' }),
  new BlueGreen(chart, 'BlueGreen', { service: ServiceHost.fromName('e'), blue: { slot: 'b' }, green: { slot: 'g' }, live: BlueGreenColor.BLUE }),
  new CanaryRelease(chart, 'CanaryRelease', { service: ServiceHost.fromName('f'), stable: { version: 'v1' }, canary: { version: 'v2' }, canaryPercent: 1 }),
  new DelegatedPath(chart, 'DelegatedPath', { sharedHost, path: '/a' }),
  egress.addApi('Api', { hosts: ['g.example'], tls: ExternalTls.originate() }),
  new ExternalApi(chart, 'ExternalApi', { hosts: ['h.example'], tls: ExternalTls.originate() }),
  new ExternalTcpService(chart, 'ExternalTcpService', { host: 'i.example', ports: [EntryPort.tcp(5432)] }),
  new IngressRoute(chart, 'IngressRoute', { hosts: ['j.example'] }),
  new InternalAlias(chart, 'InternalAlias', { host: 'k.example', target: AliasTarget.service(service), ports: [EntryPort.http(80)] }),
  new TesterFaults(chart, 'TesterFaults', {
    virtualService: routes, testers, target: HttpAction.forward(service), fault: { delay: { fixedDelay: Duration.seconds(7), percent: 100 } },
  }),
  new TlsPassthroughRoute(chart, 'TlsPassthroughRoute', { hosts: ['l.example'], action: TcpAction.forward(service) }),
  new TrafficMirror(chart, 'TrafficMirror', { service: ServiceHost.fromName('m'), primary: { version: 'v1' }, shadow: { version: 'v2' }, percent: 10 }),
  TrafficClient.sidecar(), source,
];

/** One value of each class of the library, by the name of the class. */
export const LIBRARY_VALUES: { readonly [className: string]: object } = Object.fromEntries(VALUES.map(value => [value.constructor.name, value]));
