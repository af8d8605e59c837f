import { HEADERS, LABELS, maybe, METHODS, NAMESPACES, PATH_PATTERNS, PATHS, QUERIES, some, VALUE_PATTERNS, VALUES } from './words';
import type { Random } from '../random';

type Text = { readonly exact?: string; readonly prefix?: string; readonly regex?: string };

/** What a match of an http route asks for: seldom more than two things. */
export function httpMatch(random: Random, gateways: readonly string[]): object {
  const rarely = <T>(probability: number, make: () => T): T | undefined => maybe(random, probability, make);
  const headers = rarely(0.3, () => texts(random, HEADERS));
  return {
    name: rarely(0.15, () => random.pick(['m1', 'm2'])),
    uri: rarely(0.7, () => pathMatch(random)),
    ignoreUriCase: rarely(0.1, () => true),
    method: rarely(0.15, () => random.pick<Text>([{ exact: random.pick(METHODS) }, { prefix: 'P' }, { regex: 'GET|HEAD' }])),
    scheme: rarely(0.05, () => ({ exact: random.pick(['http', 'https']) })),
    authority: rarely(0.08, () => random.pick<Text>([{ exact: 'a.com' }, { prefix: 'a' }, { regex: '.*\\.com(:[0-9]+)?' }, { exact: 'a.com:80' }])),
    headers,
    withoutHeaders: rarely(0.12, () => texts(random, HEADERS, true)),
    queryParams: rarely(0.15, () => texts(random, QUERIES)),
    port: rarely(0.08, () => random.pick([80, 80, 8080, 443])),
    sourceLabels: rarely(0.06, () => random.pick(LABELS)),
    sourceNamespace: rarely(0.05, () => random.pick(NAMESPACES)),
    gateways: rarely(0.05, () => [random.pick(gateways)]),
  };
}

function pathMatch(random: Random): Text {
  switch (random.pick(['prefix', 'prefix', 'exact', 'regex'])) {
    case 'prefix':
      return { prefix: random.pick(PATHS) };
    case 'exact':
      return { exact: random.pick(PATHS) };
    default:
      return { regex: random.pick(PATH_PATTERNS)[0] };
  }
}

function texts(random: Random, names: readonly string[], forAbsence = false): { [name: string]: Text } {
  return Object.fromEntries(some(random, 1, random.chance(0.2) ? 2 : 1, () => [random.pick(names), valueMatch(random, forAbsence)]));
}

function valueMatch(random: Random, forAbsence: boolean): Text {
  switch (random.pick(['exact', 'exact', 'prefix', 'regex', 'present', 'empty'])) {
    case 'exact':
      return { exact: random.pick(VALUES) };
    case 'prefix':
      return { prefix: random.pick(VALUES) };
    case 'regex':
      return { regex: random.pick(VALUE_PATTERNS)[0] };
    case 'present':
      return forAbsence && random.chance(0.3) ? { regex: '*' } : {};
    default:
      return { exact: '' };
  }
}
