import { MESH_GATEWAY } from '../../../mesh/names';
import type { VirtualService } from '../../../mesh/virtual-service';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { Section, ServerView, serversOf } from '../shared/gateway-hosts';

export const UNUSED_SECTION: Rule = {
  code: 'CI0006',
  severity: Severity.WARNING,
  title: 'Routes are of the kind that the server takes: http where requests are seen, tls where TLS is passed through, tcp elsewhere.',
  check: unusedSections,
};

const SECTIONS = ['http', 'tls', 'tcp'] as const;

function* unusedSections(context: RuleContext): Iterable<Problem> {
  for (const virtualService of context.mesh.virtualServices.all) {
    const servers = serversFor(context, virtualService);
    const sections = new Set<Section>(servers.map(({ section }) => section));
    if (sections.size === 0) {
      continue;
    }
    for (const section of SECTIONS) {
      const routes = virtualService.resource.spec[section] ?? [];
      if (routes.length > 0 && !sections.has(section)) {
        const [{ spec, section: wanted }] = servers;
        yield {
          resource: virtualService.resource,
          path: `spec.${section}`,
          message: `is never used: the server for port ${spec.port?.number} (${spec.port?.protocol}${modeOf(spec)}) ${wanted === 'none' ? 'needs no routes' : `takes ${wanted} routes only`}`,
          fix: wanted === 'none' ? 'leave the routes out' : `write ${wanted} routes, or change the protocol or the tls mode of the server`,
        };
      }
    }
  }
}

function modeOf({ tls }: ServerView['spec']): string {
  return tls === undefined ? '' : `, tls mode ${tls.mode ?? 'PASSTHROUGH'}`;
}

/** All servers that may ask for its routes; none where one of its gateways is not known. */
function serversFor({ mesh, hasNamespace }: RuleContext, { gateways, hosts, namespace, resource }: VirtualService): readonly ServerView[] {
  const found: ServerView[] = [];
  for (const gateway of gateways) {
    const servers = gateway === MESH_GATEWAY ? undefined : serversOf(mesh, gateway);
    if (servers === undefined) {
      return [];
    }
    const known = hasNamespace(resource) ? namespace : undefined;
    found.push(...servers.filter(server => hosts.some(host => server.serves(host, known))));
  }
  return found;
}
