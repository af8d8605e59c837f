import type { IGateway } from '../gateway';
import { checkDnsLabel } from './names';
import { checkNamespace } from './object-name';
import { checkFilledList, checkGiven, checkMadeBy, checkUnique } from './validation';

/** How a manifest refers to all sidecars. */
export const MESH = 'mesh';

/** A reference to a gateway: with its namespace where that is known. */
export function renderGateway(property: string, gateway: IGateway): string {
  const { name, namespace } = checkMadeBy(property, gateway, 'toGatewayConfig', 'Gateway.mesh(), Gateway.fromGatewayName(), or a gateway of this program').toGatewayConfig();
  checkDnsLabel(`${property}: name`, checkGiven(`${property}: name`, name));
  checkNamespace(`${property}: namespace`, namespace);
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
