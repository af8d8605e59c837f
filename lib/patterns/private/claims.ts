import { IConstruct } from 'constructs';
import { commonViewers, EVERYONE, Viewers } from './viewers';

/** Something that Istio takes from one object alone, in the eyes of some namespaces. */
export interface Claim {
  /** What is claimed. Two claims of one key clash where a namespace sees both. */
  readonly key: string;

  /** The same for messages. */
  readonly text: string;

  /** What the second claimant is told to do. */
  readonly advice: string;
  readonly viewers: Viewers;
}

/** Who has something, by the namespaces that see it. */
type Claimants = Map<string, IConstruct>;

const claimsOfRoot = new WeakMap<IConstruct, Map<string, Claimants>>();

/**
 * Gives something to one construct of an app.
 *
 * @throws when another one has it already
 */
export function claim(owner: IConstruct, wanted: Claim): void {
  const problem = tryClaim(owner, wanted);
  if (problem !== undefined) {
    throw new Error(`[${owner.node.path}] ${problem}`);
  }
}

/** Gives something to one construct, or says why it cannot have it. */
export function tryClaim(owner: IConstruct, wanted: Claim): string | undefined {
  const other = findClaimant(owner, wanted.key, wanted.viewers);
  if (other !== undefined) {
    return `${wanted.text} belongs to [${other.construct.node.path}] already${other.place}, ${wanted.advice}`;
  }
  const claims = claimsOfRoot.get(owner.node.root) ?? new Map<string, Claimants>();
  claimsOfRoot.set(owner.node.root, claims);
  const claimants: Claimants = claims.get(wanted.key) ?? new Map();
  claims.set(wanted.key, claimants);
  wanted.viewers.forEach(viewer => claimants.set(viewer, owner));
  return undefined;
}

/** Who has something already. */
export interface Claimant {
  readonly construct: IConstruct;

  /** The namespaces that see both claims, where these are not all that see either. */
  readonly place: string;
}

/** Takes back a claim, when a construct turns out not to need it. */
export function releaseClaim(owner: IConstruct, key: string): void {
  const claimants = claimsOfRoot.get(owner.node.root)?.get(key);
  for (const [viewer, construct] of claimants ?? []) {
    if (construct === owner) {
      claimants!.delete(viewer);
    }
  }
}

/** Who else has something that namespaces see. */
export function findClaimant(owner: IConstruct, key: string, viewers: Viewers): Claimant | undefined {
  const claimants = claimsOfRoot.get(owner.node.root)?.get(key);
  if (claimants === undefined) {
    return undefined;
  }
  for (const viewer of viewers.has(EVERYONE) ? claimants.keys() : [...viewers, EVERYONE]) {
    const construct = claimants.get(viewer);
    if (construct !== undefined && construct !== owner) {
      const theirs = new Set([...claimants].filter(([, claimant]) => claimant === construct).map(([name]) => name));
      const common = commonViewers(viewers, theirs);
      return { construct, place: common === undefined ? '' : ` for ${common}` };
    }
  }
  return undefined;
}
