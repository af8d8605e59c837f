import type { Random } from './random';

// values at the edges of what the API server and Istio tell apart

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

export const DURATIONS = ['1s', '5s', '1.5s', '100ms', '1ms', '1h30m', '2m', '0.001s', '1h', '+1s', '1000us', '1000\u00b5s', '1000\u03bcs', '999.999us', '1e3s'];

export const ODD_DURATIONS = [
  '', '0', '0s', '0.5ms', '0.0009999s', '999us', '-1s', '+', '-', '1', '1 s', ' 1s', '1s ', '1S', '1d', '.s', '.5s', '5.s', '1..5s', '1s1s', '1sms', 'ms', '1m-1s',
  '999999ns', '1000000ns', '9223372036854775807ns', '9223372036854775808ns', '-9223372036854775808ns', '2562047h47m16.854775807s', '2562047h47m16.854775808s',
  '0000000000000000000000000001s', '99999999999999999999s', '0.00000000000000000000000000001s', '0.1234567890123456789012345s', '1µ', '1usec', 'one second', '1s\n', '１s',
  '0.00100000000000000000000000000000000001s', '3000000h', '1h1m1s1ms1us1ns', '0h0m0s', '0.0h1ms', '1.9999999999999999999999s', '0.00099999999999999999999s',
];

export const STRINGS = [
  'a', 'reviews', 'reviews.prod.svc.cluster.local', 'example.com', '*.example.com', '10.0.0.1', '10.0.0.0/8', '/api', 'v1',
  'http', 'https', 'HTTP', 'TLS', 'istio', 'mesh', 'x-user', 'unix:///run/a.sock',
];

export const ODD_STRINGS = [
  '', ' ', '*', 'a*', '*.', '.', '/', 'unix://', 'unix:///', 'unix://@a', 'unix://@', 'unix://a', 'unix:///a/', 'unix://\u{1f600}', 'UNIX:///a', 'a/b', '::1', 'a b',
  'Ünïcode', '日本', '\u{1f600}', '\u0000', '\n',
  '\ud800', 'null', 'true', '1', 'a_b', '-a', 'a-', '__proto__', 'constructor', 'YQ==', 'YQ=', 'YQ', 'YQ==\n', '====', 'YWJj', 'A===', 'YQ==YQ==', 'Y+/=',
];

export const NUMBERS = [1, 2, 5, 80, 100, 443, 503, 8080];

export const ODD_NUMBERS = [
  0, -1, 0.5, -0.5, 1e-7, 63, 64, 99, 101, 599, 600, 65535, 65536, 2147483647, 2147483648, -2147483648, -2147483649,
  4294967295, 4294967296, 9007199254740991, 9007199254740992,
  -9007199254740993, 9223372036854774784, 9223372036854775807, -9223372036854775808, 1e19, 1e21, 1e22, 1.5e300, -0, 80.5, 3.4e39,
];

/** Texts with lengths around every limit of the schema, in letters of one, two and four bytes. */
export function longString(random: Random): string {
  const length = random.pick([61, 62, 63, 64, 65, 127, 128, 129, 252, 253, 254, 255, 256, 257, 2047, 2048, 2049]);
  return random.pick(['a', 'a', 'é', '\u{1f600}', '.']).repeat(length);
}

export function anyString(random: Random): string {
  const kind = random.next();
  if (kind < 0.4) {
    return random.pick(STRINGS);
  } else if (kind < 0.7) {
    return random.pick(ODD_STRINGS);
  } else if (kind < 0.8) {
    return longString(random);
  } else if (kind < 0.9) {
    return random.pick([...DURATIONS, ...ODD_DURATIONS]);
  }
  return word(random);
}

export function word(random: Random): string {
  return Array.from({ length: random.integer(1, 8) }, () => random.pick([...LETTERS])).join('');
}

const ODD_KEYS = [
  'app', 'version', 'http', 'x-user', 'a/b', 'app.kubernetes.io/name', '*', '', 'a*', 'Ü', '\u{1f600}', 'a_b', '-a', '0', '1.5',
  'constructor', '__proto__', 'toString', 'hasOwnProperty', 'length',
];

/** A key of a map: also long ones, but none that the paths of the API server's messages would leave ambiguous. */
export function anyKey(random: Random): string {
  return random.pick([
    () => word(random),
    () => word(random),
    () => random.pick(ODD_KEYS),
    () => random.pick(['a', 'é', '\u{1f600}', '-', '*']).repeat(random.integer(60, 65)),
  ])();
}

export function anyNumber(random: Random): number {
  return random.pick(random.chance(0.5) ? NUMBERS : ODD_NUMBERS);
}

/** A value of any type. */
export function anything(random: Random): unknown {
  return random.pick<() => unknown>([
    () => null,
    () => random.chance(0.5),
    () => anyNumber(random),
    () => anyString(random),
    () => [],
    () => ({}),
    () => [null],
    () => [anything(random)],
    () => [{}, { [word(random)]: 1 }],
    () => [[[{ a: null }]], { b: [] }],
    () => ({ [anyKey(random)]: anything(random) }),
    () => ({ [word(random)]: null }),
  ])();
}
