import type { ExportTo } from '../export-to';
import { checkMadeBy } from './validation';

/**
 * The `exportTo` of a resource, checked against its namespace.
 *
 * @param nowhere whether the kind takes `~`
 */
export function renderExportTo(
  property: string, exportTo: ExportTo | undefined, namespace: string | undefined, nowhere: boolean,
): string[] | undefined {
  if (exportTo === undefined) {
    return undefined;
  }
  const names = checkMadeBy(property, exportTo, '_toExportTo', 'ExportTo')._toExportTo();
  if (!nowhere && names.includes('~')) {
    throw new Error(`${property} must name a namespace, ExportTo.nowhere() is for a ServiceEntry only`);
  }
  if (namespace !== undefined && names.includes('.') && names.includes(namespace)) {
    throw new Error(`${property} names the own namespace twice, as '.' and as '${namespace}'`);
  }
  return [...names];
}
