import { describe } from './private/describe';
import { checkUriText } from './private/header-values';
import { checkRegex } from './private/regex';
import { checkReplacement } from './private/regex-replacement';
import { checkGiven, checkStruct } from './private/validation';
import type { Wire } from './private/wire';
import type { VirtualServiceSpecHttpRewrite } from '../imports/networking.istio.io';

/** What else a rewrite of the path changes. */
export interface RewriteOptions {
  /**
   * The authority (`Host`) that the destination sees.
   *
   * @default - the client's.
   */
  readonly authority?: string;
}

/**
 * How a request is changed before it is forwarded. The query is always kept.
 *
 * @example
 * const rewrite = Rewrite.uri('/', { authority: 'legacy.example.com' });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite
 */
export class Rewrite {
  /**
   * Replaces the prefix that the route's match found, or the whole path where it matched exactly or by a pattern.
   * The rest of the path follows as it is: prefix `/api/` rewritten to `/` makes `/a` of `/api/a`, prefix `/api` makes `//a`.
   *
   * @param uri a path that begins with `/`
   * @throws when the path does not begin with `/`, or path or `authority` has spaces or control characters
   */
  public static uri(uri: string, options: RewriteOptions = {}): Rewrite {
    checkUriText('uri', checkGiven('uri', uri));
    if (!uri.startsWith('/')) {
      throw new Error(`uri must begin with '/', got ${describe(uri)}`);
    }
    return new Rewrite({ uri, authority: renderAuthority(options) });
  }

  /**
   * Replaces every part of the path that matches a pattern.
   *
   * @param match a regular expression in RE2 syntax, at most 1024 bytes
   * @param replacement the text that takes its place, in which `\1` to `\9` stand for the pattern's groups and `\0` for all of it
   * @throws when the pattern is not RE2, or the replacement names a group that it does not have
   */
  public static uriRegex(match: string, replacement: string, options: RewriteOptions = {}): Rewrite {
    checkRegex('match', checkGiven('match', match));
    checkReplacement('replacement', checkGiven('replacement', replacement), match);
    return new Rewrite({ uriRegexRewrite: { match, rewrite: replacement }, authority: renderAuthority(options) });
  }

  /**
   * Replaces only the authority (`Host`) that the destination sees.
   *
   * @param authority a host, with a port where it is not the default one
   * @throws when the authority is empty, or has spaces or control characters
   */
  public static authority(authority: string): Rewrite {
    return new Rewrite({ authority: checkUriText('authority', checkGiven('authority', authority)) });
  }

  private readonly rewrite: Wire<VirtualServiceSpecHttpRewrite>;

  private constructor(rewrite: Wire<VirtualServiceSpecHttpRewrite>) {
    this.rewrite = rewrite;
  }

  /** @internal */
  public _toRewrite(): Wire<VirtualServiceSpecHttpRewrite> {
    return this.rewrite;
  }
}

function renderAuthority(options: RewriteOptions): string | undefined {
  checkStruct('options', options, ['authority']);
  return checkUriText('authority', options.authority);
}
