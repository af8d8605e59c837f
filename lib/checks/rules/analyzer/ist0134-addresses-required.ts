import { readList, readObject } from '../../../mesh/manifest';
import type { MeshConfig } from '../../../mesh/mesh-options';
import { isAutoAllocated } from '../../../mesh/service-addresses';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';

export const ADDRESSES_REQUIRED: Rule = {
  code: 'IST0134',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'A ServiceEntry with a TCP port has addresses, by which connections to it are told from others.',
  falseAlarms: 'The analyzer does not know that Istio gives addresses to hosts without being told to, as the webhook does (SE14).',
  check: missingAddresses,
};

function* missingAddresses({ mesh }: RuleContext): Iterable<Problem> {
  const { config } = mesh;
  if (givesAddresses(config)) {
    return;
  }
  for (const resource of analyzed(mesh).serviceEntries) {
    const { addresses, ports = [] } = resource.spec;
    // an empty list counts: Istio's decoder makes nothing of it
    if ((addresses ?? []).length > 0 || readList(readObject(resource.manifest.status).addresses).length > 0) {
      continue;
    }
    for (const [index, { protocol = '' }] of ports.entries()) {
      if (protocol === '' || protocol.toUpperCase() === 'TCP') {
        yield {
          resource,
          path: `spec.ports[${index}]`,
          message: 'is a TCP port of hosts without addresses: sidecars take every connection to this port, to whatever address, for one to them',
          fix: 'set addresses, or use TLS or HTTP as protocol where the port speaks it',
          falseAlarm: isAutoAllocated(resource),
        };
      }
    }
  }
}

/** Whether the mesh configuration says that addresses are given, where the analyzer looks for it. */
function givesAddresses({ proxyMetadata }: MeshConfig): boolean {
  return proxyMetadata.ISTIO_META_DNS_CAPTURE === 'true'
    && (proxyMetadata.ISTIO_META_DNS_AUTO_ALLOCATE === 'true' || proxyMetadata.PILOT_ENABLE_IP_AUTOALLOCATE === 'true');
}
