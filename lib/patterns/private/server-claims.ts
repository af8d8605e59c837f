import { IConstruct } from 'constructs';
import type { GatewaySelector } from '../../gateway-selector';
import { describe } from '../../private/describe';
import type { ServerTlsSpec } from '../../private/render-server-tls';

/** A port of gateway proxies that a pattern opens with a gateway of its own. */
export interface OwnServer {
  readonly port: number;
  readonly hosts: readonly string[];

  /** What is said of TLS; nothing for plain text. */
  readonly tls?: ServerTlsSpec;
}

type Labels = Readonly<Record<string, string>>;

/** Who has something at gateway proxies, by the labels that select them. */
type Claimants = Map<string, { readonly owner: IConstruct; readonly labels: Labels }>;

const claimsOfRoot = new WeakMap<IConstruct, Map<string, Claimants>>();

const SHARE = 'make one Gateway with a server for the hosts of both, and hand it to both as gateway';

/**
 * Gives what a pattern opens at gateway proxies to it alone: of two servers with TLS for one host istiod drops the later one, the routes of two
 * without TLS come in an order that nobody chose, and a port has either plain text or TLS. Browsers use a connection for all hosts
 * of its certificate, and do not find those of another server there.
 *
 * @throws when another pattern has one of these at some of the same proxies
 */
export function claimServer(owner: IConstruct, selector: GatewaySelector, { port, hosts, tls }: OwnServer): void {
  const labels = selector._toSelector() ?? {};
  const proxies = proxiesOf(labels);
  const place = `on port ${port} of the gateway proxies ${proxies}`;
  for (const host of hosts) {
    claimAt(owner, labels, `host ${port} ${host.toLowerCase()}`, `host ${describe(host)} ${place}`, `${SHARE}, or join the paths of one host with SharedHost`);
  }
  for (const name of certificatesOf(tls)) {
    claimAt(owner, labels, `certificate ${port} ${name}`, `the certificate ${describe(name)} ${place}`, SHARE);
  }
  const [own, other] = tls === undefined ? ['plain text', 'TLS'] : ['TLS', 'plain text'];
  const rival = rivalOf(owner, labels, `${other} ${port}`);
  if (rival !== undefined) {
    throw new Error(`[${owner.node.path}] ${own} ${place} cannot stand beside the ${other} of [${rival.node.path}]: Istio would drop one of the servers, choose another port`);
  }
  take(owner, labels, `${own} ${port}`);
}

function claimAt(owner: IConstruct, labels: Labels, key: string, text: string, advice: string): void {
  const rival = rivalOf(owner, labels, key);
  if (rival !== undefined) {
    throw new Error(`[${owner.node.path}] ${text} belongs to [${rival.node.path}] already, ${advice}`);
  }
  take(owner, labels, key);
}

function take(owner: IConstruct, labels: Labels, key: string): void {
  const claims = claimsOfRoot.get(owner.node.root) ?? new Map<string, Claimants>();
  claimsOfRoot.set(owner.node.root, claims);
  const claimants: Claimants = claims.get(key) ?? new Map();
  claims.set(key, claimants.set(proxiesOf(labels), { owner, labels }));
}

function certificatesOf({ credentialName, credentialNames = [], serverCertificate, tlsCertificates = [] }: ServerTlsSpec = {}): string[] {
  const files = [serverCertificate, ...tlsCertificates.map(pair => pair.serverCertificate)];
  return [credentialName, ...credentialNames, ...files].filter(name => name !== undefined);
}

/** Who else has something at proxies that both select. */
function rivalOf(owner: IConstruct, labels: Labels, key: string): IConstruct | undefined {
  for (const rival of claimsOfRoot.get(owner.node.root)?.get(key)?.values() ?? []) {
    if (rival.owner !== owner && (isPartOf(labels, rival.labels) || isPartOf(rival.labels, labels))) {
      return rival.owner;
    }
  }
  return undefined;
}

/** Whether all proxies with the labels of one are among those of the other. */
function isPartOf(narrow: Labels, wide: Labels): boolean {
  return Object.entries(wide).every(([key, label]) => narrow[key] === label);
}

function proxiesOf(labels: Labels): string {
  const sorted = Object.entries(labels).map(([key, label]) => `${key}=${label}`).sort();
  return sorted.length === 0 ? describe('*') : describe(sorted.join(','));
}
