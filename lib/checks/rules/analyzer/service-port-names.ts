import { readInteger, readList, readObject, readText } from '../../../mesh/manifest';
import { protocolOfServicePort } from '../../../mesh/protocols';
import type { Resource } from '../../../mesh/resource';

/** A port of a Service whose protocol Istio cannot tell. */
export interface UntoldPort {
  readonly index: number;
  readonly name: string;
  readonly number: number;
}

/** What a controller of Istio makes: the user has no say in the names. */
const MANAGED: ReadonlySet<string | undefined> = new Set(['istio.io-gateway-controller', 'istio.io-mesh-controller', 'istio.io-eastwest-controller']);

/** The ports of which neither name nor appProtocol says the protocol. */
export function untoldPorts({ spec, labels }: Resource): readonly UntoldPort[] {
  if ('istio' in labels || labels.release === 'istio' || MANAGED.has(labels['gateway.istio.io/managed'])) {
    return [];
  }
  return readList(spec.ports).flatMap((item, index) => {
    const port = readObject(item);
    const name = readText(port.name) ?? '';
    const number = readInteger(port.port) ?? 0;
    const protocol = protocolOfServicePort(number, name, readText(port.protocol), readText(port.appProtocol));
    return protocol === 'unnamed' || (name === 'tcp' && isExternalName(spec)) ? [{ index, name, number }] : [];
  });
}

export function isExternalName({ type }: { readonly type?: unknown }): boolean {
  return type === 'ExternalName';
}
