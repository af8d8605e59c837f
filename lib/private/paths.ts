import type { IConstruct } from 'constructs';

const paths = new WeakMap<IConstruct, string>();

/** The path of a construct. That of what it stands in, which never changes, is made once for all that stand there. */
export function pathOf(construct: IConstruct): string {
  const { id, scope } = construct.node;
  if (scope === undefined) {
    return id;
  }
  let path = paths.get(scope);
  if (path === undefined) {
    path = scope.node.path;
    paths.set(scope, path);
  }
  return path === '' ? id : `${path}/${id}`;
}
