// durations as Go's time.ParseDuration reads them, which is what duration() of CEL does in the API server

const UNITS = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['\u00b5s', 1e3],
  ['\u03bcs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
]);

/** The first number of nanoseconds that has no room in 64 bits with a sign. */
const LIMIT = 2n ** 63n;

/** The nanoseconds of a duration such as `1h30m`, `1.5s` or `-2ms`; undefined when the text is none. */
export function parseDuration(text: string): number | bigint | undefined {
  const negative = text.startsWith('-');
  const unsigned = negative || text.startsWith('+') ? text.slice(1) : text;
  const total = unsigned === '0' ? 0 : sumOfParts(unsigned);
  if (total === undefined || (total === LIMIT && !negative)) {
    return undefined;
  }
  return negative ? -total : total;
}

/** A number, unless it takes more digits than numbers have. */
function sumOfParts(text: string): number | bigint | undefined {
  let small = 0;
  let large = 0n;
  let start = 0;
  do {
    const point = skipDigits(text, start);
    const end = text[point] === '.' ? skipDigits(text, point + 1) : point;
    const next = skipUnit(text, end);
    const factor = UNITS.get(text.slice(end, next));
    if (factor === undefined || end - start === (end > point ? 1 : 0)) {
      return undefined;
    }
    const nanoseconds = Number(text.slice(start, point)) * factor;
    if (end === point && small + nanoseconds <= Number.MAX_SAFE_INTEGER) {
      small += nanoseconds;
    } else {
      large += exactNanoseconds(text.slice(start, point), text.slice(point + 1, end), factor);
      if (large > LIMIT) {
        return undefined;
      }
    }
    start = next;
  } while (start < text.length);
  if (large === 0n) {
    return small;
  }
  const total = large + BigInt(small);
  return total > LIMIT ? undefined : Number.isSafeInteger(Number(total)) ? Number(total) : total;
}

function skipDigits(text: string, start: number): number {
  let index = start;
  while (isDigit(text.charCodeAt(index))) {
    index++;
  }
  return index;
}

function skipUnit(text: string, start: number): number {
  let index = start;
  while (index < text.length && text[index] !== '.' && !isDigit(text.charCodeAt(index))) {
    index++;
  }
  return index;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function exactNanoseconds(whole: string, fraction: string, factor: number): bigint {
  const significant = whole.replace(/^0+/, '');
  return significant.length > 19 ? LIMIT + 1n : BigInt(significant) * BigInt(factor) + BigInt(fractionNanoseconds(fraction, factor));
}

/** Go reads as many digits of a fraction as fit into 63 bits, and multiplies in floating point. */
function fractionNanoseconds(fraction: string, factor: number): number {
  const zeros = fraction.length - fraction.replace(/^0+/, '').length;
  let read = 0n;
  let scale = 10 ** zeros;
  for (const digit of fraction.slice(zeros, zeros + 20)) {
    const next = read * 10n + BigInt(digit);
    if (read > (LIMIT - 1n) / 10n || next > LIMIT) {
      break;
    }
    read = next;
    scale *= 10;
  }
  return Math.trunc(Number(read) * (factor / scale));
}
