import type { MeshOptions } from '../../../mesh/mesh-options';

/** A manifest of an example. */
export interface ExampleManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Manifests that break a rule, and what they should have been. */
export interface RuleExample {
  readonly code: string;

  /** What the example shows, where a code has several. */
  readonly title?: string;

  /** Whether the manifests are everything that the cluster holds. */
  readonly closedWorld?: boolean;
  readonly istioVersion?: string;
  readonly options?: MeshOptions;
  readonly wrong: readonly ExampleManifest[];

  /** Where the rule speaks: `Kind/name`, or `Kind/name path`. */
  readonly at: readonly string[];

  /** The codes of other rules that speak of the wrong manifests too, because they cannot be wrong in this way alone. */
  readonly alongWith?: readonly string[];
  readonly right: readonly ExampleManifest[];
}

const NETWORKING = 'networking.istio.io/v1';

/** An object of the networking group in the namespace `shop`, or in another: `namespace/name`. */
export function networking(kind: string, name: string, spec: object, metadata: object = {}): ExampleManifest {
  return { apiVersion: NETWORKING, kind, metadata: { ...placeOf(name), ...metadata }, spec };
}

/** Any other object in the namespace `shop`, or in another. */
export function kubernetes(apiVersion: string, kind: string, name: string, content: object, metadata: object = {}): ExampleManifest {
  return { apiVersion, kind, metadata: { ...placeOf(name), ...metadata }, ...content };
}

/** A Service that selects the workloads of its name. */
export function service(name: string, ports: readonly object[] = [{ name: 'http', port: 80 }], spec: object = {}): ExampleManifest {
  const place = placeOf(name);
  return { apiVersion: 'v1', kind: 'Service', metadata: place, spec: { selector: { app: place.name }, ports, ...spec } };
}

/** A Deployment whose pods carry labels. */
export function deployment(name: string, labels: { readonly [key: string]: string }): ExampleManifest {
  return kubernetes('apps/v1', 'Deployment', name, {
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'main' }] } } },
  });
}

function placeOf(name: string) {
  const [namespace, own] = name.includes('/') ? name.split('/') : ['shop', name];
  return { name: own, namespace };
}
