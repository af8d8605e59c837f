import type { DestinationRuleSpec, GatewaySpec, ServiceEntrySpec, VirtualServiceSpec } from '../../mesh/specs';
import { fieldStep } from '../property-path';
import { DECODE_RULES, isObject } from './decode/decoder';
import type { Decode, Decoding } from './decode/decoder';
import { checkDestinationRule } from './destination-rule/destination-rule';
import { destinationRuleShape } from './destination-rule/shape';
import { Report } from './finding';
import type { WebhookFinding } from './finding';
import { checkGateway } from './gateway/gateway';
import { gatewayShape } from './gateway/shape';
import { got } from './got';
import { checkAnnotations, readMetadata } from './metadata';
import type { Metadata } from './metadata';
import { checkServiceEntry } from './service-entry/service-entry';
import { serviceEntryShape } from './service-entry/shape';
import { virtualServiceShape } from './virtual-service/shape';
import { checkVirtualService } from './virtual-service/virtual-service';

export type { WebhookFinding };

export interface WebhookOptions {
  /** The namespace of a manifest that names none. Default: `default`, or none as written. */
  readonly namespace?: string;
  /**
   * Judges the manifest as it is written, which is what `istioctl validate` does. In a cluster the API server first drops
   * null fields and those that the CRD does not know.
   */
  readonly asWritten?: boolean;
}

interface Kind {
  readonly decode: Decode;
  readonly check: (report: Report, spec: object, metadata: Metadata) => void;
}

const KINDS: ReadonlyMap<unknown, Kind> = new Map<unknown, Kind>([
  ['Gateway', { decode: gatewayShape, check: (report, spec, metadata) => checkGateway(report, spec as GatewaySpec, metadata) }],
  ['VirtualService', { decode: virtualServiceShape, check: (report, spec, metadata) => checkVirtualService(report, spec as VirtualServiceSpec, metadata) }],
  ['DestinationRule', { decode: destinationRuleShape, check: (report, spec, metadata) => checkDestinationRule(report, spec as DestinationRuleSpec, metadata) }],
  ['ServiceEntry', { decode: serviceEntryShape, check: (report, spec, metadata) => checkServiceEntry(report, spec as ServiceEntrySpec, metadata) }],
]);

const GROUP = 'networking.istio.io/';
const TOP_LEVEL: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);

/** The verdict of istiod's validating webhook on a manifest; nothing on objects other than those of the four kinds, in any version. */
export function checkWebhook(manifest: unknown, options: WebhookOptions = {}): WebhookFinding[] {
  if (!isObject(manifest) || typeof manifest.apiVersion !== 'string' || !isOfGroup(manifest.apiVersion)) {
    return [];
  }
  const kind = KINDS.get(manifest.kind);
  if (kind === undefined) {
    return [];
  }
  const report = new Report();
  const asWritten = options.asWritten === true;
  const decoding: Decoding = { report, asWritten };
  const metadata = readMetadata(manifest.metadata, options.namespace ?? (asWritten ? '' : 'default'), decoding);
  const mark = report.mark;
  const spec = kind.decode(manifest.spec ?? {}, decoding);
  report.prefix(mark, 'spec');
  if (report.mark > 0) {
    return report.findings;
  }
  const isRefusedAtOnce = checkAnnotations(report, metadata.annotations);
  kind.check(report, spec as object, metadata);
  if (isRefusedAtOnce) {
    report.dropWarnings(0);
  }
  if (asWritten) {
    checkTopLevel(report, manifest);
  }
  return report.findings;
}

function isOfGroup(apiVersion: string): boolean {
  return apiVersion.startsWith(GROUP) && apiVersion.length > GROUP.length && !apiVersion.includes('/', GROUP.length);
}

function checkTopLevel(report: Report, manifest: { readonly [key: string]: unknown }): void {
  for (const key in manifest) {
    if (!TOP_LEVEL.has(key) && manifest[key] !== undefined) {
      report.error(DECODE_RULES.topLevel, fieldStep(key).replace(/^\./, ''), `is no field of a manifest${got(manifest[key])}`, {
        value: manifest[key], fix: 'move it into spec or remove it',
      });
    }
  }
}
