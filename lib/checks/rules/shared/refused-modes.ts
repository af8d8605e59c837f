import type { Problem, RuleContext } from '../rule';
import { acceptedMutualTls, hasExceptions, scopeOfHost } from './mutual-tls';

/** A mode of DestinationRules for the whole mesh or for namespaces, which a mode of PeerAuthentications refuses. */
export interface RefusedMode {
  readonly isForMesh: boolean;
  readonly sent: string;
  readonly accepted: string;
}

/** The DestinationRules that make clients send what all workloads refuse. */
export function* refusedModes({ mesh }: RuleContext, { isForMesh, sent, accepted }: RefusedMode): Iterable<Problem> {
  for (const resource of mesh.resources.peerAuthentications.length === 0 ? [] : mesh.resources.destinationRules) {
    const { trafficPolicy } = resource.spec;
    const scope = trafficPolicy?.tls?.mode === sent ? scopeOfHost(mesh, resource.spec.host ?? '') : undefined;
    if (scope === undefined || (scope.namespace === undefined) !== isForMesh || (isForMesh && hasExceptions(mesh))) {
      continue;
    }
    if (acceptedMutualTls(mesh, scope) === accepted) {
      yield {
        resource,
        path: 'spec.trafficPolicy.tls.mode',
        message: `makes clients speak ${sent === 'DISABLE' ? 'plain text' : 'mutual TLS'}, which a PeerAuthentication of mode ${accepted} refuses, got ${sent}`,
        fix: 'let both say the same, or leave tls out: sidecars find out by themselves',
      };
    }
  }
}
