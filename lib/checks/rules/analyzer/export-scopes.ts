/** The scope of what is exported to all namespaces. */
export const EVERY_NAMESPACE = '*';

/** Where the analyzer looks for conflicts: all namespaces, or those that `exportTo` names. The mesh's own defaults count for nothing there. */
export function exportScopes(exportTo: readonly string[] | undefined, namespace: string): readonly string[] {
  if (exportTo === undefined || exportTo.length === 0 || exportTo.includes(EVERY_NAMESPACE)) {
    return [EVERY_NAMESPACE];
  }
  return [...new Set(exportTo.map(entry => entry === '.' ? namespace : entry))];
}
