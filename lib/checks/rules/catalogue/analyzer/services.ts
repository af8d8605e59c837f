import { kubernetes, RuleExample, service } from '../example';

function annotated(annotations: object, ofPods: object = {}) {
  const metadata = { labels: { app: 'shop' }, annotations: ofPods };
  return kubernetes('apps/v1', 'Deployment', 'shop', {
    spec: { selector: { matchLabels: { app: 'shop' } }, template: { metadata, spec: { containers: [{ name: 'main', image: 'main' }] } } },
  }, { annotations });
}

const PORTS = 'traffic.sidecar.istio.io/excludeOutboundPorts';
const INJECTED = { labels: { 'app': 'shop', 'sidecar.istio.io/inject': 'true' } };
const DEPLOYMENT = kubernetes('apps/v1', 'Deployment', 'shop', {
  spec: { selector: { matchLabels: { app: 'shop' } }, template: { metadata: INJECTED, spec: { containers: [{ name: 'main', image: 'main' }] } } },
});

function shop(name: string, port: object) {
  return service(name, [port], { selector: { app: 'shop' } });
}

function external(port: object) {
  return kubernetes('v1', 'Service', 'login', { spec: { type: 'ExternalName', externalName: 'login.example.com', ports: [port] } });
}

function withCondition(status: string) {
  return { ...service('shop'), status: { conditions: [{ type: 'istio.io/WaypointBound', status, reason: 'WaypointMissing', message: 'not found' }] } };
}

/** Services, Deployments and what a cluster says of them. */
export const SERVICE_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'IST0107',
    wrong: [annotated({ [PORTS]: '3306' })],
    at: [`Deployment/shop metadata.annotations['${PORTS}']`],
    right: [annotated({}, { [PORTS]: '3306' })],
  },
  {
    code: 'IST0108',
    wrong: [annotated({}, { 'traffic.sidecar.istio.io/excludeOutboundPort': '3306' })],
    at: ["Deployment/shop spec.template.metadata.annotations['traffic.sidecar.istio.io/excludeOutboundPort']"],
    right: [annotated({}, { [PORTS]: '3306' })],
  },
  {
    code: 'IST0125',
    wrong: [annotated({}, { [PORTS]: '3306;5432' })],
    at: [`Deployment/shop spec.template.metadata.annotations['${PORTS}']`],
    right: [annotated({}, { [PORTS]: '3306,5432' })],
  },
  {
    code: 'IST0135',
    wrong: [annotated({}, { 'sidecar.istio.io/inject': 'false' })],
    at: ["Deployment/shop spec.template.metadata.annotations['sidecar.istio.io/inject']"],
    right: [annotated({})],
  },
  {
    code: 'IST0116',
    wrong: [DEPLOYMENT, shop('one', { name: 'dns', port: 53, protocol: 'TCP' }), shop('two', { name: 'dns', port: 53, protocol: 'UDP' })],
    at: ['Deployment/shop'],
    right: [DEPLOYMENT, shop('one', { name: 'http', port: 80 }), shop('two', { name: 'http', port: 80 })],
  },
  {
    code: 'IST0137',
    wrong: [DEPLOYMENT, shop('one', { name: 'http', port: 80, targetPort: 8080 }), shop('two', { name: 'http', port: 81, targetPort: 8080 })],
    at: ['Deployment/shop'],
    right: [DEPLOYMENT, shop('one', { name: 'http', port: 80, targetPort: 8080 }), shop('two', { name: 'http', port: 80, targetPort: 8080 })],
  },
  {
    code: 'IST0118',
    wrong: [service('shop', [{ name: 'web', port: 80 }])],
    at: ['Service/shop spec.ports[0]'],
    right: [service('shop', [{ name: 'web', port: 80, appProtocol: 'http' }])],
  },
  {
    code: 'IST0150',
    wrong: [external({ name: 'tcp', port: 443 })],
    at: ['Service/login spec.ports[0]'],
    right: [external({ name: 'https', port: 443 })],
  },
  {
    code: 'IST0171',
    wrong: [withCondition('False')],
    at: ['Service/shop status.conditions[0]'],
    right: [withCondition('True')],
  },
];
