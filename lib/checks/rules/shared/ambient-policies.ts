import { ambientServices, isAmbient } from './ambient';
import { placedPolicies } from './traffic-policies';
import type { MeshModel } from '../../../mesh/model';
import type { Resource } from '../../../mesh/resource';
import type { MeshService } from '../../../mesh/services';
import type { DestinationRuleSpec } from '../../../mesh/specs';

/** A DestinationRule with settings for requests, and the Services of its host in namespaces of ambient mode. */
export interface AmbientPolicy {
  readonly resource: Resource<DestinationRuleSpec>;

  /** The first of these settings. */
  readonly path: string;
  readonly services: readonly MeshService[];
}

export function* ambientPolicies(mesh: MeshModel): Iterable<AmbientPolicy> {
  if (!isAmbient(mesh)) {
    return;
  }
  for (const resource of mesh.resources.destinationRules) {
    const path = requestSetting(resource);
    if (path !== undefined) {
      yield { resource, path, services: ambientServices(mesh, mesh.destinationRules.hostOf(resource)) };
    }
  }
}

/** Without a waypoint only connections are seen. */
function requestSetting(resource: Resource<DestinationRuleSpec>): string | undefined {
  for (const { policy: { connectionPool, outlierDetection, loadBalancer }, path } of placedPolicies(resource)) {
    const hash = loadBalancer?.consistentHash;
    const setting = connectionPool?.http !== undefined ? 'connectionPool.http'
      : outlierDetection !== undefined ? 'outlierDetection'
        : hash !== undefined && hash.useSourceIp !== true ? 'loadBalancer.consistentHash' : undefined;
    if (setting !== undefined) {
      return `spec.${path}.${setting}`;
    }
  }
  return undefined;
}
