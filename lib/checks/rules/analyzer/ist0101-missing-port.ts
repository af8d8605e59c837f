import type { MeshModel } from '../../../mesh/model';
import { expandHost } from '../../../mesh/names';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';

export const MISSING_PORT: Rule = {
  code: 'IST0101',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'The host of a destination has the port of the destination.',
  falseAlarms: 'An ExternalName Service stands for another host, whose ports count instead of its own.',
  check: missingPorts,
};

function* missingPorts({ mesh }: RuleContext): Iterable<Problem> {
  for (const placed of analyzed(mesh).destinations) {
    const { resource, destination: { host = '', port }, known, isMirror } = placed;
    const number = port?.number ?? 0;
    if (port !== undefined && known !== undefined && !known.some(({ ports }) => ports.includes(number))) {
      const ports = [...new Set(known.flatMap(each => each.ports))];
      yield {
        resource,
        path: `${placed.path}.port.number`,
        message: `must be a port of the host '${host}': ${ports.length === 0 ? 'it has none' : ports.join(', ')}; got ${number}`,
        fix: 'name one of its ports, or add the port to it',
        severity: isMirror ? Severity.WARNING : undefined,
        falseAlarm: isPortOfTarget(mesh, expandHost(host, resource.namespace, mesh.config.clusterDomain), number),
      };
    }
  }
}

function isPortOfTarget(mesh: MeshModel, host: string, port: number): boolean {
  return mesh.services.ofHost(host).some(({ externalName }) => externalName !== undefined
    && mesh.services.ofHost(externalName).some(({ ports }) => ports.some(({ number }) => number === port)));
}
