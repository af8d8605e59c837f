import type { IConstruct } from 'constructs';
import type { CheckSettings } from './settings';
import { MeshSettings } from '../mesh-settings';

/** The settings of an app as the checks, which know no constructs, take them. */
export function settingsOfApp(scope: IConstruct): CheckSettings {
  const { istioVersion, clusterDomain, rootNamespace, outboundPolicy, dnsCapture, closedWorld } = MeshSettings.of(scope);
  return { istioVersion, clusterDomain, rootNamespace, outboundPolicy, dnsCapture, closedWorld };
}
