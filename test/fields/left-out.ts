import { destinationRuleExemptions } from './destination-rule.fields';
import type { Exemption } from './exemption';
import { gatewayExemptions } from './gateway.fields';
import { serviceEntryExemptions } from './service-entry.fields';
import { virtualServiceExemptions } from './virtual-service.fields';
import type { LeftOutField } from '../../scripts/left-out-fields';

function of(kind: string, exemptions: readonly Exemption[]): LeftOutField[] {
  return exemptions.map(exemption => ({ kind, ...exemption }));
}

/** All that the typed API leaves out on purpose. */
export const LEFT_OUT: readonly LeftOutField[] = [
  ...of('Gateway', gatewayExemptions),
  ...of('VirtualService', virtualServiceExemptions),
  ...of('DestinationRule', destinationRuleExemptions),
  ...of('ServiceEntry', serviceEntryExemptions),
];
