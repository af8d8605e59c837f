import { isUnicodeClass } from './unicode-classes';

// the syntax of Go's regular expressions, which is that of RE2 with a few exceptions. Only whether a pattern compiles is
// asked for, and a compiler would take a second for the worst pattern of a thousand characters.

const MAX_REPEAT = 1000;
const POSIX_CLASS = /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]$/;
const REPEAT = /\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/y;
const FLAGS = /\(\?([imsU]*)(?:-([imsU]+))?([:)])/y;
const NAMED_GROUP = /\(\?P?<([^>]*)>/y;

/** Why a pattern does not compile; undefined when it does. */
export function regexProblem(pattern: string): string | undefined {
  return new RegexSyntax(pattern).problem();
}

/** How many groups a pattern that compiles captures. */
export function countGroups(pattern: string): number {
  const syntax = new RegexSyntax(pattern);
  syntax.problem();
  return syntax.captures;
}

/** How often the parts of an expression are repeated at most, one inside the other. Parts that are repeated zero times do not count. */
type Repeats = number;

interface Group {
  /** Of what stands before the last item. */
  before: Repeats;
  /** Of the last item, which a `*` would apply to; undefined where there is none. */
  last: Repeats | undefined;
}

class RegexSyntax {
  public captures = 0;
  private position = 0;
  private readonly groups: Group[] = [{ before: 1, last: undefined }];
  private found: string | undefined;
  /** Whether the item before is a repetition, which cannot be repeated. */
  private afterRepeat = false;

  constructor(private readonly pattern: string) {}

  public problem(): string | undefined {
    while (this.position < this.pattern.length && this.found === undefined) {
      this.item();
    }
    if (this.found === undefined && this.groups.length > 1) {
      return 'a ( is not closed';
    }
    return this.found;
  }

  private item(): void {
    const repeated = this.afterRepeat;
    this.afterRepeat = false;
    switch (this.pattern[this.position]) {
      case '(':
        return this.open();
      case ')':
        return this.close();
      case '|':
        this.position++;
        return this.endAlternative();
      case '[':
        return this.charClass();
      case '*':
      case '+':
      case '?':
        return this.repeat(this.position + 1, repeated, undefined);
      case '{':
        return this.count(repeated);
      case '\\':
        return this.escape();
      default:
        this.character();
        return this.single();
    }
  }

  private single(): void {
    const group = this.group();
    group.before = Math.max(group.before, group.last ?? 1);
    group.last = 1;
  }

  private group(): Group {
    return this.groups[this.groups.length - 1];
  }

  private endAlternative(): void {
    const group = this.group();
    group.before = Math.max(group.before, group.last ?? 1);
    group.last = undefined;
  }

  private open(): void {
    if (this.pattern[this.position + 1] !== '?') {
      this.position++;
      this.captures++;
      this.groups.push({ before: 1, last: undefined });
      return;
    }
    const named = this.match(NAMED_GROUP);
    if (named !== undefined || this.startsWith('(?<') || (this.startsWith('(?P<') && this.pattern.length > this.position + 4)) {
      if (named === undefined || !/^[A-Za-z0-9_]+$/.test(named[1])) {
        return this.fail('the name of a group must be letters, digits and _');
      }
      this.captures++;
      this.groups.push({ before: 1, last: undefined });
      return;
    }
    const flags = this.match(FLAGS);
    if (flags === undefined) {
      return this.fail(/^\(\?<?[=!]/.test(this.pattern.slice(this.position, this.position + 4))
        ? 'RE2 knows no look-ahead and look-behind' : 'RE2 does not know this kind of group');
    }
    if (flags[3] === ':') {
      this.groups.push({ before: 1, last: undefined });
    }
  }

  private close(): void {
    if (this.groups.length === 1) {
      return this.fail('a ) closes nothing');
    }
    this.position++;
    this.endAlternative();
    const { before } = this.groups.pop()!;
    const group = this.group();
    group.before = Math.max(group.before, group.last ?? 1);
    group.last = before;
  }

  private count(repeated: boolean): void {
    const count = this.match(REPEAT);
    if (count === undefined) {
      // a brace that is no count stands for itself
      this.position++;
      return this.single();
    }
    const min = Number(count[1]);
    const max = count[2] === undefined ? min : count[3] === undefined ? -1 : Number(count[3]);
    if (min > MAX_REPEAT || max > MAX_REPEAT || (max >= 0 && min > max)) {
      return this.fail(`{${count[0].slice(1, -1)}} must count from the smaller to the larger number, at most ${MAX_REPEAT}`);
    }
    this.repeat(this.position, repeated, { min, max });
  }

  private repeat(end: number, repeated: boolean, count: { min: number; max: number } | undefined): void {
    this.position = this.pattern[end] === '?' ? end + 1 : end;
    this.afterRepeat = true;
    const group = this.group();
    if (repeated) {
      return this.fail('a repetition cannot be repeated, put it in a group');
    }
    if (group.last === undefined) {
      return this.fail('there is nothing to repeat');
    }
    if (count === undefined) {
      return;
    }
    const times = count.max < 0 ? count.min : count.max;
    group.last = count.max === 0 ? 1 : group.last * Math.max(times, 1);
    if ((count.min >= 2 || count.max >= 2) && group.last > MAX_REPEAT) {
      this.fail(`repetitions in one another must not make more than ${MAX_REPEAT}`);
    }
  }

  private charClass(): void {
    this.position += this.startsWith('[^') ? 2 : 1;
    for (let first = true; first || this.pattern[this.position] !== ']'; first = false) {
      if (this.position >= this.pattern.length) {
        return this.fail('a [ is not closed');
      }
      if (!this.namedClass() && !this.unicodeClass() && !this.perlClass()) {
        this.range();
      }
      if (this.found !== undefined) {
        return;
      }
    }
    this.position++;
    this.single();
  }

  /** Reads a class such as `[:alpha:]`, if there is one. */
  private namedClass(): boolean {
    const end = this.startsWith('[:') ? this.pattern.indexOf(':]', this.position + 2) : -1;
    if (end < 0) {
      return false;
    }
    const name = this.pattern.slice(this.position, end + 2);
    this.position = end + 2;
    if (!POSIX_CLASS.test(name)) {
      this.fail(`there is no class ${name}`);
    }
    return true;
  }

  /** Reads a class such as `\pL` or `\p{Greek}`, if there is one. */
  private unicodeClass(): boolean {
    if (!this.startsWith('\\p') && !this.startsWith('\\P')) {
      return false;
    }
    this.position += 2;
    let name = this.character();
    if (name === '{') {
      const end = this.pattern.indexOf('}', this.position);
      name = end < 0 ? '' : this.pattern.slice(this.position, end);
      this.position = end + 1;
    }
    if (!isUnicodeClass(name.replace(/^\^/, ''))) {
      this.fail(`there is no class \\p{${name}}`);
    }
    return true;
  }

  private perlClass(): boolean {
    const known = this.pattern[this.position] === '\\' && /^[dDsSwW]/.test(this.pattern.slice(this.position + 1, this.position + 2));
    this.position += known ? 2 : 0;
    return known;
  }

  private range(): void {
    const low = this.classCharacter();
    if (this.found !== undefined || this.pattern[this.position] !== '-' || this.position + 1 >= this.pattern.length
      || this.pattern[this.position + 1] === ']') {
      return;
    }
    this.position++;
    const high = this.classCharacter();
    if (this.found === undefined && high < low) {
      this.fail('a range of characters must go from the smaller to the larger one');
    }
  }

  private classCharacter(): number {
    return this.pattern[this.position] === '\\' ? this.escapedCharacter() : this.character().codePointAt(0)!;
  }

  private escape(): void {
    const next = this.pattern[this.position + 1];
    if (next === 'Q') {
      const end = this.pattern.indexOf('\\E', this.position + 2);
      const isEmpty = end === this.position + 2 || this.position + 2 >= this.pattern.length;
      this.position = end < 0 ? this.pattern.length : end + 2;
      return isEmpty ? undefined : this.single();
    }
    if (next !== undefined && 'AbBz'.includes(next)) {
      this.position += 2;
    } else if (!this.unicodeClass() && !this.perlClass()) {
      this.escapedCharacter();
    }
    this.single();
  }

  /** The code of the character that an escape stands for. */
  private escapedCharacter(): number {
    const start = this.position;
    this.position++;
    const character = this.character();
    if (/^[0-7]$/.test(character) && (character === '0' || /[0-7]/.test(this.pattern[this.position] ?? ''))) {
      const digits = /^[0-7]{1,3}/.exec(this.pattern.slice(start + 1, start + 4))![0];
      this.position = start + 1 + digits.length;
      return parseInt(digits, 8);
    }
    if (character === 'x') {
      return this.hexadecimal(start);
    }
    const control = 'afnrtv'.indexOf(character);
    if (character !== '' && control >= 0) {
      return [7, 12, 10, 13, 9, 11][control];
    }
    if (!/^[\x00-\x7f]$/.test(character) || /[A-Za-z0-9]/.test(character)) {
      this.fail(character === '' ? 'there is nothing after the last \\' : `RE2 does not know \\${character}`);
    }
    return character.codePointAt(0) ?? 0;
  }

  private hexadecimal(start: number): number {
    const found = /^\\x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]+)\})/.exec(this.pattern.slice(start));
    const code = found === null ? NaN : parseInt(found[1] ?? found[2], 16);
    if (found === null || code > 0x10ffff) {
      this.fail('\\x must be followed by two hexadecimal digits, or by some in braces, up to 10FFFF');
      return 0;
    }
    this.position = start + found[0].length;
    return code;
  }

  /** Reads one character, which may be two of JavaScript's. */
  private character(): string {
    const code = this.pattern.codePointAt(this.position);
    const character = code === undefined ? '' : String.fromCodePoint(code);
    this.position += character.length;
    return character;
  }

  private startsWith(text: string): boolean {
    return this.pattern.startsWith(text, this.position);
  }

  private match(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.position;
    const found = sticky.exec(this.pattern) ?? undefined;
    this.position += found?.[0].length ?? 0;
    return found;
  }

  private fail(problem: string): void {
    this.found ??= problem;
  }
}
