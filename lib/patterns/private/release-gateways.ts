import { uncoveredHosts } from './gateway-hosts';
import type { IGateway } from '../../gateway';
import { MESH, renderGateway } from '../../private/render-gateways';
import { checkFilledList, checkUnique } from '../../private/validation';

/** Gateways as a copy: each once, and not the sidecars. */
export function takeGateways(property: string, gateways: readonly IGateway[] | undefined): IGateway[] | undefined {
  const taken = checkFilledList(property, gateways, (item, gateway) => {
    if (renderGateway(item, gateway) === MESH) {
      throw new Error(`${item} must not be Gateway.mesh(), use mesh, because the mesh has a virtual service of its own`);
    }
    return gateway;
  });
  checkUnique(property, (taken ?? []).map((gateway, index) => renderGateway(`${property}[${index}]`, gateway)));
  return taken;
}

/** What is wrong with hosts that none of the gateways covers, as far as their servers are known. */
export function hostProblems(gateways: readonly IGateway[], hosts: readonly string[], namespace: string | undefined): string[] {
  return hosts.flatMap(host => {
    const problems = gateways.map(gateway => uncoveredHosts(gateway, [host], namespace, 'http'));
    return problems.some(each => each.length === 0) ? [] : problems[0];
  });
}
