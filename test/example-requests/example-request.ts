import type { MeshProxy } from '../conformance/generators/mesh/mesh';

/** What the author of an example means to happen. What is left out is not looked at. */
export interface Meaning {
  /** The cluster, as Istio names it, that gets everything, or the percentages of several. */
  readonly goesTo?: string | Shares;

  /** The status that the proxy answers with. */
  readonly status?: number;
  readonly location?: string;
  readonly body?: string;

  /** What the upstream sees. Headers are written `name: content`. */
  readonly path?: string;
  readonly authority?: string;
  readonly upstreamHeaders?: readonly string[];
  readonly withoutHeaders?: readonly string[];

  /** Headers among those that the client gets. */
  readonly clientHeaders?: readonly string[];

  /** What becomes of a connection that goes nowhere. */
  readonly connection?: 'closed' | 'refused';

  /** The percentages of the requests that clusters get a copy of. */
  readonly copies?: Shares;

  /** Whether the proxy lets the request wait. */
  readonly isDelayed?: boolean;

  /** How often an upstream is asked that always answers 503. */
  readonly tries?: number;
}

export interface Shares {
  readonly [cluster: string]: number;
}

/** A request, or a connection, to an example. */
export interface ExampleRequest {
  readonly example: string;

  /** Which of the apps of a program that shows several; the last one where it is left out. */
  readonly stage?: number;
  readonly from: MeshProxy;

  /** `http://reviews/`, `POST http://reviews/`, `tls api.example.com:443` or `tcp 10.0.0.1:3306`. */
  readonly ask: string;
  readonly headers: { readonly [name: string]: string };
  readonly meant: Meaning;
}

export type Ask = (ask: string, meant: Meaning, headers?: { readonly [name: string]: string }) => ExampleRequest;

/** Requests to one example from one client. */
export function asks(example: string, from: MeshProxy, stage?: number): Ask {
  return (ask, meant, headers = {}) => ({ example, stage, from, ask, headers, meant });
}

/** A workload of the mesh. */
export function client(namespace: string, app: string = 'client'): MeshProxy {
  return { type: 'sidecar', namespace, labels: { app } };
}

/** Somebody who comes in through the ingress gateway as Istio installs it. */
export const VISITOR: MeshProxy = { type: 'router', namespace: 'istio-system', labels: { istio: 'ingressgateway' } };

/** What comes to the egress gateway as Istio installs it. */
export const AT_EGRESS: MeshProxy = { type: 'router', namespace: 'istio-system', labels: { istio: 'egressgateway' } };

/** The cluster of a Kubernetes Service that is written `name.namespace`. */
export function service(name: string, port: number, subset: string = ''): string {
  return `outbound|${port}|${subset}|${name}.svc.cluster.local`;
}

/** The cluster of a host of a ServiceEntry. */
export function external(host: string, port: number): string {
  return `outbound|${port}||${host}`;
}

/** Where traffic goes that the mesh knows nothing of. */
export const PASSTHROUGH = 'PassthroughCluster';

/** By this header upstreams know how long the proxy waits for them. */
export function waits(milliseconds: number): string {
  return `x-envoy-expected-rq-timeout-ms: ${milliseconds}`;
}
