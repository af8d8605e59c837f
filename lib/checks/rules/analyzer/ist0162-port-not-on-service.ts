import { NO_LABELS } from '../../../mesh/manifest';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';

export const PORT_NOT_ON_SERVICE: Rule = {
  code: 'IST0162',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'A Service leads to each port of a Gateway: one that selects the gateway pods has it as port or target port.',
  check: portsNotOnService,
};

function* portsNotOnService({ mesh }: RuleContext): Iterable<Problem> {
  const { gateways, pods } = analyzed(mesh);
  for (const resource of gateways) {
    const selected = pods.ofGateway(resource.spec.selector ?? NO_LABELS);
    if (selected.pods.length === 0) {
      continue;
    }
    for (const [index, { port }] of (resource.spec.servers ?? []).entries()) {
      const number = port?.number ?? 0;
      if (port !== undefined && !selected.ports.has(number)) {
        yield {
          resource,
          path: `spec.servers[${index}].port.number`,
          message: selected.ports.size === 0
            ? `is ${number}, but no Service selects the gateway pods`
            : `is ${number}, but the Services of the gateway pods have only ${[...selected.ports].sort((a, b) => a - b).join(', ')}`,
          fix: 'add the port to the Service of the gateway pods',
          missing: !selected.hasService,
        };
      }
    }
  }
}
