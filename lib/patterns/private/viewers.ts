import { ApiObjectMetadata, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { at } from './at';
import type { ExportTo } from '../../export-to';
import { describe } from '../../private/describe';
import { checkMadeBy } from '../../private/validation';

/** The namespaces that see something: names, `*` for all of them, `.` for its own where nobody knows the name. */
export type Viewers = ReadonlySet<string>;

export const EVERYONE = '*';

/** Where something stands, and who sees it. */
export interface Reach {
  /** The namespace of the object, where it is known. */
  readonly namespace?: string;
  readonly viewers: Viewers;
}

/** The reach of an object of a namespace: all namespaces, where nothing is said. */
export function reachOf(owner: Construct, exportTo: ExportTo | undefined, namespace: string | undefined): Reach {
  if (exportTo === undefined) {
    return { namespace, viewers: new Set([EVERYONE]) };
  }
  const names = checkMadeBy(at(owner, 'exportTo'), exportTo, '_toExportTo', 'ExportTo')._toExportTo();
  return { namespace, viewers: new Set(names.map(name => name === '.' ? namespace ?? '.' : name)) };
}

/** The namespace of what a pattern makes, where it is known. */
export function namespaceOf(owner: Construct, metadata: ApiObjectMetadata | undefined): string | undefined {
  return metadata?.namespace ?? Chart.of(owner).namespace;
}

/** The namespaces that see two things, in words; nothing where all that see either see both. */
export function commonViewers(a: Viewers, b: Viewers): string | undefined {
  const common = a.has(EVERYONE) ? b : b.has(EVERYONE) ? a : new Set([...a].filter(name => b.has(name)));
  if (common.size === a.size && common.size === b.size && [...common].every(name => a.has(name) && b.has(name))) {
    return undefined;
  }
  const names = [...common].map(name => name === '.' ? 'its own' : describe(name));
  return `${names.length === 1 ? 'namespace' : 'namespaces'} ${names.join(', ')}`;
}
