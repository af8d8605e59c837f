import { checkRegex } from './private/regex';
import { checkGiven, checkMadeBy, checkString, checkText } from './private/validation';
import type { Wire } from './private/wire';
import type { VirtualServiceSpecHttpMatchUri } from '../imports/networking.istio.io';

/**
 * A condition on a text: equal to it, beginning with it, or matching a pattern as a whole.
 *
 * @example
 * const versioned = StringMatch.regex('/v[0-9]+/.*');
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#StringMatch
 */
export class StringMatch {
  /**
   * The text is equal to the given one.
   *
   * @throws when the text is not given, which untyped code can do; it may be empty
   */
  public static exact(text: string): StringMatch {
    return new StringMatch({ exact: checkText('exact', checkGiven('exact', text)) });
  }

  /**
   * The text begins with the given one. For paths this is text, not path segments: `/api` also takes `/apix`.
   *
   * @throws when the prefix is empty
   */
  public static prefix(text: string): StringMatch {
    return new StringMatch({ prefix: checkString('prefix', checkGiven('prefix', text)) });
  }

  /**
   * The whole text matches the pattern.
   *
   * @param pattern a regular expression in RE2 syntax, at most 1024 bytes
   * @throws when the pattern is empty, too long, or not RE2
   */
  public static regex(pattern: string): StringMatch {
    return new StringMatch({ regex: checkRegex('regex', checkGiven('regex', pattern)) });
  }

  private readonly match: Wire<VirtualServiceSpecHttpMatchUri>;

  private constructor(match: Wire<VirtualServiceSpecHttpMatchUri>) {
    this.match = match;
  }

  /** @internal */
  public _toStringMatch(): Wire<VirtualServiceSpecHttpMatchUri> {
    return this.match;
  }
}

/**
 * A condition on a request header.
 *
 * @example
 * const matches = [{ headers: { 'x-tester': HeaderMatch.present(), 'x-region': HeaderMatch.notExact('eu') } }];
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest
 */
export class HeaderMatch {
  /**
   * The header's value is equal to the text.
   *
   * @throws when the text is not given, which untyped code can do; it may be empty
   */
  public static exact(text: string): HeaderMatch {
    return new HeaderMatch(StringMatch.exact(text)._toStringMatch(), undefined);
  }

  /**
   * The header's value begins with the text.
   *
   * @throws when the prefix is empty: every value has it, which is `present()`
   */
  public static prefix(text: string): HeaderMatch {
    return new HeaderMatch(StringMatch.prefix(text)._toStringMatch(), undefined);
  }

  /**
   * The header's whole value matches the RE2 pattern.
   *
   * @throws when the pattern is empty, longer than 1024 bytes, or not RE2
   */
  public static regex(pattern: string): HeaderMatch {
    return new HeaderMatch(StringMatch.regex(pattern)._toStringMatch(), undefined);
  }

  /** The header is there, with any value. */
  public static present(): HeaderMatch {
    return new HeaderMatch({}, undefined);
  }

  /** The header is not there. */
  public static absent(): HeaderMatch {
    return new HeaderMatch(undefined, {});
  }

  /**
   * The header's value is not equal to the text, or the header is not there.
   *
   * @throws when the text is not given, which untyped code can do; it may be empty
   */
  public static notExact(text: string): HeaderMatch {
    return new HeaderMatch(undefined, StringMatch.exact(text)._toStringMatch());
  }

  /**
   * The header's value does not begin with the text, or the header is not there.
   *
   * @throws when the prefix is empty: every value has it, which is `absent()`
   */
  public static notPrefix(text: string): HeaderMatch {
    return new HeaderMatch(undefined, StringMatch.prefix(text)._toStringMatch());
  }

  /**
   * The header's value does not match the RE2 pattern as a whole. A missing header counts as an
   * empty value, so a pattern that matches the empty text also refuses requests without the header.
   *
   * @throws when the pattern is empty, longer than 1024 bytes, or not RE2
   */
  public static notRegex(pattern: string): HeaderMatch {
    return new HeaderMatch(undefined, StringMatch.regex(pattern)._toStringMatch());
  }

  /**
   * Two conditions on one header that must both hold: one on what it is, one on what it is not.
   *
   * @param condition made by `exact`, `prefix`, `regex` or `present`
   * @param exclusion made by `notExact`, `notPrefix` or `notRegex`
   * @throws when the two are not of these kinds
   */
  public static both(condition: HeaderMatch, exclusion: HeaderMatch): HeaderMatch {
    checkMadeBy('condition', condition, '_toHeader', 'HeaderMatch, such as HeaderMatch.present()');
    checkMadeBy('exclusion', exclusion, '_toHeader', 'HeaderMatch, such as HeaderMatch.notExact()');
    if (condition.match === undefined || condition.exclusion !== undefined || exclusion.exclusion === undefined || exclusion.match !== undefined) {
      throw new Error('HeaderMatch.both() takes one of exact, prefix, regex, present and then one of notExact, notPrefix, notRegex');
    }
    return new HeaderMatch(condition.match, exclusion.exclusion);
  }

  private readonly match?: Wire<VirtualServiceSpecHttpMatchUri>;
  private readonly exclusion?: Wire<VirtualServiceSpecHttpMatchUri>;

  private constructor(match: Wire<VirtualServiceSpecHttpMatchUri> | undefined, exclusion: Wire<VirtualServiceSpecHttpMatchUri> | undefined) {
    this.match = match;
    this.exclusion = exclusion;
  }

  /**
   * The entry of `headers`, if any.
   *
   * @internal
   */
  public _toHeader(): Wire<VirtualServiceSpecHttpMatchUri> | undefined {
    return this.match;
  }

  /**
   * The entry of `withoutHeaders`, if any.
   *
   * @internal
   */
  public _toWithoutHeader(): Wire<VirtualServiceSpecHttpMatchUri> | undefined {
    return this.exclusion;
  }
}
