import { checkUriText } from '../private/header-values';
import { checkGiven } from '../private/validation';
import { Rewrite, RewriteOptions } from '../rewrite';
import { checkReplacementPath, replacementOf, UriMatch } from './private/uri-match';

type Kind = 'strip' | 'replace' | 'wholePath' | 'fixed';

/**
 * How the path of a request is changed before it is forwarded, with the slashes right. The query is always kept.
 *
 * @example
 * const shop = new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'] });
 * const api = ServiceHost.fromName('api', { port: 8080 });
 * shop.addPath('/api', HttpAction.forward(api), { rewrite: PathRewrite.strip() });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite
 */
export class PathRewrite {
  /**
   * Takes the path away from the front: with `/api`, `/api/x` becomes `/x` and `/api` becomes `/`.
   *
   * @throws when `authority` is empty, or has spaces or control characters
   */
  public static strip(options: RewriteOptions = {}): PathRewrite {
    return new PathRewrite('strip', '/', uri => uri.type === 'prefix' && !uri.text.endsWith('/')
      // the text alone would leave a path with two slashes, or with none
      ? Rewrite.uriRegex(`^${escapeRegex(uri.text)}/?`, '/', options)
      : Rewrite.uri('/', options));
  }

  /**
   * Puts another path in place of the path: with `/api` replaced by `/v2`, `/api/x` becomes `/v2/x` and `/api` becomes `/v2`.
   *
   * @param path a path that begins and does not end with `/`
   * @throws when it is not such a path
   */
  public static replace(path: string, options: RewriteOptions = {}): PathRewrite {
    checkReplacementPath('path', path);
    return new PathRewrite('replace', path, uri => Rewrite.uri(replacementOf(uri, path), options));
  }

  /**
   * Sends all requests to one path: with `/index.html`, `/app/x` becomes `/index.html`.
   *
   * @param path a path that begins with `/`
   * @throws when the path does not begin with `/`, or path or `authority` has spaces or control characters
   */
  public static wholePath(path: string, options: RewriteOptions = {}): PathRewrite {
    Rewrite.uri(checkGiven('path', path), options);
    return new PathRewrite('wholePath', path, uri => uri.type === 'prefix'
      ? Rewrite.uriRegex('^.+$', path.replace(/\\/g, '\\\\'), options)
      : Rewrite.uri(path, options));
  }

  /**
   * Replaces every part of the path that matches a pattern.
   *
   * @param match a regular expression in RE2 syntax
   * @param replacement the text that takes its place, in which `\1` to `\9` stand for the pattern's groups
   * @throws when the pattern is not RE2, the replacement names a group that it does not have, or `authority` has spaces or control characters
   */
  public static regex(match: string, replacement: string, options: RewriteOptions = {}): PathRewrite {
    const rewrite = Rewrite.uriRegex(match, replacement, options);
    return new PathRewrite('fixed', '', () => rewrite);
  }

  /**
   * Replaces only the authority (`Host`) that the destination sees.
   *
   * @throws when the authority is empty, or has spaces or control characters
   */
  public static authority(authority: string): PathRewrite {
    const rewrite = Rewrite.authority(checkUriText('authority', checkGiven('authority', authority)));
    return new PathRewrite('fixed', '', () => rewrite);
  }

  private readonly kind: Kind;
  private readonly path: string;
  private readonly rewriteOf: (uri: UriMatch) => Rewrite;

  private constructor(kind: Kind, path: string, rewriteOf: (uri: UriMatch) => Rewrite) {
    this.kind = kind;
    this.path = path;
    this.rewriteOf = rewriteOf;
    rewriteOf({ type: 'exact', text: '/' });
  }

  /**
   * The rewrite for requests that one condition on the path found.
   *
   * @internal
   */
  public _toRewriteOf(uri: UriMatch): Rewrite {
    return this.rewriteOf(uri);
  }

  /**
   * Why paths cannot be rewritten so, if they cannot.
   *
   * @internal
   */
  public _problemWith(uris: readonly UriMatch[]): string | undefined {
    if (this.kind === 'fixed' || this.kind === 'wholePath') {
      return undefined;
    }
    if (uris.some(uri => uri.type === 'regex')) {
      return `must not be PathRewrite.${this.kind}() beside a pattern, which finds no fixed part of the path, use PathRewrite.regex() or PathRewrite.wholePath()`;
    }
    if (uris[0].text === '/' && this.path === '/') {
      return `must not be PathRewrite.${this.kind}(${this.kind === 'strip' ? '' : "'/'"}) for the path '/', which stays as it is, leave it out`;
    }
    if (this.kind === 'replace' && this.path === '/' && uris.some(uri => uri.type === 'prefix' && !uri.text.endsWith('/'))) {
      return "must not be PathRewrite.replace('/') for a text that does not end with '/', it would leave two slashes, use PathRewrite.strip()";
    }
    return undefined;
  }
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
