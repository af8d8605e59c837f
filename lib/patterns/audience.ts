import type { HttpMatch } from '../http-route';
import { checkNamespace } from '../private/object-name';
import { checkAudience } from './private/audiences';
import { checkCookieName, checkCookieText, cookiePattern } from './private/cookies';
import { matchCovers, uniteMatches } from './private/match-sets';
import { checkSelectorLabels } from '../private/names';
import { renderHttpMatch, usesClaims } from '../private/render-http-match';
import { checkFilledList, checkGiven, checkMadeBy, checkString } from '../private/validation';
import type { StringMatch } from '../string-match';
import { HeaderMatch } from '../string-match';

/**
 * The requests that something is for: those with a header, a cookie or a query parameter, or those of some clients in the mesh.
 *
 * @example
 * new CanaryRelease(chart, 'Reviews', {
 *   service: ServiceHost.fromName('reviews', { port: 9080 }),
 *   stable: { version: 'v1' },
 *   canary: { version: 'v2' },
 *   canaryPercent: 10,
 *   canaryFor: [Audience.header('x-tester', HeaderMatch.present()), Audience.cookie('preview', 'yes')],
 * });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest
 */
export class Audience {
  /**
   * Requests with a header. A claim of a JSON web token, `@request.auth.claims.<claim>`, is known at gateways only.
   *
   * @param name the name of the header, in capitals or small letters
   * @throws when the name is not one that Istio takes
   */
  public static header(name: string, match: HeaderMatch): Audience {
    checkString('name', checkGiven('name', name));
    checkMadeBy('match', match, '_toHeader', 'HeaderMatch, such as HeaderMatch.exact()');
    return new Audience({ headers: { [name.startsWith('@') ? name : name.toLowerCase()]: match } });
  }

  /**
   * Requests with a cookie of exactly this value, whatever other cookies there are.
   *
   * @param name letters, digits and any of `!#$&'*+-.^_|~` and the backquote
   * @param text the value of the cookie as it is sent: ASCII without `;`
   * @throws when the name or the value is not one that a cookie can have
   */
  public static cookie(name: string, text: string): Audience {
    checkCookieName('name', checkGiven('name', name));
    checkCookieText('text', checkGiven('text', text));
    return new Audience({ headers: { cookie: HeaderMatch.regex(cookiePattern(name, text)) } });
  }

  /**
   * Requests whose first query parameter of this name has a value that fits, as it is written in the request.
   *
   * @throws when the name is empty or the condition is not a `StringMatch`
   */
  public static queryParameter(name: string, match: StringMatch): Audience {
    checkString('name', checkGiven('name', name));
    return new Audience({ queryParams: { [name]: checkMadeBy('match', match, '_toStringMatch', 'StringMatch, such as StringMatch.exact()') } });
  }

  /**
   * Requests with a query parameter of this name, with any value.
   *
   * @throws when the name is empty
   */
  public static queryParameterPresent(name: string): Audience {
    checkString('name', checkGiven('name', name));
    return new Audience({ queryParamsPresent: [name] });
  }

  /**
   * Requests of those clients in the mesh whose pods have these labels. Gateways do not know them: routes at a gateway go without this audience.
   *
   * @throws when there are no labels, or one is not a label
   */
  public static sourceLabels(labels: { readonly [key: string]: string }): Audience {
    return new Audience({ sourceLabels: checkSelectorLabels('labels', checkGiven('labels', labels)) });
  }

  /**
   * Requests of the clients in the mesh whose pods are in this namespace. Routes at a gateway go without this audience.
   *
   * @throws when the name is not one that a namespace can have
   */
  public static sourceNamespace(namespaceName: string): Audience {
    return new Audience({ sourceNamespace: checkNamespace('namespaceName', checkGiven('namespaceName', namespaceName)) });
  }

  /**
   * Requests that are for each of several audiences.
   *
   * @throws when two of them ask for one header, parameter, label or namespace in ways that one match cannot say
   */
  public static all(audiences: Audience[]): Audience {
    const matches = checkFilledList('audiences', checkGiven('audiences', audiences), (item, audience) => checkAudience(item, audience).match)!;
    return new Audience(matches.reduce(uniteMatches));
  }

  private readonly match: HttpMatch;

  private constructor(match: HttpMatch) {
    renderHttpMatch('audience', match);
    this.match = match;
  }

  /**
   * Whether every request that is for the other audience is certainly for this one too: where they are equal, where a prefix covers a text
   * or a longer prefix, and where this one only asks that something is there. Regular expressions are compared as texts.
   *
   * @throws when the other value is not an `Audience`
   */
  public covers(other: Audience): boolean {
    return matchCovers(this.match, checkAudience('other', other).match);
  }

  /** @internal */
  public _toMatch(): HttpMatch {
    return this.match;
  }

  /**
   * Whether sidecars can tell who belongs to the audience.
   *
   * @internal
   */
  public _isKnownInMesh(): boolean {
    return !usesClaims(renderHttpMatch('audience', this.match));
  }

  /**
   * Whether gateways can tell who belongs to the audience.
   *
   * @internal
   */
  public _isKnownAtGateways(): boolean {
    return this.match.sourceLabels === undefined && this.match.sourceNamespace === undefined;
  }
}
