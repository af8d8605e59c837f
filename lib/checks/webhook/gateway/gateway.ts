import type { GatewaySpec } from '../../../mesh/specs';
import { describe } from '../../../private/describe';
import type { Report } from '../finding';
import { got } from '../got';
import type { Metadata } from '../metadata';
import { checkServer } from './server';
import { isDnsLabel, LABEL_FORM } from '../primitives/dns';
import { isHttp, protocolOf } from '../primitives/protocols';

const FROM_GATEWAY_API = 'internal.istio.io/gateway-semantics';

export function checkGateway(report: Report, spec: GatewaySpec, metadata: Metadata): void {
  // a Gateway that istiod makes of a resource of the Kubernetes Gateway API
  const isConverted = metadata.annotations[FROM_GATEWAY_API] === 'gateway';
  if (!isDnsLabel(metadata.name) && !isConverted) {
    report.error('GW1', 'metadata.name', `must be ${LABEL_FORM}${got(metadata.name)}`, { value: metadata.name });
  }
  const servers = spec.servers ?? [];
  if (servers.length === 0) {
    report.error('GW2', 'spec.servers', 'must have at least one server');
  }
  const portNames = new Map<string, number>();
  servers.forEach((server, index) => {
    const mark = report.mark;
    checkServer(report, server, isConverted);
    if (server.port !== undefined) {
      const name = server.port.name ?? '';
      const first = portNames.get(name);
      if (first !== undefined) {
        report.error('GW3', '.port.name', `must be unique in the Gateway, but ${describe(name)} is also the name of servers[${first}].port`, { value: name });
      } else {
        portNames.set(name, index);
      }
      if (server.tls?.httpsRedirect === true && !isHttp(protocolOf(server.port.protocol))) {
        report.warn('GW4', '.tls.httpsRedirect', `only works on a port that speaks HTTP, this one speaks ${describe(server.port.protocol)}`, {
          value: true, fix: 'put it on a server of its own for the plain HTTP port',
        });
      }
    }
    report.underItem(mark, 'servers', index);
    report.prefix(mark, 'spec');
  });
}
