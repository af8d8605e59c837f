import { checkManifests } from '../../../lib/checks/check';
import { meshFindings } from '../../../lib/checks/mesh-findings';
import { RULES } from '../../../lib/checks/rules';
import { RULE_EXAMPLES, RuleExample } from '../../../lib/checks/rules/catalogue';
import type { ExampleManifest } from '../../../lib/checks/rules/catalogue/example';
import { MeshModel } from '../../../lib/mesh/model';

function findingsIn(manifests: readonly ExampleManifest[], { options, closedWorld, istioVersion }: RuleExample) {
  return checkManifests(manifests.map(manifest => ({ manifest })), { ...options, closedWorld, istioVersion });
}

describe.each(RULE_EXAMPLES.map(example => [`${example.code}${example.title === undefined ? '' : `: ${example.title}`}`, example] as const))('%s', (_, example) => {
  test('speaks of the wrong example, at the right place and of nothing else', () => {
    const found = findingsIn(example.wrong, example);
    expect(found.filter(({ code }) => code === example.code).map(({ kind, name, propertyPath }) => `${kind}/${name} ${propertyPath ?? ''}`.trim()))
      .toEqual(example.at);
    expect(found.filter(({ code }) => code !== example.code && !(example.alongWith ?? []).includes(code))).toEqual([]);
  });

  test('is silent about the right example, as all rules are', () => {
    expect(findingsIn(example.right, example)).toEqual([]);
  });
});

test('each rule has an example, and each example a rule', () => {
  const codes = (list: readonly { code: string }[]) => [...new Set(list.map(({ code }) => code))].sort();
  expect(codes(RULE_EXAMPLES)).toEqual(codes(RULES));
});

test.each([false, true])('who asks for what a person is shown gets just that, also of examples in which something is missing (closed world: %s)', closedWorld => {
  let shownOfAll = 0;
  for (const { wrong, right, options, istioVersion } of RULE_EXAMPLES) {
    const settings = { ...options, closedWorld, istioVersion };
    const meshes = [wrong, right].flatMap(manifests => [manifests, ...manifests.map(left => manifests.filter(manifest => manifest !== left))]);
    for (const manifests of meshes) {
      const found = (asked: 'all' | 'shown') => meshFindings(new MeshModel(manifests.map(manifest => ({ manifest })), settings), settings, RULES, asked);
      const shown = found('all').filter(({ isShown }) => isShown).map(({ finding }) => finding);
      expect(found('shown').map(({ finding }) => finding)).toEqual(shown);
      shownOfAll += shown.length;
    }
  }
  expect(shownOfAll).toBeGreaterThan(RULE_EXAMPLES.length);
});
