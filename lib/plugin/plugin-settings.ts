import { Severity } from '../checks/finding';
import type { CheckSettings } from '../checks/settings';
import { readMeshConfig } from '../cli/mesh-config-file';
import { OutboundPolicy } from '../mesh-settings';
import { describe } from '../private/describe';
import { minorOf } from '../private/istio-release';
import { checkDomainName } from '../private/names';
import { checkNamespace } from '../private/object-name';
import { checkBoolean, checkEnum, checkString, checkStruct } from '../private/validation';

const NEVER = 'never';
const FAIL_ON = { ...Severity, NEVER };

/** What the plugin was told in cdk8s.yaml. */
export interface PluginSettings {
  readonly checks: CheckSettings;

  /** The severities that make the validation fail. */
  readonly failing: readonly Severity[];
}

/** Reads the `properties` of the plugin: the names are those of MeshSettings and of the command line. */
export function readPluginSettings(properties: { readonly [name: string]: any }, folder: string): PluginSettings {
  checkStruct('properties of IstioValidation', properties, [
    'istioVersion', 'clusterDomain', 'rootNamespace', 'outboundPolicy', 'dnsCapture', 'closedWorld', 'namespace', 'meshConfig', 'failOn',
  ]);
  const { istioVersion, meshConfig, failOn } = properties;
  if (istioVersion !== undefined) {
    minorOf(typeof istioVersion === 'string' ? istioVersion : notText('istioVersion', istioVersion));
  }
  const severities = Object.values(Severity);
  return {
    checks: {
      istioVersion,
      clusterDomain: checkDomainName('clusterDomain', properties.clusterDomain),
      rootNamespace: checkNamespace('rootNamespace', properties.rootNamespace),
      outboundPolicy: checkEnum('outboundPolicy', properties.outboundPolicy, OutboundPolicy),
      dnsCapture: checkBoolean('dnsCapture', properties.dnsCapture),
      closedWorld: checkBoolean('closedWorld', properties.closedWorld),
      defaultNamespace: checkNamespace('namespace', properties.namespace),
      meshConfig: meshConfig === undefined ? undefined : readMeshConfig(checkString('meshConfig', meshConfig), folder),
    },
    failing: checkEnum('failOn', failOn, FAIL_ON) === NEVER ? [] : severities.slice(0, severities.indexOf(failOn ?? Severity.ERROR) + 1),
  };
}

function notText(property: string, value: unknown): never {
  throw new Error(`${property} must be text in quotes, such as '1.30', which YAML would read as a number otherwise, got ${describe(value)}`);
}
