import type { Resource } from './resource';
import type { HttpMatch, HttpRule, StringMatch, VirtualServiceSpec } from './specs';
import { expandHttp, expandHttpRule, HttpRoute, HttpRoutes, LostRoute, MatchOrigin, VirtualService } from './virtual-service';
import type { ExportTo } from './visibility';

/** A VirtualService without hosts, whose routes others take in. */
export interface Delegate {
  readonly resource: Resource<VirtualServiceSpec>;

  /** The namespaces that it is exported to, without `.`. */
  readonly exportTo: ExportTo;
}

/** What is found under the name of a delegate: it may be a VirtualService with hosts of its own. */
export type FindDelegate = (key: string) => Delegate | 'with-hosts' | undefined;

/** The http routes of a root, each route that delegates replaced by what Istio makes of the delegate's routes. */
export function mergeDelegates(root: VirtualService, clusterDomain: string, find: FindDelegate): HttpRoutes {
  const routes: HttpRoute[] = [];
  const lost: LostRoute[] = [];
  (root.resource.spec.http ?? []).forEach((written, index) => {
    if (written.delegate === undefined) {
      routes.push(new HttpRoute(root, index, written, clusterDomain));
      return;
    }
    const key = `${written.delegate.namespace || root.namespace}/${written.delegate.name ?? ''}`;
    const delegate = find(key);
    if (delegate === undefined || delegate === 'with-hosts') {
      lost.push({ index, delegate: key, reason: delegate === undefined ? 'missing-delegate' : 'delegate-with-hosts' });
    } else if (!delegate.exportTo.has('*') && !delegate.exportTo.has(root.namespace)) {
      lost.push({ index, delegate: key, reason: 'hidden-delegate' });
    } else {
      const spec = expandHttpRule(written, root.namespace, clusterDomain);
      expandHttp(delegate.resource, clusterDomain).forEach((leaf, delegateIndex) => {
        const matches = mergeMatches(spec.match ?? [], leaf.match ?? []);
        if (matches === undefined) {
          lost.push({ index, delegate: key, delegateIndex, reason: 'conflicting-match' });
        } else {
          const merged = { ...mergeRule(spec, leaf), match: matches.map(item => item.match) };
          const origin = { resource: delegate.resource, index: delegateIndex, matches: matches.map(item => item.origin) };
          routes.push(new HttpRoute(root, index, merged, clusterDomain, origin));
        }
      });
    }
  });
  return { routes, lost };
}

interface MergedMatch {
  readonly match: HttpMatch;
  readonly origin: MatchOrigin;
}

/** The matches of both, or undefined where one of the delegate's fits none of the root's. */
function mergeMatches(root: readonly HttpMatch[], leaf: readonly HttpMatch[]): readonly MergedMatch[] | undefined {
  if (root.length === 0) {
    return leaf.map((match, delegate) => ({ match, origin: { delegate } }));
  }
  if (leaf.length === 0) {
    return root.map((match, position) => ({ match, origin: { root: position } }));
  }
  const merged: MergedMatch[] = [];
  for (const [delegate, leafMatch] of leaf.entries()) {
    const before = merged.length;
    root.forEach((rootMatch, position) => {
      if (!isConflict(rootMatch, leafMatch)) {
        merged.push({ match: mergeMatch(rootMatch, leafMatch), origin: { root: position, delegate } });
      }
    });
    if (merged.length === before) {
      return undefined;
    }
  }
  return merged;
}

const INHERITED = [
  'rewrite', 'directResponse', 'timeout', 'retries', 'fault', 'mirror', 'mirrorPercent', 'mirrorPercentage', 'corsPolicy', 'headers',
] as const;

function mergeRule(root: HttpRule, leaf: HttpRule): HttpRule {
  const merged: { -readonly [Key in keyof HttpRule]: HttpRule[Key] } = { ...leaf, name: joinNames(root.name, leaf.name) };
  for (const field of INHERITED) {
    if (merged[field] === undefined) {
      Object.assign(merged, { [field]: root[field] });
    }
  }
  if (merged.mirrors === undefined || merged.mirrors.length === 0) {
    merged.mirrors = root.mirrors;
  }
  return merged;
}

function joinNames(root: string | undefined, leaf: string | undefined): string | undefined {
  return root && leaf ? `${root}-${leaf}` : leaf || root;
}

function mergeMatch(root: HttpMatch, leaf: HttpMatch): HttpMatch {
  return {
    ...leaf,
    name: joinNames(root.name, leaf.name),
    uri: leaf.uri ?? root.uri,
    scheme: leaf.scheme ?? root.scheme,
    method: leaf.method ?? root.method,
    authority: leaf.authority ?? root.authority,
    headers: { ...root.headers, ...leaf.headers },
    withoutHeaders: { ...root.withoutHeaders, ...leaf.withoutHeaders },
    queryParams: { ...root.queryParams, ...leaf.queryParams },
    port: leaf.port || root.port,
    sourceLabels: { ...root.sourceLabels, ...leaf.sourceLabels },
    sourceNamespace: leaf.sourceNamespace || root.sourceNamespace,
    gateways: leaf.gateways !== undefined && leaf.gateways.length > 0 ? leaf.gateways : root.gateways,
    statPrefix: leaf.statPrefix || root.statPrefix,
  };
}

function isConflict(root: HttpMatch, leaf: HttpMatch): boolean {
  return isStringConflict(root.uri, leaf.uri) || isStringConflict(root.scheme, leaf.scheme)
    || isStringConflict(root.method, leaf.method) || isStringConflict(root.authority, leaf.authority)
    || isMapConflict(root.headers, leaf.headers)
    || isMapConflict(root.withoutHeaders, leaf.withoutHeaders)
    || isMapConflict(root.queryParams, leaf.queryParams)
    || (root.ignoreUriCase ?? false) !== (leaf.ignoreUriCase ?? false)
    || (!!root.port && !!leaf.port && root.port !== leaf.port)
    || (!!root.sourceNamespace && leaf.sourceNamespace !== root.sourceNamespace)
    || isLabelConflict(root.sourceLabels ?? {}, leaf.sourceLabels ?? {})
    || isGatewayConflict(root.gateways ?? [], leaf.gateways ?? []);
}

type StringMatches = { readonly [key: string]: StringMatch | undefined };

function isMapConflict(root: object | undefined, leaf: object | undefined): boolean {
  const rootMatches = (root ?? {}) as StringMatches;
  return Object.entries((leaf ?? {}) as StringMatches)
    .some(([key, match]) => isStringConflict(Object.hasOwn(rootMatches, key) ? rootMatches[key] : undefined, match));
}

function isLabelConflict(root: { readonly [key: string]: unknown }, leaf: { readonly [key: string]: unknown }): boolean {
  return Object.keys(leaf).some(key => Object.hasOwn(root, key) && root[key] !== leaf[key]);
}

function isGatewayConflict(root: readonly string[], leaf: readonly string[]): boolean {
  if (root.length === 0 || leaf.length === 0) {
    return false;
  }
  const allowed = new Set(root);
  return root.length < leaf.length || leaf.some(gateway => !allowed.has(gateway));
}

/** Whether what the delegate asks of a text cannot be told to be a part of what the root asks. */
function isStringConflict(root: StringMatch | undefined, leaf: StringMatch | undefined): boolean {
  if (root === undefined || leaf === undefined) {
    return false;
  }
  const asksAnything = (match: StringMatch): boolean => !!match.regex || !!match.prefix || !!match.exact;
  if ((root.regex && asksAnything(leaf)) || (leaf.regex && asksAnything(root))) {
    return true;
  }
  if (root.exact) {
    return !!leaf.prefix || (leaf.exact ?? '') !== root.exact;
  }
  if (root.prefix) {
    const text = leaf.prefix || leaf.exact;
    return text ? !text.startsWith(root.prefix) : true;
  }
  return true;
}
