import type { IGateway } from '../gateway';
import { checkDnsLabel, checkFilledLabels } from './names';
import { renderGateways } from './render-gateways';
import { checkPort } from './validation';

/** What the matches of http, tls and tcp routes say alike: which proxies a route is for, and which port. */
export interface SourceMatch {
  readonly port?: number;
  readonly sourceLabels?: { readonly [key: string]: string };
  readonly sourceNamespace?: string;
  readonly gateways?: IGateway[];
}

export interface RenderedSource {
  readonly port?: number;
  readonly sourceLabels?: { [key: string]: string };
  readonly sourceNamespace?: string;
  readonly gateways?: string[];
}

export function renderSource(property: string, match: SourceMatch): RenderedSource {
  return {
    port: checkPort(`${property}.port`, match.port),
    sourceLabels: checkFilledLabels(`${property}.sourceLabels`, match.sourceLabels),
    sourceNamespace: checkDnsLabel(`${property}.sourceNamespace`, match.sourceNamespace),
    gateways: renderGateways(`${property}.gateways`, match.gateways),
  };
}

/** Whether a match says nothing, so that it would take everything. */
export function isBlank(rendered: object): boolean {
  return Object.values(rendered).every(value => value === undefined);
}
