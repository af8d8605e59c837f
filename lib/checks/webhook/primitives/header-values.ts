const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/;

/** What is wrong with the value of a header, in which Envoy replaces `%...%`; undefined when nothing is. */
export function headerValueProblem(value: string): string | undefined {
  if (CONTROL.test(value)) {
    return 'must not contain control characters or line breaks';
  }
  return value.includes('%') ? new FormatString(value).problem() : undefined;
}

/** What comes next, for messages. */
type Expectation = 'a variable' | 'arguments' | "',' or ']'" | '\'"\'' | 'the end of a text' | "')'" | "'%'";

/** The text of a header with variables such as `%START_TIME(%s)%` or `%UPSTREAM_METADATA(["a", "b"])%`. */
class FormatString {
  private expected: Expectation | undefined;

  constructor(private readonly value: string) {}

  public problem(): string | undefined {
    for (let position = 0; position < this.value.length; position++) {
      const character = this.value[position];
      const isLast = position + 1 === this.value.length;
      if (this.expected === undefined && character === '%') {
        if (isLast) {
          return "must not end with a single '%', write '%%' for a percent sign";
        }
        if (this.value[position + 1] === '%') {
          position++;
        } else {
          this.expected = 'a variable';
        }
      } else if (this.expected === 'the end of a text' && character === '\\') {
        if (isLast) {
          return "must not end with a single '\\'";
        }
        position++;
      } else if (this.expected !== undefined && !this.step(character)) {
        return `must have ${this.expected} at character ${position + 1}, as the arguments of a variable between two '%' go on`;
      }
    }
    return this.expected === undefined ? undefined : "must end its last variable with '%', write '%%' for a percent sign";
  }

  /** Goes on by a character, unless it is none of those that may come. */
  private step(character: string): boolean {
    switch (this.expected) {
      case 'a variable':
        this.expected = character === '%' ? undefined : character === '(' ? 'arguments' : this.expected;
        return true;
      case 'arguments':
        this.expected = character === '[' ? '\'"\'' : character === ' ' ? this.expected : 'the end of a text';
        return true;
      case 'the end of a text':
        this.expected = character === ')' ? "'%'" : character === '"' ? "',' or ']'" : this.expected;
        return true;
      case "',' or ']'":
        return this.expect(character, { ',': '\'"\'', ']': "')'" });
      case '\'"\'':
        return this.expect(character, { '"': 'the end of a text' });
      case "')'":
        return this.expect(character, { ')': "'%'" });
      default:
        return this.expect(character, { '%': undefined });
    }
  }

  private expect(character: string, next: { readonly [character: string]: Expectation | undefined }): boolean {
    if (Object.hasOwn(next, character)) {
      this.expected = next[character];
      return true;
    }
    return character === ' ';
  }
}
