import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { destinationsOf } from './destinations';

export const MISSING_PORT: Rule = {
  code: 'IST0101',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'The host of a destination has the port of the destination.',
  check: missingPorts,
};

function* missingPorts({ mesh }: RuleContext): Iterable<Problem> {
  const { virtualServices, knownHosts } = analyzed(mesh);
  for (const resource of virtualServices) {
    const { spec, namespace } = resource;
    for (const { path, destination: { host = '', port }, isMirror } of destinationsOf(spec)) {
      const found = port === undefined ? undefined : knownHosts.find(host, namespace, spec.exportTo);
      const number = port?.number ?? 0;
      if (found !== undefined && !found.some(({ ports }) => ports.includes(number))) {
        const ports = [...new Set(found.flatMap(known => known.ports))];
        yield {
          resource,
          path: `${path}.port.number`,
          message: `must be a port of the host '${host}': ${ports.length === 0 ? 'it has none' : ports.join(', ')}; got ${number}`,
          fix: 'name one of its ports, or add the port to it',
          severity: isMirror ? Severity.WARNING : undefined,
        };
      }
    }
  }
}
