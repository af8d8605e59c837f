// property paths as findings show them: spec.http[2].match[0].headers['x-user']. A key in a map is always quoted.

const LONGEST_KEY = 200;
const IDENTIFIER = /^[A-Za-z_$][\w$-]*$/;

/** The step from an object to one of its fields. */
export function fieldStep(name: string): string {
  return name.length <= LONGEST_KEY && IDENTIFIER.test(name) ? `.${name}` : keyStep(name);
}

/** The step from a map to one of its values. A long key is cut, so that paths stay short whatever a manifest holds. */
export function keyStep(key: string): string {
  const shown = key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY).replace(/[\ud800-\udbff]$/, '')}…` : key;
  return `['${shown.replace(/['\\]/g, '\\$&')}']`;
}

/** The step from a list to one of its items. */
export function indexStep(index: number): string {
  return `[${index}]`;
}
