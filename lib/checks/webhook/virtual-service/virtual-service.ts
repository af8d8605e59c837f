import type { VirtualServiceSpec } from '../../../mesh/specs';
import type { Report } from '../finding';
import type { Metadata } from '../metadata';
import { checkHosts, RouteHosts } from './hosts';
import { checkHttpRoute } from './http-route';
import { checkReachability } from './reachability';
import { checkTcpRoute } from './tcp-route';
import { checkTlsRoute } from './tls-route';
import { checkExportTo } from '../primitives/export-to';
import { checkGatewayReferences } from '../primitives/gateway-references';
import { isClaimKey } from '../primitives/header-names';

const FROM_GATEWAY_API = 'internal.istio.io/route-semantics';

/** What the rules of a route ask of the VirtualService around it. */
export interface RouteContext {
  /** It has no hosts, so that its routes are only taken over by other VirtualServices. */
  readonly isDelegate: boolean;
  /** It is for gateways, and not for sidecars as well. */
  readonly isForGateways: boolean;
  /** The names of servers may be those of connections between networks. Where no gateways are named, Istio allows them too. */
  readonly acceptsGeneratedSni: boolean;
  /** istiod makes it of a route of the Kubernetes Gateway API. */
  readonly isConverted: boolean;
  readonly hosts: RouteHosts;
}

export function checkVirtualService(report: Report, spec: VirtualServiceSpec, metadata: Metadata): void {
  const start = report.mark;
  const context: RouteContext = {
    isDelegate: spec.hosts === undefined,
    isForGateways: spec.gateways !== undefined && !spec.gateways.includes('mesh'),
    acceptsGeneratedSni: spec.gateways?.includes('mesh') !== true,
    isConverted: metadata.annotations[FROM_GATEWAY_API] === 'gateway',
    hosts: new RouteHosts(spec.hosts ?? []),
  };
  if (context.isDelegate) {
    checkDelegate(report, spec);
  }
  checkGatewayReferences(report, 'VS2', spec.gateways, { anyName: context.isConverted });
  checkHosts(report, spec, context.isForGateways);
  if (spec.http === undefined && spec.tls === undefined && spec.tcp === undefined) {
    report.error('VS7', '', 'must have at least one route in http, tls or tcp');
  }
  spec.http?.forEach((route, index) => {
    const mark = report.mark;
    if (!context.isForGateways) {
      checkClaims(report, route.match, context);
    }
    checkHttpRoute(report, route, context);
    report.underItem(mark, 'http', index);
  });
  spec.tls?.forEach((route, index) => {
    const mark = report.mark;
    checkTlsRoute(report, route, context);
    report.underItem(mark, 'tls', index);
  });
  spec.tcp?.forEach((route, index) => {
    const mark = report.mark;
    checkTcpRoute(report, route, context);
    report.underItem(mark, 'tcp', index);
  });
  checkExportTo(report, spec.exportTo, metadata.namespace, { rule: 'VS8' });
  checkReachability(report, spec);
  report.prefix(start, 'spec');
}

function checkDelegate(report: Report, spec: VirtualServiceSpec): void {
  for (const field of ['gateways', 'tls', 'tcp'] as const) {
    if (spec[field] !== undefined) {
      report.error('VS1', `.${field}`, 'must not be given without hosts: a VirtualService without hosts is a delegate, which has http routes only', {
        fix: 'add hosts, unless other VirtualServices delegate to this one',
      });
    }
  }
}

type Matches = NonNullable<VirtualServiceSpec['http']>[number]['match'];

function checkClaims(report: Report, matches: Matches, context: RouteContext): void {
  matches?.forEach((match, index) => {
    const mark = report.mark;
    for (const field of ['headers', 'withoutHeaders'] as const) {
      for (const key in match[field]) {
        if (isClaimKey(key)) {
          const before = report.mark;
          report.error('VS3', '', 'matches a claim of a token, which works on gateways only', {
            value: key,
            fix: context.isDelegate ? 'move the match to the VirtualService that delegates' : "name the gateways in the VirtualService's gateways, without 'mesh'",
          });
          report.underKey(before, field, key);
        }
      }
    }
    report.underItem(mark, 'match', index);
  });
}
