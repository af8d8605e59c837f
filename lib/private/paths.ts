import type { IConstruct } from 'constructs';

// of what many resources stand in, such as a chart
const paths = new WeakMap<IConstruct, string>();

function pathOf(construct: IConstruct): string {
  const { id, scope } = construct.node;
  const above = scope === undefined ? '' : pathOfScope(scope);
  return above === '' ? id : `${above}/${id}`;
}

function pathOfScope(scope: IConstruct): string {
  if (Object.prototype.hasOwnProperty.call(scope.node, 'path')) {
    return scope.node.path;
  }
  let path = paths.get(scope);
  if (path === undefined) {
    path = scope.node.path;
    paths.set(scope, path);
  }
  return path;
}

/** Lets a construct keep its path. cdk8s asks for it at each step in which it puts constructs in order, and each time it would be put together anew. */
export function keepPath(construct: IConstruct): void {
  Object.defineProperty(construct.node, 'path', { value: pathOf(construct) });
}
