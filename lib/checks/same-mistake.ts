import type { Finding } from './finding';

/** Rules that speak of one mistake, each with the one that says it better: they are not shown where that one speaks of the same place, or of one around it or in it. */
const SAID_BETTER_BY: ReadonlyMap<string, string> = new Map([
  ['IST0106/SE6', 'IST0106/duplicate'],
  ['IST0131/VS32', 'IST0130/VS31'],
  ['IST0133/SE14', 'IST0134'],
  ['KIA1108', 'IST0133/VS35'],
]);

/** The findings about one object without those that tell of a mistake for the second time. */
export function withoutRepeats(findings: Finding[]): Finding[] {
  return findings.length < 2 ? findings : findings.filter(({ code, propertyPath = '' }) => {
    const better = SAID_BETTER_BY.get(code);
    return better === undefined || !findings.some(other => other.code === better && isRelated(propertyPath, other.propertyPath ?? ''));
  });
}

function isRelated(path: string, other: string): boolean {
  const [outer, inner] = path.length < other.length ? [path, other] : [other, path];
  return inner.startsWith(outer) && ['', '.', '['].includes(inner.charAt(outer.length));
}
