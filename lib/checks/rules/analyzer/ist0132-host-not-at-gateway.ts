import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { hostsOverlap } from './analyzer-names';
import { gatewayReferences } from './gateway-references';

export const HOST_NOT_AT_GATEWAY: Rule = {
  code: 'IST0132',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'A gateway that a VirtualService names has a server for one of its hosts.',
  falseAlarms: 'The analyzer says it of gateways that it does not find, too: IST0101 is about those.',
  check: hostsNotAtGateway,
};

function* hostsNotAtGateway(context: RuleContext): Iterable<Problem> {
  for (const { resource, path, reference, isInternal, hosts } of gatewayReferences(context)) {
    const own = resource.spec.hosts ?? [];
    if (!isInternal && !(hosts ?? []).some(host => own.some(each => hostsOverlap(host, each)))) {
      yield {
        resource,
        path,
        message: `names the gateway '${reference}', which serves none of the hosts ${own.join(', ')}: `
          + `VirtualServices in '${resource.namespace}' can have ${(hosts ?? []).length === 0 ? 'none there' : hosts!.join(', ')}`,
        fix: 'add the host to a server of the Gateway, or bind the VirtualService to another one',
        falseAlarm: hosts === undefined,
      };
    }
  }
}
