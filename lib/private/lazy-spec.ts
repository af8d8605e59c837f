import { Lazy } from 'cdk8s';

/** A spec that is rendered when the manifest is. Fields that were left out are gone before cdk8s resolves each field on its own. */
export function lazySpec(render: () => object): any {
  return Lazy.any({ produce: () => pruned(render()) });
}

function pruned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(pruned);
  }
  const result: { [key: string]: unknown } = {};
  for (const key in value) {
    const field = (value as { [key: string]: unknown })[key];
    if (field !== undefined) {
      result[key] = pruned(field);
    }
  }
  return result;
}
