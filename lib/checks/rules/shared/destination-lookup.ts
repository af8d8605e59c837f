import type { RouteClient } from './route-clients';
import type { MergedRule } from '../../../mesh/destination-rules';
import { isSelected } from '../../../mesh/labels';
import type { MeshModel } from '../../../mesh/model';
import { MESH_GATEWAY } from '../../../mesh/names';
import type { Resource } from '../../../mesh/resource';
import type { MeshService } from '../../../mesh/services';
import type { Destination, DestinationRuleSpec } from '../../../mesh/specs';

/** Why a proxy has no cluster for a destination of which the manifests know the host. */
export interface Loss {
  readonly client: RouteClient;
  readonly reason: 'hidden' | 'wildcard' | 'port' | 'alias' | 'subset';

  /** In words. */
  readonly text: string;
  readonly fix: string;

  /** Whether nothing that is not among the manifests can change it. */
  readonly isCertain: boolean;
}

/** Looks for destinations as proxies do, which is not how Istio's analyzer does. */
export class DestinationLookup {
  private readonly hasWideRules: boolean;

  constructor(private readonly mesh: MeshModel) {
    this.hasWideRules = mesh.resources.destinationRules.some(({ spec }) => spec.host?.startsWith('*') === true);
  }

  /** Whether every proxy finds a destination, as far as that takes no search. */
  public isFoundByAll(host: string, { port, subset }: Destination): boolean {
    const services = this.mesh.services.ofHost(host);
    if (services.length !== 1) {
      return false;
    }
    const [{ exportTo, resolution, ports, namespace }] = services;
    if (!exportTo.has('*') || resolution === 'ALIAS' || (port !== undefined && !ports.some(({ number }) => number === port.number))) {
      return false;
    }
    if (!subset) {
      return true;
    }
    const { destinationRules } = this.mesh;
    const rules = this.hasWideRules ? destinationRules.covering(host) : destinationRules.ofHost(host);
    return rules.length === 0 || (rules.length === 1 && isForEveryone(rules[0], namespace) && hasSubset(rules[0], subset));
  }

  /** Why a proxy does not find a destination; undefined where it does, or where nothing is known of the host. */
  public lossOf(client: RouteClient, host: string, { port, subset }: Destination): Loss | undefined {
    const services = this.mesh.services.ofHost(host);
    if (services.length === 0) {
      return this.wildcardLoss(client, host);
    }
    const visible = services.filter(service => this.isVisible(service, client));
    if (visible.length === 0) {
      return {
        client,
        reason: 'hidden',
        text: `'${host}' is not exported to that namespace, and what is sent there is answered 503`,
        fix: `add '${client.namespace}' to what the ${services[0].resource.kind} '${services[0].resource.key}' is exported to`,
        isCertain: client.isKnown,
      };
    }
    const losses = visible.map(service => service.resolution === 'ALIAS'
      ? this.aliasLoss(client, service, port?.number)
      : portLoss(client, service, port?.number) ?? this.subsetLoss(client, service, subset));
    return losses.every(loss => loss !== undefined) ? losses[0] : undefined;
  }

  /** Sidecars find what is in their own namespace, even where it is exported to none. */
  private isVisible(service: MeshService, { namespace, gateway }: RouteClient): boolean {
    return this.mesh.services.isVisible(service, namespace) || (gateway === MESH_GATEWAY && service.namespace === namespace);
  }

  private wildcardLoss(client: RouteClient, host: string): Loss | undefined {
    const [wider] = this.mesh.services.covering(host);
    return wider === undefined ? undefined : {
      client,
      reason: 'wildcard',
      text: `'${host}' is only covered by the wildcard '${wider.hostname}' of the ServiceEntry '${wider.resource.key}', and destinations are found by their very name`,
      fix: `add '${host}' to the hosts of a ServiceEntry, or send to '${wider.hostname}'`,
      isCertain: false,
    };
  }

  /** An ExternalName Service stands for another host, which has to be known with the port. */
  private aliasLoss(client: RouteClient, { resource, ports, externalName = '' }: MeshService, named: number | undefined): Loss | undefined {
    const targets = this.mesh.services.ofHost(externalName);
    const number = named ?? (ports.length === 1 ? ports[0].number : undefined);
    const stands = `the Service '${resource.key}' stands for '${externalName}'`;
    const loss = (text: string, fix: string, isCertain: boolean): Loss => ({ client, reason: 'alias', text: `${stands}, ${text}`, fix, isCertain });
    if (targets.length === 0) {
      return loss('which no Service and no ServiceEntry has', `add a ServiceEntry for '${externalName}'`, false);
    }
    const visible = targets.filter(target => this.isVisible(target, client) && target.resolution !== 'ALIAS');
    if (visible.length === 0) {
      return loss('which proxies there do not know', `name a host that is exported to '${client.namespace}'`, client.isKnown);
    }
    return number === undefined || visible.some(target => target.ports.some(port => port.number === number)) ? undefined
      : loss(`which has no port ${number}`, `name a port of '${externalName}'`, visible.every(({ isKubernetes }) => isKubernetes));
  }

  private subsetLoss(client: RouteClient, { hostname, namespace }: MeshService, subset: string | undefined): Loss | undefined {
    const { destinationRules, config } = this.mesh;
    if (!subset) {
      return undefined;
    }
    const known = destinationRules.ofHost(hostname).filter(rule => hasSubset(rule, subset));
    const found = known.length === 0 ? undefined : destinationRules.find(client.namespace, hostname, namespace);
    if (known.length === 0 || found?.rules.some(rule => isFor(rule, client) && rule.subsets.some(({ name }) => name === subset))) {
      return undefined;
    }
    return {
      client,
      reason: 'subset',
      text: `they do not look at the DestinationRule '${known[0].key}', which has the subset '${subset}', but take the first rule for '${hostname}' that they find `
        + `in ${[...new Set([client.namespace, namespace, config.rootNamespace])].map(name => `'${name}'`).join(', ')} and that is exported to them`,
      fix: 'move the DestinationRule to the namespace of the host and export it, or put all subsets of the host into one rule',
      isCertain: client.isKnown,
    };
  }
}

function portLoss(client: RouteClient, { hostname, ports, isKubernetes }: MeshService, port: number | undefined): Loss | undefined {
  return port === undefined || ports.some(({ number }) => number === port) ? undefined : {
    client,
    reason: 'port',
    text: `'${hostname}' has no port ${port}`,
    fix: 'name one of its ports, or add the port to it',
    isCertain: isKubernetes,
  };
}

function isFor({ workloadSelector, namespace }: MergedRule, client: RouteClient): boolean {
  return workloadSelector === undefined
    || (namespace === client.namespace && (client.labels === undefined || isSelected(workloadSelector, client.labels)));
}

function hasSubset({ spec }: Resource<DestinationRuleSpec>, subset: string): boolean {
  return spec.subsets?.some(({ name }) => name === subset) === true;
}

/** Whether all clients of a host in a namespace find a rule that is the only one to cover it. */
function isForEveryone({ namespace, spec: { workloadSelector, exportTo } }: Resource<DestinationRuleSpec>, owner: string): boolean {
  return namespace === owner && workloadSelector === undefined && exportTo === undefined;
}
