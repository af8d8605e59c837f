import { Command, InvalidArgumentError, Option } from 'commander';
import { readMeshConfig } from './mesh-config-file';
import type { CheckSettings } from '../checks/settings';
import { minorOf } from '../private/istio-release';
import { checkDnsLabel, checkDomainName } from '../private/names';

/** What the options of this file say of the mesh. */
export interface MeshArguments {
  readonly istioVersion?: string;
  readonly clusterDomain?: string;
  readonly rootNamespace?: string;
  readonly outboundPolicy?: string;
  readonly dnsCapture?: boolean;
  readonly closedWorld?: boolean;
  readonly meshConfig?: string;
  readonly namespace?: string;
}

/** Adds the options that say what is true of the mesh: the names are those of MeshSettings. */
export function addMeshOptions(command: Command): Command {
  return command
    .option('--closed-world', 'the manifests hold everything that the cluster holds: what they lack is missing')
    .option('--mesh-config <file>', "file with Istio's mesh configuration: MeshConfig itself, the ConfigMap istio, or an IstioOperator")
    .addOption(new Option('--istio-version <release>', 'Istio release of the mesh (default: 1.31)').argParser(release))
    .addOption(new Option('--root-namespace <namespace>', 'namespace of the control plane (default: istio-system)').argParser(checked(checkDnsLabel)))
    .addOption(new Option('--cluster-domain <domain>', 'DNS domain of the cluster (default: cluster.local)').argParser(checked(checkDomainName)))
    .addOption(new Option('--outbound-policy <policy>', 'where sidecars send traffic for unknown hosts (default: ALLOW_ANY)').choices(['ALLOW_ANY', 'REGISTRY_ONLY']))
    .option('--dns-capture', 'sidecars answer DNS queries themselves')
    .addOption(new Option('--namespace <namespace>', 'namespace of the objects that name none (default: default)').argParser(checked(checkDnsLabel)));
}

/** What the checks are told of the mesh. */
export function settingsOf({ namespace, meshConfig, ...arguments_ }: MeshArguments, folder: string): CheckSettings {
  return {
    ...arguments_,
    defaultNamespace: namespace,
    meshConfig: meshConfig === undefined ? undefined : readMeshConfig(meshConfig, folder),
  };
}

function release(value: string): string {
  return checked((_, text) => {
    minorOf(text);
    return text;
  })(value);
}

/** Lets a check of the library judge the value of an option. */
function checked(check: (property: string, value: string) => string): (value: string) => string {
  return value => {
    try {
      return check('it', value);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  };
}
