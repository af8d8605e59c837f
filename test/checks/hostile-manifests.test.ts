import * as fc from 'fast-check';
import { checkManifests } from '../../lib/checks/check';
import { RULE_EXAMPLES } from '../../lib/checks/rules/catalogue';
import { SCHEMA_RULES } from '../../lib/checks/schema/catalogue';
import { WEBHOOK_RULES } from '../../lib/checks/webhook/catalogue';

class Own {
  public readonly name = 'own';
}

function nested(depth: number, around: (value: unknown) => unknown): unknown {
  let value: unknown = 'configmap://shop/ca';
  for (let level = 0; level < depth; level++) {
    value = around(value);
  }
  return value;
}

const CYCLE: { [key: string]: unknown } = { name: 'a' };
CYCLE.again = CYCLE;
CYCLE.list = [CYCLE];

/** What no YAML and no JSON can hold, but a program can. */
const HOSTILE: readonly unknown[] = [
  undefined, null, NaN, -Infinity, 5n, Symbol('a'), () => 'a', '\ud800', '', {}, [],
  // eslint-disable-next-line no-sparse-arrays
  [,, 'a'], [, { name: 'a', key: 5n }], [5n, Symbol('a')], { a: 5n }, [[[]]],
  new Date(0), new Date(NaN), new Own(), new Map([['a', 1]]), Buffer.from('a'), Object.create(null), CYCLE, [CYCLE],
  nested(5000, value => ({ a: value })), nested(5000, value => [value]), nested(3000, value => ({ name: value, hosts: [value] })),
];

/** Sound objects of all kinds that some rule looks at. */
const MANIFESTS: readonly (readonly object[])[] = [
  ...RULE_EXAMPLES.flatMap(({ wrong, right }) => [wrong, right]),
  ...[...SCHEMA_RULES, ...WEBHOOK_RULES].map(({ wrong }) => [wrong]),
];

interface Damage {
  readonly steps: readonly number[];
  /** The value by its number, which can be shown. */
  readonly hostile: number;
}

/** A copy in which something stands in the place of a value, or beside it. */
function damaged(manifest: object, { steps, hostile }: Damage): unknown {
  const copy = structuredClone(manifest) as { [key: string]: unknown };
  let place = copy;
  for (const step of steps) {
    const keys = Object.keys(place);
    const child = place[keys[step % keys.length]];
    if (typeof child !== 'object' || child === null || Object.keys(child).length === 0) {
      break;
    }
    place = child as { [key: string]: unknown };
  }
  const keys = [...Object.keys(place), 'added'];
  place[keys[steps[0] % keys.length]] = HOSTILE[hostile];
  return copy;
}

const damages = fc.record({ steps: fc.array(fc.nat(12), { minLength: 1, maxLength: 7 }), hostile: fc.nat(HOSTILE.length - 1) });

test('whatever stands anywhere in objects of any kind, there is an answer in words', () => {
  const settings = fc.record({ closedWorld: fc.boolean(), istioVersion: fc.constantFrom('1.28', '1.31'), dnsCapture: fc.boolean() });
  fc.assert(fc.property(fc.constantFrom(...MANIFESTS), fc.array(damages, { minLength: 1, maxLength: 4 }), settings, (manifests, list, given) => {
    const copies = list.map((damage, index) => damaged(manifests[index % manifests.length], damage));
    for (const { message, propertyPath = '', fix = '' } of checkManifests([...manifests, ...copies].map(manifest => ({ manifest })), given)) {
      expect(`${propertyPath} ${message} ${fix}`).not.toMatch(/\[object/);
    }
  }), { numRuns: 1500 });
});

test('an object, its metadata, its spec or its status may be any of that', () => {
  const ofKinds = new Map(MANIFESTS.flat().map(manifest => [(manifest as { kind: string }).kind, manifest]));
  for (const value of HOSTILE) {
    const manifests = [...ofKinds.values()].flatMap(manifest => ['metadata', 'spec', 'status'].map(field => ({ ...manifest, [field]: value })));
    expect(Array.isArray(checkManifests([value, ...manifests].map(manifest => ({ manifest })), { closedWorld: true }))).toBe(true);
  }
});
