import type { MeshModel } from '../../../mesh/model';
import { isTls } from '../../../mesh/protocols';
import type { MeshPort, MeshService } from '../../../mesh/services';
import type { DestinationRuleSpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { PlainSenders } from '../shared/plain-senders';
import { originatesTls } from '../shared/tls-origination';

export const TLS_INSIDE_TLS: Rule = {
  code: 'CI0003',
  severity: Severity.WARNING,
  title: 'Where clients speak TLS themselves (a port HTTPS or TLS of a ServiceEntry), no DestinationRule adds TLS once more.',
  check: tlsInsideTls,
};

function* tlsInsideTls({ mesh }: RuleContext): Iterable<Problem> {
  let senders: PlainSenders | undefined;
  for (const resource of mesh.resources.destinationRules) {
    const { spec } = resource;
    // a rule for some clients only may be for those that do not speak TLS themselves
    if (spec.workloadSelector !== undefined || !addsTls(spec)) {
      continue;
    }
    const told = new Set<string>();
    for (const { service, port } of tlsPorts(mesh, mesh.destinationRules.hostOf(resource))) {
      const path = tlsPath(spec, port.number);
      if (path === undefined || told.has(path)) {
        continue;
      }
      senders ??= new PlainSenders(mesh);
      if (!senders.sendTo(service.hostname, port.number)) {
        told.add(path);
        yield {
          resource,
          path,
          message: `puts TLS around TLS: on port ${port.number} (${port.protocol}) of '${service.hostname}' the clients speak TLS themselves`,
          fix: 'leave it out, or make the port one of protocol HTTP to which clients speak plain http',
        };
      }
    }
  }
}

function addsTls({ trafficPolicy }: DestinationRuleSpec): boolean {
  return originatesTls(trafficPolicy) || (trafficPolicy?.portLevelSettings ?? []).some(originatesTls);
}

/** Where the TLS of a port is written, if it has any. Settings of a port replace those of the host. */
function tlsPath({ trafficPolicy }: DestinationRuleSpec, port: number): string | undefined {
  const index = (trafficPolicy?.portLevelSettings ?? []).findIndex(settings => settings.port?.number === port);
  if (!originatesTls(index < 0 ? trafficPolicy : trafficPolicy!.portLevelSettings![index])) {
    return undefined;
  }
  return index < 0 ? 'spec.trafficPolicy.tls' : `spec.trafficPolicy.portLevelSettings[${index}].tls`;
}

function tlsPorts(mesh: MeshModel, host: string): readonly { readonly service: MeshService; readonly port: MeshPort }[] {
  const services = host.startsWith('*') ? mesh.services.under(host) : mesh.services.ofHost(host);
  return services.filter(service => !service.isKubernetes).flatMap(service =>
    service.ports.filter(({ protocol }) => isTls(protocol)).map(port => ({ service, port })));
}
