import type { ManifestSource } from './manifest';
import type { MeshOptions } from './mesh-options';
import { MeshModel } from './model';

/**
 * What a set of manifests says of a mesh.
 */
export class Mesh {
  /**
   * The mesh of manifests, wherever they come from.
   *
   * What cannot be read in a manifest is left out, nothing is refused.
   *
   * @param sources the manifests, in the order in which they are applied
   */
  public static fromManifests(sources: ManifestSource[], options: MeshOptions = {}): Mesh {
    return new Mesh(new MeshModel(sources, options));
  }

  /**
   * The indexed model that checks, simulation and pictures read.
   *
   * @internal
   */
  public readonly _model: MeshModel;

  private constructor(model: MeshModel) {
    this._model = model;
  }
}
