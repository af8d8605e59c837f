import { IConstruct } from 'constructs';
import type { IDelegateRoutes } from '../delegate-routes';
import type { IDestination } from '../destination';
import type { HttpRespondOptions } from '../direct-response';
import type { HttpForwardOptions, Mirror, WeightedDestination } from '../http-action';
import { HttpRedirectOptions, RedirectScheme } from '../http-redirect';
import type { RetryPolicy } from '../retry-policy';
import type { Rewrite } from '../rewrite';
import { delegateRoutesConfigOf } from './answers';
import { whyBroken } from './broken-handles';
import { describe } from './describe';
import { checkUriText } from './header-values';
import { checkNamespace, checkObjectName } from './object-name';
import { checkFaultPercent } from './percentages';
import { renderCorsPolicy } from './render-cors-policy';
import { brokenDestinations, checkDestination, renderDestination } from './render-destination';
import { renderFault } from './render-fault';
import { renderFields } from './render-fields';
import { authorityHeaders, renderHeaderOperations, renderResponseHeaderOperations } from './render-header-operations';
import { checkWeighted, checkWeights } from './render-weights';
import { checkEnum, checkFilledList, checkGiven, checkInteger, checkMadeBy, checkStruct, renderDuration } from './validation';
import type { Wire } from './wire';
import type {
  VirtualServiceSpecHttp, VirtualServiceSpecHttpHeaders, VirtualServiceSpecHttpRewrite, VirtualServiceSpecHttpRoute,
} from '../../imports/networking.istio.io';

type HttpRoute = Wire<VirtualServiceSpecHttp>;

interface Routed {
  readonly destination: IDestination;
  readonly weight?: number;
  readonly headers?: Wire<VirtualServiceSpecHttpHeaders>;
}

/** What an action is made of: what is rendered already, and the handles that are rendered when the app is complete. */
export interface HttpActionParts {
  readonly route: HttpRoute;
  readonly destinations?: readonly Routed[];
  readonly mirrors?: readonly Mirror[];
  readonly delegate?: IDelegateRoutes;
}

const FORWARD = {
  timeout: renderDuration,
  retries: (property: string, retries: RetryPolicy): HttpRoute['retries'] => (
    checkMadeBy(property, retries, '_toRetries', 'RetryPolicy, such as RetryPolicy.attempts()')._toRetries()
  ),
  rewrite: (property: string, rewrite: Rewrite): HttpRoute['rewrite'] => checkMadeBy(property, rewrite, '_toRewrite', 'Rewrite, such as Rewrite.uri()')._toRewrite(),
  mirrors: (property: string, mirrors: Mirror[]) => checkFilledList(property, mirrors, checkMirror),
  fault: renderFault,
  corsPolicy: renderCorsPolicy,
  headers: renderHeaderOperations,
};

export function renderForward(options: HttpForwardOptions): HttpActionParts {
  const { mirrors, ...route } = renderFields('options', options, FORWARD, '');
  checkAuthority(route.rewrite, route.headers);
  return { route, mirrors };
}

function checkAuthority(rewrite: Wire<VirtualServiceSpecHttpRewrite> | undefined, headers: Wire<VirtualServiceSpecHttpHeaders> | undefined): void {
  const [header] = authorityHeaders(headers?.request);
  if (rewrite?.authority !== undefined && header !== undefined) {
    throw new Error(`headers.request must not set ${describe(header)}, because rewrite sets the authority to ${describe(rewrite.authority)}`);
  }
}

function checkMirror(property: string, mirror: Mirror): Mirror {
  checkStruct(property, mirror, ['destination', 'percent']);
  return {
    destination: checkDestination(`${property}.destination`, mirror.destination),
    percent: checkFaultPercent(`${property}.percent`, mirror.percent),
  };
}

/** Adds options to those that an action has. */
export function mergeForward(parts: HttpActionParts, more: HttpActionParts): HttpActionParts {
  if (parts.destinations === undefined && parts.delegate === undefined) {
    throw new Error('only an action that forwards takes options, not a redirect or a response');
  }
  const added = Object.entries(more.route).filter(([, option]) => option !== undefined);
  const taken = added.map(([name]) => name).filter(name => parts.route[name as keyof HttpRoute] !== undefined);
  if (parts.mirrors !== undefined && more.mirrors !== undefined) {
    taken.push('mirrors');
  }
  if (taken.length > 0) {
    throw new Error(`the action has ${taken.join(' and ')} already, say it in one place`);
  }
  const route = { ...parts.route, ...Object.fromEntries(added) };
  checkAuthority(route.rewrite, route.headers);
  return { ...parts, route, mirrors: more.mirrors ?? parts.mirrors };
}

/** Adds the destinations to what is said of all of them. */
export function takeWeighted(parts: HttpActionParts, destinations: WeightedDestination[]): HttpActionParts {
  const authority = parts.route.rewrite?.authority !== undefined || authorityHeaders(parts.route.headers?.request).length > 0;
  return {
    destinations: checkWeights('destinations', destinations, (item, weighted) => {
      const { destination, weight } = checkWeighted(item, weighted, ['destination', 'weight', 'headers']);
      const headers = renderHeaderOperations(`${item}.headers`, weighted.headers);
      if (authority && authorityHeaders(headers?.request).length > 0) {
        throw new Error(`${item}.headers.request must not set the authority, because the route does so already and wins`);
      }
      return { destination, weight, headers };
    }),
    ...parts,
  };
}

/** The redirects that a browser follows and Envoy makes. */
const REDIRECT_CODES = [301, 302, 303, 307, 308];

export function renderRedirect(options: HttpRedirectOptions): HttpActionParts {
  checkStruct('options', checkGiven('options', options), ['path', 'authority', 'port', 'scheme', 'code', 'headers']);
  if ([options.path, options.authority, options.port, options.scheme].every(option => option === undefined)) {
    throw new Error('options must have path, authority, port or scheme, the redirect would lead nowhere else');
  }
  if (options.code !== undefined && !REDIRECT_CODES.includes(options.code)) {
    throw new Error(`code must be one of ${REDIRECT_CODES.join(', ')}, got ${describe(options.code)}`);
  }
  const authority = checkUriText('authority', options.authority);
  if (options.port !== undefined && authority !== undefined && /:\d+$/.test(authority)) {
    throw new Error(`authority must not have a port beside port, got ${describe(authority)}`);
  }
  const path = options.path === undefined ? undefined : checkMadeBy('path', options.path, '_toPath', 'RedirectPath, such as RedirectPath.uri()')._toPath();
  const port = options.port === undefined ? undefined : checkMadeBy('port', options.port, '_toPort', 'RedirectPort, such as RedirectPort.number()')._toPort();
  return {
    route: {
      redirect: {
        ...path,
        ...port,
        authority,
        scheme: checkEnum('scheme', options.scheme, RedirectScheme),
        redirectCode: options.code,
      },
      headers: renderResponseHeaderOperations('headers', options.headers),
    },
  };
}

export function renderResponse(status: number, options: HttpRespondOptions): HttpActionParts {
  checkStruct('options', options, ['body', 'headers']);
  return {
    route: {
      directResponse: {
        status: checkInteger('status', checkGiven('status', status), { min: 200, max: 599 }),
        body: options.body === undefined ? undefined : checkMadeBy('body', options.body, '_toBody', 'ResponseBody, such as ResponseBody.text()')._toBody(),
      },
      headers: renderResponseHeaderOperations('headers', options.headers),
    },
  };
}

export function checkDelegate(property: string, delegate: IDelegateRoutes): IDelegateRoutes {
  const config = delegateRoutesConfigOf(property, delegate);
  checkObjectName(`${property}: name`, checkGiven(`${property}: name`, config.name));
  checkNamespace(`${property}: namespace`, config.namespace);
  return delegate;
}

/** What is wrong with the handles of an action. */
export function brokenHandlesOf(place: string, { destinations = [], mirrors = [], delegate }: HttpActionParts): string[] {
  return [
    ...brokenDestinations(place, destinations),
    ...mirrors.flatMap(({ destination }, index) => whyBroken(`${place}: mirrors[${index}].destination`, () => destination.toDestinationConfig())),
    ...delegate === undefined ? [] : whyBroken(`${place}: routes`, () => delegate.toDelegateRoutesConfig()),
  ];
}

export function renderHttpAction(scope: IConstruct, parts: HttpActionParts): HttpRoute {
  const rendered: { -readonly [K in keyof HttpRoute]: HttpRoute[K] } = { ...parts.route };
  if (parts.destinations !== undefined) {
    rendered.route = parts.destinations.map(routed => renderRouted(scope, routed));
  }
  if (parts.mirrors !== undefined) {
    Object.assign(rendered, renderMirrors(scope, parts.mirrors));
  }
  if (parts.delegate !== undefined) {
    const { name, namespace } = parts.delegate.toDelegateRoutesConfig();
    rendered.delegate = { name, namespace };
  }
  return rendered;
}

function renderRouted(scope: IConstruct, routed: Routed): Wire<VirtualServiceSpecHttpRoute> {
  return { destination: renderDestination(scope, routed.destination), weight: routed.weight, headers: routed.headers };
}

function renderMirrors(scope: IConstruct, mirrors: readonly Mirror[]): HttpRoute {
  const rendered = mirrors.map(({ destination, percent }) => ({
    destination: renderDestination(scope, destination),
    percentage: percent === undefined ? undefined : { value: percent },
  }));
  return rendered.length === 1
    ? { mirror: rendered[0].destination, mirrorPercentage: rendered[0].percentage }
    : { mirrors: rendered };
}
