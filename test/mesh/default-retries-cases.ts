const NETWORKING = 'networking.istio.io/v1';
const metadata = { namespace: 'default', creationTimestamp: '2026-01-01T00:00:00Z' };

function service(name: string): object {
  return { apiVersion: 'v1', kind: 'Service', metadata: { ...metadata, name }, spec: { clusterIP: '10.1.0.1', ports: [{ name: 'http', port: 80 }] } };
}

function routes(name: string, rule: object): object {
  const host = `${name}.default.svc.cluster.local`;
  return { apiVersion: NETWORKING, kind: 'VirtualService', metadata: { ...metadata, name }, spec: { hosts: [host], http: [{ route: [{ destination: { host } }], ...rule }] } };
}

/** A service without routes, one whose route says nothing of retries, and two whose routes do. */
export const RETRY_OBJECTS: readonly object[] = [
  ...['plain', 'silent', 'own', 'none'].map(service),
  routes('silent', { timeout: '8s' }),
  routes('own', { retries: { attempts: 1, perTryTimeout: '2s', retryOn: '5xx' } }),
  routes('none', { retries: { attempts: 0 } }),
];

/** How often a service that always answers 503 is asked, and the time in milliseconds that it is told to have. */
export interface RetryCase {
  readonly policy: object | undefined;
  readonly service: 'plain' | 'silent' | 'own' | 'none';
  readonly tries: number;
  readonly time?: number;
}

const POLICY = { attempts: 3, perTryTimeout: '5s', retryOn: '5xx' };

export const RETRY_CASES: readonly RetryCase[] = [
  // Istio's own policy does not look at the status
  { policy: undefined, service: 'plain', tries: 1 },
  { policy: undefined, service: 'silent', tries: 1, time: 8000 },
  { policy: POLICY, service: 'plain', tries: 4, time: 5000 },
  { policy: POLICY, service: 'silent', tries: 4, time: 5000 },
  { policy: POLICY, service: 'own', tries: 2, time: 2000 },
  { policy: POLICY, service: 'none', tries: 1 },
  { policy: { attempts: 0 }, service: 'plain', tries: 1 },
  { policy: { attempts: 2 }, service: 'plain', tries: 1 },
];

export function titleOfRetryCase({ policy, service: name, tries }: RetryCase): string {
  return `with ${JSON.stringify(policy) ?? 'nothing'} in the mesh configuration, ${name} is tried ${tries} times`;
}
