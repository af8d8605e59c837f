// Istio takes numbers in quotes as well; it strips the quotes and reads what is left as JSON

const INTEGER = /^ *(-?(?:0|[1-9]\d*)) *$/;
const FLOAT = /^ *-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)? *$/;
const NULL = /^ *null *$/;
const NOT_FINITE: { readonly [text: string]: number } = { 'NaN': NaN, 'Infinity': Infinity, '-Infinity': -Infinity };

/** The integer that a value other than a number stands for. Where there are no negative ones, no sign is understood. */
export function readInteger(value: unknown, isSigned: boolean): bigint | undefined {
  if (value === null) {
    return 0n;
  }
  if (typeof value !== 'string') {
    return typeof value === 'bigint' ? value : undefined;
  }
  const digits = INTEGER.exec(value);
  if (digits !== null) {
    // an integer of 64 bits has at most 19 digits or 20, and a text of a million digits would take long
    return digits[1].length > 20 || (!isSigned && digits[1].startsWith('-')) ? undefined : BigInt(digits[1]);
  }
  return NULL.test(value) ? 0n : undefined;
}

/** The number that a value other than a finite number stands for. */
export function readFloat(value: unknown): number | undefined {
  if (typeof value !== 'string') {
    return typeof value === 'bigint' ? Number(value) : undefined;
  }
  if (Object.hasOwn(NOT_FINITE, value)) {
    return NOT_FINITE[value];
  }
  if (FLOAT.test(value)) {
    const number = Number(value);
    return Number.isFinite(number) ? number : undefined;
  }
  return NULL.test(value) ? 0 : undefined;
}
