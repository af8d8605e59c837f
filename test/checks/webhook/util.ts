import { checkWebhook, WebhookFinding } from '../../../lib/checks/webhook';

const ROUTE = [{ destination: { host: 'a' } }];

export function manifest(kind: string, spec: unknown, metadata: object = {}): { [field: string]: any } {
  return { apiVersion: 'networking.istio.io/v1', kind, metadata: { name: 'a', ...metadata }, spec };
}

/** Severity, rule and path of each finding. */
export function found(kind: string, spec: unknown, metadata: object = {}): string[] {
  return findings(kind, spec, metadata).map(({ severity, rule, path }) => `${severity} ${rule} ${path}`);
}

export function findings(kind: string, spec: unknown, metadata: object = {}): WebhookFinding[] {
  return checkWebhook(manifest(kind, spec, metadata));
}

/** What is found about one http route to a destination. */
export function foundInRoute(route: object): string[] {
  return found('VirtualService', { hosts: ['a'], http: [{ route: ROUTE, ...route }] });
}

/** What is found about one http route without a destination. */
export function foundInAction(route: object): string[] {
  return found('VirtualService', { hosts: ['a'], http: [route] });
}
