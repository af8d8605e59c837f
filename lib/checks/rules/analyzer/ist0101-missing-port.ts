import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';

export const MISSING_PORT: Rule = {
  code: 'IST0101',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'The host of a destination has the port of the destination.',
  check: missingPorts,
};

function* missingPorts({ mesh }: RuleContext): Iterable<Problem> {
  for (const { resource, path, destination: { host = '', port }, known, isMirror } of analyzed(mesh).destinations) {
    const number = port?.number ?? 0;
    if (port !== undefined && known !== undefined && !known.some(({ ports }) => ports.includes(number))) {
      const ports = [...new Set(known.flatMap(each => each.ports))];
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
