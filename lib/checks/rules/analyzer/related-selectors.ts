import { selectorText } from './analyzer-names';
import type { Pods } from './pods';
import { append, getOrMake } from '../../../mesh/collections';
import { SelectorIndex } from '../../../mesh/labels';
import { NO_LABELS, TextMap } from '../../../mesh/manifest';
import type { Resource } from '../../../mesh/resource';
import type { GatewaySpec } from '../../../mesh/specs';

/**
 * For each selector of Gateways, as text, those that mean the same pods to the analyzer: itself, and each that contains it
 * or is contained in it, as text, while some pod has the labels of both.
 */
export function relatedSelectors(gateways: readonly Resource<GatewaySpec>[], pods: Pods): ReadonlyMap<string, readonly string[]> {
  const selectors = new Map<string, TextMap>();
  for (const { spec: { selector = NO_LABELS } } of gateways) {
    getOrMake(selectors, selectorText(selector), () => selector);
  }
  const related = new Map<string, string[]>([...selectors.keys()].map(text => [text, [text]]));
  if (selectors.size > 1) {
    const index = new SelectorIndex([...selectors], ([, selector]) => selector);
    const groups = new Map(pods.distinctLabels().map(labels => {
      const texts = index.selecting(labels).map(([text]) => text);
      return [texts.join('\n'), texts] as const;
    }));
    const pairs = new Set<string>();
    for (const texts of groups.values()) {
      for (const a of texts) {
        for (const b of texts) {
          if (a !== b && (a.includes(b) || b.includes(a)) && !pairs.has(`${a}\n${b}`)) {
            pairs.add(`${a}\n${b}`);
            append(related, a, b);
          }
        }
      }
    }
  }
  return related;
}
