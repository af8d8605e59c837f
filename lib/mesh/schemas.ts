import { getOrMake } from './collections';
import { compileSchema, Conform, TypeSchema } from './conform';

interface ObjectSchema {
  readonly properties: { readonly spec: TypeSchema };
}

const STRING: TypeSchema = { type: 'string' };
const INTEGER: TypeSchema = { type: 'integer' };
const BOOLEAN: TypeSchema = { type: 'boolean' };

const list = (items: TypeSchema): TypeSchema => ({ type: 'array', items });
const map = (additionalProperties: TypeSchema): TypeSchema => ({ type: 'object', additionalProperties });
const object = (properties: { readonly [name: string]: TypeSchema }): TypeSchema => ({ type: 'object', properties });

const PORT = object({ name: STRING, number: INTEGER, protocol: STRING, targetPort: INTEGER });

const WORKLOAD_ENTRY = object({
  address: STRING, labels: map(STRING), locality: STRING, network: STRING, ports: map(INTEGER), serviceAccount: STRING, weight: INTEGER,
});

const SIDECAR = object({
  workloadSelector: object({ labels: map(STRING) }),
  egress: list(object({ bind: STRING, captureMode: STRING, hosts: list(STRING), port: PORT })),
  ingress: list(object({ bind: STRING, captureMode: STRING, defaultEndpoint: STRING, port: PORT })),
  outboundTrafficPolicy: object({ mode: STRING, egressProxy: object({ host: STRING, subset: STRING, port: object({ number: INTEGER }) }) }),
});

const SELECTOR = object({ matchLabels: map(STRING) });
const MTLS = object({ mode: STRING });

const OWN_SCHEMAS: { readonly [kind: string]: TypeSchema } = {
  WorkloadEntry: WORKLOAD_ENTRY,
  WorkloadGroup: object({ metadata: object({ labels: map(STRING), annotations: map(STRING) }), template: WORKLOAD_ENTRY }),
  Sidecar: SIDECAR,
  RequestAuthentication: object({ selector: SELECTOR, jwtRules: list(object({ issuer: STRING, jwksUri: STRING, forwardOriginalToken: BOOLEAN })) }),
  PeerAuthentication: object({ selector: SELECTOR, mtls: MTLS, portLevelMtls: map(MTLS) }),
};

const compiled = new Map<string, Conform>();

/** What reads the specs of one of Istio's kinds, as far as the mesh needs them. */
export function specReader(kind: string): Conform {
  return getOrMake(compiled, kind, () => compileSchema(specSchema(kind)));
}

function specSchema(kind: string): TypeSchema {
  const own = OWN_SCHEMAS[kind];
  if (own !== undefined) {
    return own;
  }
  // loaded on first use: only a mesh with such an object needs it
  const crds = require('../../imports/istio-schema.json') as { readonly [kind: string]: ObjectSchema };
  return crds[kind].properties.spec;
}
