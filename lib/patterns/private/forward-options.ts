import type { HttpForwardOptions } from '../../http-action';
import type { ReleaseProps } from '../release';

const FORWARD: (keyof HttpForwardOptions)[] = ['timeout', 'retries', 'rewrite', 'mirrors', 'fault', 'corsPolicy', 'headers'];

/** The properties that all releases take. */
export const RELEASE_PROPS: (keyof ReleaseProps)[] = ['service', 'mesh', 'gateways', 'hosts', 'trafficPolicy', 'exportTo', 'metadata', ...FORWARD];

/** What the props of a release say of forwarding. */
export function forwardOptions(props: HttpForwardOptions): HttpForwardOptions {
  return Object.fromEntries(FORWARD.map(key => [key, props[key]]));
}

/** The options with one mirror more. */
export function withMirror(options: HttpForwardOptions, mirrors: HttpForwardOptions['mirrors']): HttpForwardOptions {
  return mirrors === undefined ? options : { ...options, mirrors: [...options.mirrors ?? [], ...mirrors] };
}

/** Refuses changes to answers that would take the bucket cookie away: what a route says comes after what its destinations say. */
export function refuseCookieLoss(path: string, { headers }: HttpForwardOptions): void {
  const { set = {}, remove = [] } = headers?.response ?? {};
  if ([...Object.keys(set), ...remove].some(name => /^set-cookie$/i.test(name))) {
    throw new Error(`${path}headers.response must not set or remove 'set-cookie', the cookie that deals users into buckets would be lost, use add`);
  }
}
