import type { ApiObjectMetadata } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { at } from './at';
import { ServerUse, uncoveredHosts } from './gateway-hosts';
import { claimGatewayHosts } from './host-claims';
import type { Reach } from './viewers';
import type { IGateway } from '../../gateway';
import { GatewaySelector } from '../../gateway-selector';
import { MESH, renderGateway } from '../../private/render-gateways';
import { checkServerHost, splitServerHost } from '../../private/server-host';
import { checkFilledList, checkGiven, checkMadeBy, checkUnique, fail } from '../../private/validation';

/** What a pattern says of a gateway of its own. */
interface OwnGateway {
  readonly selector?: GatewaySelector;
  readonly gatewayMetadata?: ApiObjectMetadata;
}

/** The hosts of an ingress: names that a server of a gateway can have, without a namespace. */
export function takeIngressHosts(owner: IConstruct, hosts: readonly string[]): string[] {
  const taken = checkFilledList(at(owner, 'hosts'), checkGiven(at(owner, 'hosts'), hosts), (item, host) => {
    checkServerHost(item, host);
    if (splitServerHost(host).namespace !== undefined) {
      fail(item, 'a host without a namespace, which belongs to the servers of a gateway', host);
    }
    return host;
  })!;
  checkUnique(at(owner, 'hosts'), taken);
  return taken;
}

/** A gateway that is shared: not the sidecars, and without what only an own one takes. */
export function takeSharedGateway<T extends { readonly gateway?: IGateway }>(
  owner: IConstruct, props: T, own: readonly (keyof T & string)[],
): IGateway | undefined {
  const { gateway } = props;
  if (gateway === undefined) {
    return undefined;
  }
  if (renderGateway(at(owner, 'gateway'), gateway) === MESH) {
    throw new Error(`${at(owner, 'gateway')} must not be Gateway.mesh(), sidecars do not take traffic from outside`);
  }
  const given = own.filter(name => props[name] !== undefined);
  if (given.length > 0) {
    throw new Error(`${at(owner, given[0])} must be left out beside gateway, whose servers say it`);
  }
  return gateway;
}

/** The proxies of an own gateway. */
export function takeSelector(owner: IConstruct, { selector }: OwnGateway): GatewaySelector {
  return selector === undefined ? GatewaySelector.ingress() : checkMadeBy(at(owner, 'selector'), selector, '_toSelector', 'GatewaySelector, such as GatewaySelector.ingress()');
}

/** Binds the routes of a pattern to gateways: gives it their hosts, which the servers must cover as far as they are known. */
export function bindToGateways(owner: Construct, gateways: readonly IGateway[], hosts: readonly string[], reach: Reach, use: ServerUse): void {
  for (const gateway of gateways) {
    const problems = () => uncoveredHosts(gateway, hosts, reach.namespace, use);
    if (Construct.isConstruct(gateway)) {
      // its servers may be added later
      owner.node.addValidation({ validate: problems });
    } else if (problems().length > 0) {
      throw new Error(`${at(owner, 'hosts')}: ${problems()[0]}`);
    }
    claimGatewayHosts(owner, gateway, hosts, reach, use);
  }
}
