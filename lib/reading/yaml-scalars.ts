/** What a scalar becomes, or why it cannot be read. */
export type Scalar =
  | {
    readonly value: string | number | boolean | null;
    readonly isFloat?: boolean;
    /** The digits of an integer that a number cannot hold exactly. */
    readonly digits?: string;
  }
  | { readonly problem: string };

const LONG_PREFIX = 'tag:yaml.org,2002:';

const WORDS = new Map<string, string | number | boolean | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(word => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(word => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map(word => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(word => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map(word => [word, -Infinity] as const),
]);

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
/** An oddity of the decoder. */
const SIGN_INSIDE = /^0b([-+][01]{1,53})$/;

const POINT_FIRST = /^\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+(_[0-9]+)*)?$/;
const TIMESTAMP = /^\d{4}-(\d{1,2})-(\d{1,2})([Tt ](\d{1,2}):(\d{1,2}):(\d{1,2})([.,]\d+)?(Z|[-+]\d{2}:\d{2})?)?$/;

// an integer with a sign has 64 bits, one without may have one more
const LARGEST_UNSIGNED = 2n ** 64n - 1n;
const LARGEST_SIGNED = 2n ** 63n - 1n;
const SMALLEST = -(2n ** 63n);

/** The value of a plain scalar without a tag, as YAML 1.1 is read by Kubernetes: `on` is true, `010` is 8, `1_000` is 1000. */
export function plainScalar(text: string): Scalar {
  switch (hintOf(text)) {
    case 'word':
      return WORDS.has(text) ? { value: WORDS.get(text)!, isFloat: typeof WORDS.get(text) === 'number' } : { value: text };
    case 'number':
      return WORDS.has(text) ? { value: WORDS.get(text)!, isFloat: true } : numberOf(text) ?? { value: text };
    default:
      return { value: text };
  }
}

/** The value of a scalar with a tag. A tag that YAML does not define leaves the text as it is. */
export function taggedScalar(tag: string, text: string): Scalar {
  const short = tag.startsWith(LONG_PREFIX) ? `!!${tag.slice(LONG_PREFIX.length)}` : tag;
  const found = plainScalar(text);
  switch (short) {
    case '!!bool':
      return typeof valueOf(found) === 'boolean' ? found : mismatch(text, short);
    case '!!null':
      return valueOf(found) === null ? found : mismatch(text, short);
    case '!!int':
      return typeof valueOf(found) === 'number' && !isFloat(found) ? found : mismatch(text, short);
    case '!!float':
      return typeof valueOf(found) === 'number' ? { ...found, isFloat: true } as Scalar : mismatch(text, short);
    case '!!timestamp':
      return isTimestamp(text) ? { value: text } : mismatch(text, short);
    case '!!binary':
      return binary(text);
    default:
      return { value: text };
  }
}

/** Whether a plain scalar without a tag is text by its first character alone. */
export function isPlainText(text: string): boolean {
  return hintOf(text) === 'text';
}

function hintOf(text: string): 'word' | 'number' | 'text' {
  const first = text.charCodeAt(0);
  if (text === '' || 'yYnNtTfFoO~'.includes(text[0])) {
    return 'word';
  }
  return (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e ? 'number' : 'text';
}

function numberOf(text: string): Scalar | undefined {
  if (text[0] === '.') {
    return POINT_FIRST.test(text) ? finite(Number(text.replaceAll('_', ''))) : undefined;
  }
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  const match = INTEGER.exec(digits);
  if (match !== null) {
    const magnitude = magnitudeOf(match);
    const value = match[1] === '-' ? -magnitude : magnitude;
    if (value >= SMALLEST && value <= (match[1] === '' ? LARGEST_UNSIGNED : LARGEST_SIGNED)) {
      return Number.isSafeInteger(Number(value)) ? { value: Number(value) } : { value: Number(value), digits: String(value) };
    }
  }
  const signed = SIGN_INSIDE.exec(digits);
  if (signed !== null) {
    return { value: parseInt(signed[1], 2) };
  }
  return FLOAT.test(digits) ? finite(Number(digits)) : undefined;
}

function magnitudeOf([, , hexadecimal, binaryDigits, octal, decimal]: RegExpExecArray): bigint | number {
  const short = (digits: string, base: number, prefix: string) => digits.length < 10 ? parseInt(digits, base) : BigInt(prefix + digits);
  if (hexadecimal !== undefined) {
    return short(hexadecimal, 16, '0x');
  }
  if (binaryDigits !== undefined) {
    return short(binaryDigits, 2, '0b');
  }
  return octal !== undefined ? short(octal, 8, '0o') : short(decimal, 10, '');
}

function finite(value: number): Scalar | undefined {
  return Number.isFinite(value) ? { value, isFloat: true } : undefined;
}

function isTimestamp(text: string): boolean {
  const match = TIMESTAMP.exec(text);
  if (match === null) {
    return false;
  }
  const [, month, day, time, hour, minute, second, , zone] = match;
  // with a zone the time follows a T, without one a space
  const lastDay = new Date(Number(text.slice(0, 4)), Number(month), 0).getDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= lastDay
    && (time === undefined
      || (Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60 && (zone === undefined) === (time[0] === ' ')));
}

function binary(text: string): Scalar {
  const compact = text.replace(/[\r\n]/g, '');
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)
    ? { value: Buffer.from(compact, 'base64').toString('utf-8') }
    : { problem: '!!binary value contains invalid base64 data' };
}

function mismatch(text: string, tag: string): Scalar {
  return { problem: `${JSON.stringify(text)} is not a value of the type ${tag}` };
}

function valueOf(scalar: Scalar): unknown {
  return 'value' in scalar ? scalar.value : undefined;
}

function isFloat(scalar: Scalar): boolean {
  return 'value' in scalar && scalar.isFloat === true;
}

/** The text that a key becomes, which is always text in JSON; undefined where a value cannot be a key. */
export function keyText({ value, isFloat: float, digits }: Extract<Scalar, { readonly value: unknown }>): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return String(value);
    case 'number':
      return float === true ? floatKey(value) : integerKey(digits ?? String(value));
    default:
      return undefined;
  }
}

function integerKey(digits: string): string | undefined {
  // larger integers are of a type that Kubernetes does not take as a key
  return BigInt(digits) <= LARGEST_SIGNED ? digits : undefined;
}

/** Go's shortest text of a number of single precision, with an exponent from a million on. */
function floatKey(value: number): string {
  if (!Number.isFinite(Math.fround(value))) {
    return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  }
  const single = Math.fround(value);
  let shortest = single.toExponential();
  for (let digits = 0; digits < 9; digits++) {
    if (Math.fround(Number(single.toExponential(digits))) === single) {
      shortest = single.toExponential(digits);
      break;
    }
  }
  const [mantissa, exponent] = shortest.split('e');
  const power = Number(exponent);
  return power < -4 || power >= 6
    ? `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
    : `${Object.is(single, -0) ? '-' : ''}${Number(shortest)}`;
}
