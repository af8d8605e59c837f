/** The namespaces that an object is exported to: names, `*` for all, `~` for none, `.` for its own where it is not replaced. */
export type ExportTo = ReadonlySet<string>;

export const EVERYWHERE: ExportTo = new Set(['*']);

/** What `exportTo` says, or the mesh's default where it says nothing. */
export function readExportTo(given: readonly string[] | undefined, byDefault: ExportTo): ExportTo {
  return given === undefined || given.length === 0 ? byDefault : new Set(given);
}

/** The same with `.` replaced by the namespace of the object. */
export function withOwnNamespace(exportTo: ExportTo, namespace: string): ExportTo {
  return exportTo.has('.') ? new Set([...exportTo].map(entry => entry === '.' ? namespace : entry)) : exportTo;
}

/** Whether an object of one namespace is exported to another. */
export function isVisible(exportTo: ExportTo, owner: string, namespace: string): boolean {
  return exportTo.has('*') || exportTo.has(namespace) || (exportTo.has('.') && owner === namespace);
}

export function sameExport(a: ExportTo, b: ExportTo): boolean {
  return a.size === b.size && includesExport(a, b);
}

/** Whether one export names everything that another names. */
export function includesExport(wider: ExportTo, narrower: ExportTo): boolean {
  for (const entry of narrower) {
    if (!wider.has(entry)) {
      return false;
    }
  }
  return true;
}
