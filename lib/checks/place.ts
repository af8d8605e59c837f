import { isPlainObject, ManifestSource, readObject } from '../mesh/manifest';

const DOCUMENTATION = 'https://github.com/cdk8s-istio/cdk8s-istio/blob/main/docs/rules.md';

/** Which object a finding is about, and where it comes from. */
export interface FindingPlace {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly constructPath?: string;
  readonly file?: string;
  readonly line?: number;
}

export function placeOf({ manifest, constructPath, file, line }: ManifestSource): FindingPlace {
  const metadata = readObject(readObject(manifest).metadata);
  return {
    kind: isPlainObject(manifest) ? textOf(manifest.kind) : '',
    name: textOf(metadata.name),
    namespace: metadata.namespace === undefined ? undefined : textOf(metadata.namespace),
    constructPath,
    file,
    line,
  };
}

/** The place of a rule on the page that documents all of them. */
export function anchorOf(code: string): string {
  return code.toLowerCase().replace('/', '-');
}

/** The address where a rule is documented. */
export function documentationOf(code: string): string {
  return `${DOCUMENTATION}#${anchorOf(code)}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
