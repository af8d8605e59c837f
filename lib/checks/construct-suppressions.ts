import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Suppression, suppressionAnnotations } from './suppressions';

/** What constructs have been told not to hear of, by the root of their tree. */
const suppressionsOfRoot = new WeakMap<IConstruct, Map<IConstruct, Suppression[]>>();

/** Keeps a code quiet for all objects of a construct, those that are still to come included. */
export function addSuppression(construct: IConstruct, suppression: Suppression): void {
  const { root } = construct.node;
  const ofTree = suppressionsOfRoot.get(root) ?? new Map<IConstruct, Suppression[]>();
  suppressionsOfRoot.set(root, ofTree);
  const ofConstruct = ofTree.get(construct) ?? [];
  ofTree.set(construct, ofConstruct);
  const same = ofConstruct.findIndex(({ code }) => code === suppression.code);
  ofConstruct.splice(same < 0 ? ofConstruct.length : same, 1, suppression);
  annotate(construct, ofTree);
}

/** Writes the annotations of objects that came after the suppression. */
export function applySuppressions(root: IConstruct): void {
  const ofTree = suppressionsOfRoot.get(root.node.root);
  ofTree?.forEach((_, construct) => annotate(construct, ofTree));
}

function annotate(construct: IConstruct, ofTree: ReadonlyMap<IConstruct, readonly Suppression[]>): void {
  for (const object of construct.node.findAll()) {
    if (ApiObject.isApiObject(object)) {
      // a code that both the object and a construct around it suppress has the reason of the nearest
      const nearest = new Map(object.node.scopes.flatMap(scope => ofTree.get(scope) ?? []).map(entry => [entry.code, entry]));
      for (const [name, value] of Object.entries(suppressionAnnotations([...nearest.values()]))) {
        object.metadata.addAnnotation(name, value);
      }
    }
  }
}
