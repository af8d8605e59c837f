import { readText } from '../../../mesh/manifest';
import type { MeshConfig } from '../../../mesh/mesh-options';
import { Resource } from '../../../mesh/resource';

const LABELS = { istio: 'ingressgateway' };
const PORTS = [['http2', 80], ['https', 443], ['tcp', 31400], ['tls', 15443]] as const;

/**
 * The ingress gateway that Istio is usually installed with: the analyzer takes it for granted, so that manifests need not hold it.
 *
 * Nothing where the mesh configuration switches the controller of ingresses off.
 */
export function assumedIngress(config: MeshConfig): { readonly pods: readonly Resource[]; readonly services: readonly Resource[] } {
  if (config.given.ingressControllerMode === 'OFF') {
    return { pods: [], services: [] };
  }
  const name = readText(config.given.ingressService) ?? 'istio-ingressgateway';
  const namespace = config.rootNamespace;
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: `${name}-pod`, namespace, labels: LABELS }, spec: {} };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: LABELS, ports: PORTS.map(([port, number]) => ({ name: port, port: number, protocol: 'TCP', targetPort: number })) },
  };
  return {
    pods: [new Resource({ manifest: pod }, '', 'Pod', namespace)],
    services: [new Resource({ manifest: service }, '', 'Service', namespace)],
  };
}
