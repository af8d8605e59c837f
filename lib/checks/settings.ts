import type { MeshOptions } from '../mesh/mesh-options';
import { NEWEST_RELEASE } from '../private/istio-release';

/** What the checks are told of the mesh. */
export interface CheckSettings extends MeshOptions {
  /**
   * The Istio release of the mesh, such as `1.30`.
   *
   * @default '1.31'
   */
  readonly istioVersion?: string;

  /**
   * Whether the manifests hold everything that the cluster holds.
   *
   * @default false
   */
  readonly closedWorld?: boolean;
}

export function istioVersionOf(settings: CheckSettings): string {
  return settings.istioVersion ?? NEWEST_RELEASE;
}
