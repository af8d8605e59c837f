import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { applySuppressions } from './construct-suppressions';
import type { ManifestSource } from '../mesh/manifest';

/** A manifest and the construct that a person knows it by. */
export interface ConstructManifest extends ManifestSource {
  /** The generated object. */
  readonly object: ApiObject;

  /** The object, or the construct whose main child it is. */
  readonly construct: IConstruct;

  readonly constructPath: string;
}

/** The manifests of all objects in a tree of constructs. */
export function constructManifests(root: IConstruct): ConstructManifest[] {
  applySuppressions(root);
  return root.node.findAll()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .map(object => {
      const construct = knownAs(object);
      return { object, construct, manifest: object.toJson(), constructPath: construct.node.path };
    });
}

function knownAs(object: ApiObject): IConstruct {
  const parent = object.node.scope;
  return object.node.id === 'Resource' && parent !== undefined ? parent : object;
}
