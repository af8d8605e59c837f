import type { MeshModel } from '../../../mesh/model';
import { expandHost } from '../../../mesh/names';
import type { ServiceEntrySpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { httpDestinations } from '../shared/http-destinations';
import { carriesRequests } from '../shared/plain-senders';
import { tlsEntryOf } from '../shared/registry';
import { tlsOfRules } from '../shared/tls-origination';

export const PLAIN_TEXT_TO_TLS_PORT: Rule = {
  code: 'CI0005',
  severity: Severity.WARNING,
  title: 'What is sent as plain http to a TLS port of a host outside of the mesh gets its TLS from a DestinationRule.',
  check: plainTextToTlsPorts,
};

function* plainTextToTlsPorts({ mesh }: RuleContext): Iterable<Problem> {
  if (mesh.resources.serviceEntries.length > 0) {
    yield* routesToTlsPorts(mesh);
  }
  yield* httpPortsOfTls(mesh);
}

/** Http routes to a port on which clients speak TLS themselves. */
function* routesToTlsPorts(mesh: MeshModel): Iterable<Problem> {
  for (const virtualService of mesh.virtualServices.all) {
    const { http = [] } = virtualService.resource.spec;
    for (const [index, rule] of http.entries()) {
      for (const placed of httpDestinations(rule)) {
        const { host: written = '', port: { number: port } = {} } = placed.destination;
        const host = port === undefined ? '' : expandHost(written, virtualService.namespace, mesh.config.clusterDomain);
        if (port === undefined || tlsEntryOf(mesh, host, port) === undefined || !carriesRequests(mesh, virtualService)) {
          continue;
        }
        const tls = tlsOfRules(mesh, host);
        if (tls !== 'some') {
          yield {
            resource: virtualService.resource,
            path: `spec.http[${index}].${placed.path}.port.number`,
            message: `sends plain http to port ${port} of '${host}', which speaks TLS, and no DestinationRule adds TLS`,
            fix: `add a DestinationRule for '${host}' with tls of mode SIMPLE`,
            missing: tls === 'no-rules',
          };
        }
      }
    }
  }
}

/** Ports that are declared as http although the host itself listens on 443. */
function* httpPortsOfTls(mesh: MeshModel): Iterable<Problem> {
  for (const resource of mesh.resources.serviceEntries) {
    const { spec } = resource;
    for (const [index, port] of (spec.ports ?? []).entries()) {
      const protocol = (port.protocol ?? '').toUpperCase();
      if ((port.targetPort || port.number) !== 443 || !HTTP_PROTOCOLS.has(protocol) || !isOutside(spec)) {
        continue;
      }
      const tls = [...new Set((spec.hosts ?? []).map(host => tlsOfRules(mesh, host)))];
      if (!tls.includes('some') && tls.length > 0) {
        yield {
          resource,
          path: `spec.ports[${index}].protocol`,
          message: `makes sidecars send plain http to port 443 of '${spec.hosts![0]}', and no DestinationRule adds TLS, got ${port.protocol}`,
          fix: 'add a DestinationRule with tls of mode SIMPLE, or declare the port as TLS if clients speak TLS themselves',
          missing: tls.includes('no-rules'),
        };
      }
    }
  }
}

const HTTP_PROTOCOLS: ReadonlySet<string> = new Set(['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB']);

/** A host that is found by its name, out of the mesh, on ports of its own. */
function isOutside({ location, resolution, endpoints = [] }: ServiceEntrySpec): boolean {
  return location !== 'MESH_INTERNAL' && (resolution ?? 'NONE').startsWith('DNS') && endpoints.length === 0;
}
