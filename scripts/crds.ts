import * as fs from 'fs';
import { parseAllDocuments } from 'yaml';

/** The four kinds whose schema and CEL rules are checked at synth. */
export const TRAFFIC_KINDS = ['DestinationRule', 'Gateway', 'ServiceEntry', 'VirtualService'];

/** All kinds of networking.istio.io/v1 that get an L1 class. */
export const NETWORKING_KINDS = [...TRAFFIC_KINDS, 'Sidecar', 'WorkloadEntry', 'WorkloadGroup'];

export interface CustomResourceDefinition {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    versions: { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/** A node of a structural schema, with what this project reads of it. */
export interface Schema {
  readonly type?: string;
  readonly properties?: { [name: string]: Schema };
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: string[];
}

/** The networking kinds of a file of Istio CRDs, reduced to version v1 and sorted by kind. */
export function readNetworkingCrds(text: string): CustomResourceDefinition[] {
  return parseAllDocuments(text)
    .map(document => document.toJS() as CustomResourceDefinition | null)
    .filter((crd): crd is CustomResourceDefinition =>
      crd?.kind === 'CustomResourceDefinition' && crd.spec.group === 'networking.istio.io' && NETWORKING_KINDS.includes(crd.spec.names.kind))
    .map(crd => ({ ...crd, spec: { ...crd.spec, versions: crd.spec.versions.filter(version => version.name === 'v1') } }))
    .filter(crd => crd.spec.versions.length === 1)
    .sort((a, b) => a.spec.names.kind.localeCompare(b.spec.names.kind));
}

/** The v1 schema of each of the four traffic kinds. */
export function trafficSchemas(crds: CustomResourceDefinition[]): { [kind: string]: Schema } {
  return Object.fromEntries(crds
    .filter(crd => TRAFFIC_KINDS.includes(crd.spec.names.kind))
    .map(crd => [crd.spec.names.kind, crd.spec.versions[0].schema.openAPIV3Schema]));
}

/** A file of CRDs on disk. */
export function readCrdFile(path: string): CustomResourceDefinition[] {
  return readNetworkingCrds(fs.readFileSync(path, 'utf-8'));
}
