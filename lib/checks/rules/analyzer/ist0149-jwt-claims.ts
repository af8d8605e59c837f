import { groupBy } from '../../../mesh/collections';
import { isEmpty, SelectorIndex } from '../../../mesh/labels';
import { NO_LABELS } from '../../../mesh/manifest';
import type { Resource } from '../../../mesh/resource';
import type { RequestAuthenticationSpec } from '../../../mesh/resources';
import type { HttpMatch, VirtualServiceSpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { gatewayReferences } from './gateway-references';
import type { Pod } from './pods';

export const JWT_CLAIMS: Rule = {
  code: 'IST0149',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'Where a route asks for a claim of a token, a RequestAuthentication reads the tokens at the gateway.',
  falseAlarms: 'The analyzer looks for policies of the whole mesh in istio-system, whatever the root namespace is.',
  isAboutMissing: true,
  check: jwtClaims,
};

/** The namespace of policies for the whole mesh, to the analyzer. */
const ANALYZER_ROOT = 'istio-system';

const CLAIM = /^@request\.auth\.claims(\..+|\[.+\])$/is;

type Policies = SelectorIndex<Resource<RequestAuthenticationSpec>>;

function* jwtClaims(context: RuleContext): Iterable<Problem> {
  const { mesh } = context;
  const claims = new Map(analyzed(mesh).virtualServices.map(resource => [resource, firstClaim(resource.spec)]));
  let policies: ReadonlyMap<string, Policies> | undefined;
  for (const { resource, gateway } of gatewayReferences(context)) {
    const claim = claims.get(resource);
    if (claim === undefined || gateway === undefined) {
      continue;
    }
    policies ??= policiesByNamespace(mesh.resources.requestAuthentications);
    const { pods } = analyzed(mesh).pods.ofGateway(gateway.spec.selector ?? NO_LABELS);
    const unread = pods.find(pod => !isRead(policies!, pod, ANALYZER_ROOT));
    if (unread !== undefined) {
      yield {
        resource,
        path: claim.path,
        message: `asks for the claim '${claim.name}', but no RequestAuthentication is for the pods of the Gateway '${gateway.key}', such as '${unread.name}': no request has claims there`,
        fix: `add a RequestAuthentication in the namespace '${unread.namespace}' that selects them`,
        falseAlarm: pods.every(pod => isRead(policies!, pod, mesh.config.rootNamespace)),
      };
    }
  }
}

function policiesByNamespace(all: readonly Resource<RequestAuthenticationSpec>[]): ReadonlyMap<string, Policies> {
  return new Map([...groupBy(all, policy => policy.namespace)].map(([namespace, list]) =>
    [namespace, new SelectorIndex(list, ({ spec }) => spec.selector?.matchLabels ?? NO_LABELS)]));
}

function isRead(policies: ReadonlyMap<string, Policies>, { namespace, labels }: Pod, root: string): boolean {
  return [root, namespace].some(each => (policies.get(each)?.selecting(labels) ?? []).length > 0);
}

function firstClaim({ http = [] }: VirtualServiceSpec): { readonly name: string; readonly path: string } | undefined {
  for (const [index, { match = [] }] of http.entries()) {
    for (const [position, condition] of match.entries()) {
      for (const list of ['headers', 'withoutHeaders'] as const) {
        const name = claimIn(condition[list]);
        if (name !== undefined) {
          return { name, path: `spec.http[${index}].match[${position}].${list}['${name}']` };
        }
      }
    }
  }
  return undefined;
}

function claimIn(headers: HttpMatch['headers']): string | undefined {
  return headers === undefined || isEmpty(headers) ? undefined : Object.keys(headers).find(name => CLAIM.test(name));
}
