/** As many levels of objects and lists are read within each other: whoever goes through a value calls itself at each. */
export const DEEPEST = 1000;

/** What is said of a document with more levels. */
export const TOO_DEEP = `the document is nested too deeply: at most ${DEEPEST} levels can be read`;

/** Whether a value has more levels than are read. */
export function isTooDeep(value: unknown, levels = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  if (levels === 0) {
    return true;
  }
  for (const child of Array.isArray(value) ? value : Object.values(value)) {
    if (typeof child === 'object' && isTooDeep(child, levels - 1)) {
      return true;
    }
  }
  return false;
}
