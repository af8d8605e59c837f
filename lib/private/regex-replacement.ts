import { describe } from './describe';
import { checkUriText } from './header-values';
import { countGroups } from './regex-syntax';

/** The text that takes the place of what a pattern matched: a backslash begins the number of a group of the pattern. */
export function checkReplacement(property: string, replacement: string, pattern: string): void {
  checkUriText(property, replacement);
  const groups = countGroups(pattern);
  for (const [escape] of replacement.matchAll(/\\(.?)/gs)) {
    const group = escape.slice(1);
    if (group !== '\\' && !(/^\d$/.test(group) && Number(group) <= groups)) {
      throw new Error(`${property} must use '\\' only before itself or the number of a group of the pattern, which has ${groups}, got ${describe(replacement)}`);
    }
  }
}
