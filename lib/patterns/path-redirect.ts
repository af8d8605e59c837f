import type { ResponseHeaderOperations } from '../header-operations';
import { HttpAction } from '../http-action';
import { HttpRedirectOptions, RedirectPath, RedirectPort, RedirectScheme } from '../http-redirect';
import type { HttpTargetConfig, IHttpTarget } from '../http-target';
import { checkStruct } from '../private/validation';
import { checkReplacementPath, replacementOf, UriMatch } from './private/uri-match';

/** What else a redirect changes. */
export interface PathRedirectOptions {
  /**
   * The host, with a port only where `port` is left out.
   *
   * @default - the request's, with its port.
   */
  readonly authority?: string;

  /**
   * The port.
   *
   * @default - that of the request's `Host` header, or of `authority`.
   */
  readonly port?: RedirectPort;

  /**
   * The scheme.
   *
   * @default - the request's.
   */
  readonly scheme?: RedirectScheme;

  /**
   * The status of the answer: 301, 302, 303, 307 or 308.
   *
   * @default 301
   */
  readonly code?: number;

  /**
   * What happens to the headers of the answer.
   *
   * @default - nothing.
   */
  readonly headers?: ResponseHeaderOperations;
}

/**
 * A target that moves a path and everything below it to another path, with the slashes right.
 *
 * @example
 * const shop = new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'] });
 * shop.addPath('/old', PathRedirect.to('/new'));
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect
 */
export class PathRedirect implements IHttpTarget {
  /**
   * With the target of `/old` being `/new`, clients of `/old/x` are sent to `/new/x` and those of `/old` to `/new`.
   *
   * @param path a path that begins and does not end with `/`
   * @throws when it is not such a path, or an option is not one that Istio and Envoy take
   */
  public static to(path: string, options: PathRedirectOptions = {}): PathRedirect {
    checkStruct('options', options, ['authority', 'port', 'scheme', 'code', 'headers']);
    return new PathRedirect(checkReplacementPath('path', path), options);
  }

  private readonly path: string;
  private readonly options: PathRedirectOptions;

  private constructor(path: string, options: PathRedirectOptions) {
    this.path = path;
    this.options = { ...options };
    this._toActionOf({ type: 'exact', text: '/' });
  }

  /** The redirect of everything, as the target of no path. */
  public toHttpTargetConfig(): HttpTargetConfig {
    return { routes: [{ action: this._toActionOf({ type: 'prefix', text: '/' }) }] };
  }

  /**
   * The redirect for requests that one condition on the path found.
   *
   * @internal
   */
  public _toActionOf(uri: UriMatch): HttpAction {
    const text = replacementOf(uri, this.path);
    const options: HttpRedirectOptions = { ...this.options, path: uri.type === 'prefix' ? RedirectPath.prefixRewrite(text) : RedirectPath.uri(text) };
    return HttpAction.redirect(options);
  }

  /**
   * Why paths cannot be redirected so, if they cannot.
   *
   * @internal
   */
  public _problemWith(uris: readonly UriMatch[]): string | undefined {
    if (uris.some(uri => uri.type === 'regex')) {
      return 'must not be PathRedirect.to() beside a pattern, which finds no fixed part of the path, use HttpAction.redirect()';
    }
    if (this.path === '/' && uris.some(uri => uri.type === 'prefix' && !uri.text.endsWith('/'))) {
      return "must not be PathRedirect.to('/') for a text that does not end with '/', it would leave two slashes, use PathType.PATH";
    }
    return undefined;
  }
}
