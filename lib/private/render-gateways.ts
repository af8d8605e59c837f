import type { IGateway } from '../gateway';
import { gatewayConfigOf } from './answers';
import { checkFilledList, checkUnique } from './validation';

/** How a manifest refers to all sidecars. */
export const MESH = 'mesh';

/** A reference to a gateway: with its namespace where that is known. */
export function renderGateway(property: string, gateway: IGateway): string {
  const { name, namespace } = gatewayConfigOf(property, gateway);
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** References to gateways, each once. */
export function renderGateways(property: string, gateways: IGateway[] | undefined): string[] | undefined {
  const references = checkFilledList(property, gateways, renderGateway);
  if (references !== undefined) {
    checkUnique(property, references);
  }
  return references;
}
