import type { ResponseHeaderOperations } from './header-operations';
import { describe } from './private/describe';
import { checkUriText } from './private/header-values';
import { checkGiven, checkPort } from './private/validation';
import type { Wire } from './private/wire';
import type { VirtualServiceSpecHttpRedirect } from '../imports/networking.istio.io';

/** The scheme of a URI. */
export enum RedirectScheme {
  /** Plain text. */
  HTTP = 'http',

  /** Inside TLS. */
  HTTPS = 'https',
}

/**
 * Where a redirect leads to on its host.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect
 */
export class RedirectPath {
  /**
   * One path for all. The query of the request is kept, unless the path has one of its own.
   *
   * @param uri a path, with or without a query
   * @throws when the path is empty, or has spaces or control characters
   */
  public static uri(uri: string): RedirectPath {
    return new RedirectPath({ uri: checkUriText('uri', checkGiven('uri', uri)) });
  }

  /**
   * The path of the request, with another text in place of the prefix that the route's match found.
   *
   * @param prefix a path that begins with `/`
   * @throws when the text does not begin with `/`, or has spaces or control characters
   */
  public static prefixRewrite(prefix: string): RedirectPath {
    checkUriText('prefix', checkGiven('prefix', prefix));
    if (!prefix.startsWith('/')) {
      throw new Error(`prefix must begin with '/', got ${describe(prefix)}`);
    }
    return new RedirectPath({ prefixRewrite: prefix });
  }

  private readonly path: Wire<Pick<VirtualServiceSpecHttpRedirect, 'uri' | 'prefixRewrite'>>;

  private constructor(path: Wire<Pick<VirtualServiceSpecHttpRedirect, 'uri' | 'prefixRewrite'>>) {
    this.path = path;
  }

  /** @internal */
  public _toPath(): Wire<Pick<VirtualServiceSpecHttpRedirect, 'uri' | 'prefixRewrite'>> {
    return this.path;
  }
}

/**
 * Which port a redirect leads to.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect
 */
export class RedirectPort {
  /**
   * The given port, from 1 to 65535. It is left out of the location where it is the scheme's own.
   *
   * @throws when the port is not an integer from 1 to 65535
   */
  public static number(port: number): RedirectPort {
    return new RedirectPort({ port: checkPort('port', checkGiven('port', port)) });
  }

  /** The port that the request came in on. */
  public static fromRequestPort(): RedirectPort {
    return new RedirectPort({ derivePort: 'FROM_REQUEST_PORT' });
  }

  /** The port of the scheme: 80 or 443. A port in the request's `Host` header survives. */
  public static fromProtocolDefault(): RedirectPort {
    return new RedirectPort({ derivePort: 'FROM_PROTOCOL_DEFAULT' });
  }

  private readonly port: Wire<Pick<VirtualServiceSpecHttpRedirect, 'port' | 'derivePort'>>;

  private constructor(port: Wire<Pick<VirtualServiceSpecHttpRedirect, 'port' | 'derivePort'>>) {
    this.port = port;
  }

  /** @internal */
  public _toPort(): Wire<Pick<VirtualServiceSpecHttpRedirect, 'port' | 'derivePort'>> {
    return this.port;
  }
}

/**
 * Where a redirect leads to. At least one of path, authority, port and scheme is needed.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect
 */
export interface HttpRedirectOptions {
  /**
   * The path.
   *
   * @default - the request's.
   */
  readonly path?: RedirectPath;

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
   * The status of the answer: 301, 302, 303, 307 or 308. Istio also takes other 3xx codes, which Envoy refuses.
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
