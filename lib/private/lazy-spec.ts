import { Lazy } from 'cdk8s';
import { pruned } from './pruned';

/** A spec that is rendered when the manifest is. */
export function lazySpec(render: () => object): any {
  return Lazy.any({ produce: () => pruned(render()) });
}
