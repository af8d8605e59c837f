/**
 * A text that a regular expression is likely to match: the first alternative of each choice, nothing where nothing will do.
 * Whoever uses it makes sure that it does.
 */
export function sampleOf(pattern: string): string {
  return new Sampler(pattern).alternatives();
}

const CLASSES: { readonly [letter: string]: string } = { d: '0', w: 'a', s: ' ', D: 'a', W: '-', S: 'a', n: '\n', t: '\t', b: '', B: '', A: '', z: '' };
const OPENING = /^\?(?:P?<\w+>|[a-zA-Z-]*:)/;

class Sampler {
  private position = 0;

  constructor(private readonly pattern: string) {
  }

  public alternatives(): string {
    const first = this.sequence();
    while (this.peek() === '|') {
      this.position++;
      this.sequence();
    }
    return first;
  }

  private sequence(): string {
    let text = '';
    while (this.position < this.pattern.length && this.peek() !== '|' && this.peek() !== ')') {
      const atom = this.atom();
      text += atom.repeat(this.count());
    }
    return text;
  }

  private atom(): string {
    const character = this.pattern[this.position++];
    switch (character) {
      case '(': {
        const opening = OPENING.exec(this.pattern.slice(this.position));
        this.position += opening?.[0].length ?? 0;
        const text = this.alternatives();
        this.position++;
        return text;
      }
      case '[':
        return this.characterClass();
      case '\\': {
        const letter = this.pattern[this.position++] ?? '';
        return CLASSES[letter] ?? letter;
      }
      case '.':
        return 'a';
      case '^':
      case '$':
        return '';
      default:
        return character;
    }
  }

  /** The first character of a class; of one that excludes, a character that seldom is. */
  private characterClass(): string {
    const end = this.pattern.indexOf(']', this.position + 1);
    const content = this.pattern.slice(this.position, end < 0 ? undefined : end);
    this.position = end < 0 ? this.pattern.length : end + 1;
    if (!content.startsWith('^')) {
      return content.startsWith('\\') ? CLASSES[content[1]] ?? content[1] : content[0] ?? '';
    }
    return ['a', '0', '-', '_', 'Z'].find(character => !content.includes(character)) ?? 'q';
  }

  /** How often the last atom is needed. */
  private count(): number {
    const range = /^\{(\d+)(?:,\d*)?\}/.exec(this.pattern.slice(this.position));
    if (range !== null) {
      this.position += range[0].length;
      this.skipLazy();
      return Math.min(Number(range[1]), 1000);
    }
    const sign = this.peek();
    if (sign !== '*' && sign !== '+' && sign !== '?') {
      return 1;
    }
    this.position++;
    this.skipLazy();
    return sign === '+' ? 1 : 0;
  }

  private skipLazy(): void {
    if (this.peek() === '?') {
      this.position++;
    }
  }

  private peek(): string | undefined {
    return this.pattern[this.position];
  }
}
