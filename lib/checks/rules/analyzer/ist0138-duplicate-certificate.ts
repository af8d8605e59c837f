import { getOrMake } from '../../../mesh/collections';
import { isSelected } from '../../../mesh/labels';
import { NO_LABELS, TextMap } from '../../../mesh/manifest';
import type { Resource } from '../../../mesh/resource';
import type { GatewaySpec, Server } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { selectorText } from './analyzer-names';

export const DUPLICATE_CERTIFICATE: Rule = {
  code: 'IST0138',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'No two Gateways of the same pods share a certificate: a browser reuses the connection to one for the hosts of the other, and gets 404.',
  check: duplicateCertificates,
};

/** Gateways with one certificate and one selector. */
interface Sharers {
  readonly selector: TextMap;
  readonly gateways: Set<Resource<GatewaySpec>>;
}

function* duplicateCertificates({ mesh }: RuleContext): Iterable<Problem> {
  const { gateways } = analyzed(mesh);
  const isScoped = mesh.config.scopeGatewaysToNamespace;
  const sharersOf = (resource: Resource<GatewaySpec>, certificate: string) => (isScoped ? `${resource.namespace} ` : '') + certificate;
  const byCertificate = new Map<string, Map<string, Sharers>>();
  for (const resource of gateways) {
    const selector = resource.spec.selector ?? NO_LABELS;
    for (const { certificate } of certificatesOf(resource)) {
      const bySelector = getOrMake(byCertificate, sharersOf(resource, certificate), () => new Map<string, Sharers>());
      getOrMake(bySelector, selectorText(selector), () => ({ selector, gateways: new Set<Resource<GatewaySpec>>() })).gateways.add(resource);
    }
  }
  for (const resource of gateways) {
    const selector = resource.spec.selector ?? NO_LABELS;
    for (const { certificate, path, name } of certificatesOf(resource)) {
      const sharers = [...byCertificate.get(sharersOf(resource, certificate))!.values()].filter(other => isSelected(selector, other.selector));
      const other = firstOther(sharers, resource);
      if (other !== undefined) {
        yield {
          resource,
          path,
          message: `is ${name}, which the Gateway '${other.key}' uses for the same pods: a client reuses its connection to one for the hosts of the other, and gets 404`,
          fix: 'serve the hosts of one certificate from one Gateway',
        };
        break;
      }
    }
  }
}

function firstOther(sharers: readonly Sharers[], resource: Resource<GatewaySpec>): Resource<GatewaySpec> | undefined {
  for (const { gateways } of sharers) {
    for (const gateway of gateways) {
      if (gateway !== resource) {
        return gateway;
      }
    }
  }
  return undefined;
}

function certificatesOf(resource: Resource<GatewaySpec>) {
  return (resource.spec.servers ?? []).flatMap(({ tls }, index) => {
    const found = certificateOf(tls);
    return found === undefined ? [] : [{ certificate: found.key, name: found.name, path: `spec.servers[${index}].tls.${found.property}` }];
  });
}

function certificateOf({ credentialName = '', serverCertificate = '', privateKey = '' }: NonNullable<Server['tls']> = {}) {
  if (credentialName !== '') {
    return { key: `secret ${credentialName}`, name: `the Secret '${credentialName}'`, property: 'credentialName' };
  }
  return serverCertificate === '' || privateKey === ''
    ? undefined
    : { key: JSON.stringify([serverCertificate, privateKey]), name: `the certificate '${serverCertificate}'`, property: 'serverCertificate' };
}
