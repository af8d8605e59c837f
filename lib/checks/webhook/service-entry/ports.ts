import type { ServiceEntrySpec } from '../../../mesh/specs';
import { describe } from '../../../private/describe';
import type { Report } from '../finding';
import { got } from '../got';
import type { Metadata } from '../metadata';
import { isDnsLabel, LABEL_FORM } from '../primitives/dns';
import { checkPort, checkPortUnlessZero } from '../primitives/numbers';
import { PROTOCOL_FORM, protocolOf } from '../primitives/protocols';

const ALLOCATE_ADDRESS = 'networking.istio.io/enable-autoallocate-ip';
// as Go folds letters, which includes the long s
const FALSE = /^false$/iu;

export function checkPorts(report: Report, spec: ServiceEntrySpec, metadata: Metadata): void {
  const names = new Map<string, number>();
  const numbers = new Map<number, number>();
  const needsAddress = spec.addresses === undefined && !allocatesAddress(spec, metadata);
  spec.ports?.forEach((port, index) => {
    const mark = report.mark;
    const { name = '', number = 0, protocol = '' } = port;
    unique(report, names, '.name', name, index);
    unique(report, numbers, '.number', number, index);
    if (!isDnsLabel(name)) {
      report.error('SE6', '.name', `must be ${LABEL_FORM}${got(port.name)}`, { value: port.name });
    }
    checkPort(report, 'SE6', '.number', port.number);
    checkPortUnlessZero(report, 'SE6', '.targetPort', port.targetPort);
    if (protocol !== '' && protocolOf(protocol) === 'unnamed') {
      report.error('SE6', '.protocol', `must be ${PROTOCOL_FORM}${got(protocol)}`, { value: protocol });
    }
    if (needsAddress && (protocol === '' || protocol === 'TCP')) {
      report.warn('SE14', '.protocol', `${protocol === '' ? 'is not given' : 'is TCP'}, so that only an address tells what is meant for the entry, and it has none`, {
        value: port.protocol, fix: 'list the addresses in spec.addresses',
      });
    }
    report.underItem(mark, 'ports', index);
  });
}

function unique<T extends string | number>(report: Report, seen: Map<T, number>, path: string, value: T, index: number): void {
  const first = seen.get(value);
  if (first === undefined) {
    seen.set(value, index);
  } else {
    report.error('SE6', path, `must be unique, but ${describe(value)} is also that of ports[${first}]`, { value });
  }
}

/** Whether istiod gives the entry an address of its own. */
function allocatesAddress(spec: ServiceEntrySpec, metadata: Metadata): boolean {
  return (spec.resolution ?? 'NONE') !== 'NONE' && !FALSE.test(metadata.labels[ALLOCATE_ADDRESS] ?? '');
}
