import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { applySuppressions } from './construct-suppressions';
import { afterFailure, lostValue, UnwrittenReason } from './unwritten-object';
import type { ManifestSource } from '../mesh/manifest';

/** A manifest and the construct that a person knows it by. */
export interface ConstructManifest extends ManifestSource {
  /** The generated object. */
  readonly object: ApiObject;

  /** The object, or the construct whose main child it is. */
  readonly construct: IConstruct;

  readonly constructPath: string;

  /** Why the object cannot be written. The manifest then is what can be said of the object all the same. */
  readonly unwritten?: UnwrittenReason;
}

/** The manifests of all objects in a tree of constructs, also of those that cannot be written. */
export function constructManifests(root: IConstruct): ConstructManifest[] {
  applySuppressions(root);
  return root.node.findAll()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .map(manifestOf);
}

/**
 * The manifests of all objects in a tree of constructs.
 *
 * @throws when one of them cannot be written
 */
export function writtenManifests(root: IConstruct): ConstructManifest[] {
  const manifests = constructManifests(root);
  for (const { unwritten, constructPath } of manifests) {
    if (unwritten !== undefined) {
      const place = unwritten.propertyPath === undefined ? '' : `${unwritten.propertyPath} `;
      throw new Error(`[${constructPath}] ${place}${unwritten.message}`);
    }
  }
  return manifests;
}

function manifestOf(object: ApiObject): ConstructManifest {
  const construct = knownAs(object);
  const known = { object, construct, constructPath: construct.node.path };
  let manifest: unknown;
  try {
    manifest = object.toJson();
  } catch (error) {
    return { ...known, ...afterFailure(object, error) };
  }
  const unwritten = lostValue(object, manifest);
  return unwritten === undefined ? { ...known, manifest } : { ...known, manifest, unwritten };
}

function knownAs(object: ApiObject): IConstruct {
  const parent = object.node.scope;
  return object.node.id === 'Resource' && parent !== undefined ? parent : object;
}
