import { isEmpty } from '../../../mesh/labels';
import type { TextMap } from '../../../mesh/manifest';

/** The analyzer knows no other domain of a cluster. */
const CLUSTER_DOMAIN = 'svc.cluster.local';

const SUFFIX = `.${CLUSTER_DOMAIN}`;

/** The host as the analyzer looks it up: a name of one part is a Service of the namespace. */
export function analyzerHost(host: string, namespace: string): string {
  return host.startsWith('*') || host.includes('.') ? host : `${host}.${namespace}.${CLUSTER_DOMAIN}`;
}

/** What rules and routes for a host are matched by: a full name of a Service by its parts, any other host by the namespace that names it. */
export function ruleKey(host: string, namespace: string): string {
  const end = host.endsWith(SUFFIX) ? host.length - SUFFIX.length : 0;
  const dot = host.lastIndexOf('.', end - 2);
  return dot > 0 ? `${host.slice(dot + 1, end)}/${host.slice(0, dot)}` : `${namespace}/${host}`;
}

/** The namespace and name that a reference means. */
export function splitReference(reference: string, namespace: string): { readonly namespace: string; readonly name: string } {
  const slash = reference.indexOf('/');
  return slash < 0 ? { namespace, name: reference } : { namespace: reference.slice(0, slash), name: reference.slice(slash + 1) };
}

/** A selector as Kubernetes prints it. */
export function selectorText(selector: TextMap): string {
  return isEmpty(selector) ? '' : Object.keys(selector).sort().map(key => `${key}=${selector[key]}`).join(',');
}

/** Whether two hosts have a name in common: each may be a wildcard. */
export function hostsOverlap(a: string, b: string): boolean {
  if (a.startsWith('*') && b.startsWith('*')) {
    const [longer, shorter] = b.length > a.length ? [b, a] : [a, b];
    return longer.slice(1).endsWith(shorter.slice(1));
  }
  if (a.startsWith('*')) {
    return b.endsWith(a.slice(1));
  }
  return b.startsWith('*') ? a.endsWith(b.slice(1)) : a === b;
}
