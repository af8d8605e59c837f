import { analyzed } from './analyzed-mesh';
import { splitReference } from './analyzer-names';
import { NO_LABELS } from '../../../mesh/manifest';
import type { MeshModel } from '../../../mesh/model';
import type { Resource } from '../../../mesh/resource';
import type { GatewaySpec } from '../../../mesh/specs';

/** The Secret that a server of a Gateway names, in the namespace of pods that the Gateway selects. */
export interface GatewayCredential {
  readonly resource: Resource<GatewaySpec>;
  readonly path: string;
  readonly reference: string;

  /** `namespace/name`. */
  readonly key: string;
  readonly secret?: Resource;
}

/** The Secrets of all servers of all Gateways. Where pods are in several namespaces, each of them needs the Secret. */
export function* gatewayCredentials(mesh: MeshModel): Iterable<GatewayCredential> {
  const { gateways, pods } = analyzed(mesh);
  for (const resource of gateways) {
    for (const [index, { tls }] of (resource.spec.servers ?? []).entries()) {
      const reference = tls?.credentialName ?? '';
      if (reference !== '') {
        for (const place of pods.ofGateway(resource.spec.selector ?? NO_LABELS).namespaces) {
          const { namespace, name } = splitReference(reference, place);
          yield {
            resource,
            path: `spec.servers[${index}].tls.credentialName`,
            reference,
            key: `${namespace}/${name}`,
            secret: mesh.resources.find('', 'Secret', namespace, name),
          };
        }
      }
    }
  }
}
