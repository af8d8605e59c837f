/** A manifest of an example. */
export interface ExampleManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly [field: string]: unknown };
  readonly spec: object;
  readonly [field: string]: unknown;
}

/** What one rule of Istio's webhook is about. */
export interface WebhookRule {
  /** The id, such as `VS14`. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** What must hold. */
  readonly title: string;
  /** The Istio release that came with the rule, when 1.28 did not have it. */
  readonly since?: string;
  /** Rules that cannot but speak as well where this one does. */
  readonly alongside?: readonly string[];
  /** A manifest of which no other rule has something to say. */
  readonly wrong: ExampleManifest;
  /** The same put right. */
  readonly right: ExampleManifest;
  /** The rule only speaks of manifests as they are written: what the API server leaves of them cannot break it. */
  readonly asWritten?: boolean;
}

/** A check in Istio's code that no manifest can fail. */
export interface UnreachableRule {
  readonly rule: string;
  readonly title: string;
  readonly reason: string;
}

type Metadata = { readonly [field: string]: unknown };

export function gateway(spec: object, metadata: Metadata = { name: 'public' }): ExampleManifest {
  return { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata, spec };
}

export function virtualService(spec: object, metadata: Metadata = { name: 'reviews' }): ExampleManifest {
  return { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata, spec };
}

export function destinationRule(spec: object, metadata: Metadata = { name: 'reviews' }): ExampleManifest {
  return { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata, spec };
}

export function serviceEntry(spec: object, metadata: Metadata = { name: 'api' }): ExampleManifest {
  return { apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata, spec };
}
