import type { TrafficClient } from './traffic-client';
import { getOrMake } from '../mesh/collections';
import type { GatewayProxy } from '../mesh/gateway-proxy';
import { NO_LABELS } from '../mesh/manifest';
import type { MeshModel } from '../mesh/model';
import type { Proxy } from '../mesh/proxy';
import type { Resource } from '../mesh/resource';
import type { GatewaySpec } from '../mesh/specs';

/** The proxy that decides for a client. */
export interface ClientProxy {
  readonly proxy: Proxy;

  /** Set where it is a gateway. */
  readonly gateway?: GatewayProxy;
  readonly namespace: string;

  /** In words. */
  readonly text: string;

  /** The port that the proxy listens on for one that a client asks for. */
  readonly listenerPort: (port: number) => number;
}

/**
 * Finds the proxy of a client.
 *
 * @throws when the mesh has no such gateway, or it could be one of several
 */
export function proxyOf(mesh: MeshModel, client: TrafficClient): ClientProxy {
  if (client._gateway === undefined) {
    const namespace = client._namespace ?? mesh.config.defaultNamespace;
    return {
      proxy: mesh.sidecar({ namespace, labels: client._labels }),
      namespace,
      text: `the sidecar of a workload in namespace ${namespace}${labelsText(client._labels)}`,
      listenerPort: port => port,
    };
  }
  if (client._gateway === 'workload') {
    const namespace = client._namespace ?? mesh.config.rootNamespace;
    return gatewayProxy(mesh.gateway({ namespace, labels: client._labels }), `the gateway in namespace ${namespace}${labelsText(client._labels)}`);
  }
  const gateway = findGateway(mesh, client._gateway);
  return gatewayProxy(workloadOf(mesh, gateway, client), `the gateway ${gateway.key}`);
}

function gatewayProxy(proxy: GatewayProxy, text: string): ClientProxy {
  const ports = new Map<number, number>();
  return { proxy, gateway: proxy, namespace: proxy.namespace, text, listenerPort: port => getOrMake(ports, port, () => proxy.listenerPort(port)) };
}

function findGateway(mesh: MeshModel, { name, namespace }: { readonly name: string; readonly namespace?: string }): Resource<GatewaySpec> {
  const { gateways } = mesh.resources;
  const named = gateways.filter(gateway => gateway.name === name && (namespace === undefined || gateway.namespace === namespace));
  const own = namespace === undefined ? named.find(gateway => gateway.namespace === mesh.config.defaultNamespace) : undefined;
  if (own !== undefined || named.length === 1) {
    return own ?? named[0];
  }
  const wanted = namespace === undefined ? name : `${namespace}/${name}`;
  if (named.length > 1) {
    throw new Error(`gateway ${name} could be any of ${named.map(({ key }) => key).join(', ')}, say its namespace`);
  }
  const known = gateways.map(({ key }) => key).slice(0, 10);
  throw new Error(`gateway ${wanted} is not in the mesh, and no virtual service refers to it; ${known.length === 0 ? 'there are no gateways' : `gateways: ${known.join(', ')}`}`);
}

function workloadOf(mesh: MeshModel, gateway: Resource<GatewaySpec>, { _namespace: namespace, _labels: labels }: TrafficClient): GatewayProxy {
  if (namespace !== undefined || labels !== undefined) {
    const own = mesh.config.scopeGatewaysToNamespace ? gateway.namespace : mesh.config.rootNamespace;
    return mesh.gateway({ namespace: namespace ?? own, labels: { ...gateway.spec.selector, ...labels } });
  }
  const proxies = mesh.proxiesOfGateway(gateway);
  if (proxies.length > 1) {
    const workloads = proxies.map(proxy => `namespace ${proxy.namespace}${labelsText(proxy.labels)}`).join('; ');
    throw new Error(`gateway ${gateway.key} selects workloads that differ, say which one by namespace and labels: ${workloads}`);
  }
  return proxies[0];
}

function labelsText(labels: { readonly [key: string]: string } = NO_LABELS): string {
  const entries = Object.entries(labels);
  return entries.length === 0 ? '' : ` with ${entries.map(([key, text]) => `${key}=${text}`).join(', ')}`;
}
