// localities as Istio compares them: `region`, `region/zone` or `region/zone/subzone`, the last part of which may be a wildcard

export interface BadLocality {
  readonly index: number;
  /** To be read after the path. */
  readonly problem: string;
}

type Zones = Map<string, Set<string>>;

/** The first of some localities that is malformed or overlaps with one before. */
export function findBadLocality(localities: readonly string[]): BadLocality | undefined {
  const regions = new Map<string, Zones>();
  for (let index = 0; index < localities.length; index++) {
    const problem = malformed(localities[index]) ?? add(regions, localities[index]);
    if (problem !== undefined) {
      return { index, problem };
    }
  }
  return undefined;
}

export interface BadLocalityOfMap {
  readonly locality: string;
  readonly problem: string;
  /** Whether there is nothing wrong in some orders. */
  readonly random: boolean;
}

/** The same for localities that come in any order, as the keys of a map do in Go. */
export function findBadLocalityInAnyOrder(localities: readonly string[]): BadLocalityOfMap | undefined {
  // a wildcard may come after what it covers, but not before
  const wildcardsLast = [...localities].sort((a, b) => depthOfWildcard(b) - depthOfWildcard(a));
  const always = findBadLocality(wildcardsLast);
  if (always !== undefined) {
    return { locality: wildcardsLast[always.index], problem: always.problem, random: false };
  }
  const wildcardsFirst = wildcardsLast.reverse();
  const sometimes = findBadLocality(wildcardsFirst);
  return sometimes === undefined ? undefined : { locality: wildcardsFirst[sometimes.index], problem: sometimes.problem, random: true };
}

/** How narrow a wildcard is. What has none is narrower than all of them. */
function depthOfWildcard(locality: string): number {
  return locality.endsWith('*') ? locality.split('/', 3).length : 4;
}

function malformed(locality: string): string | undefined {
  const star = locality.indexOf('*');
  if (star >= 0 && star !== locality.length - 1) {
    return "must have '*' at the end only";
  }
  return parts(locality).includes('') ? 'must be region, region/zone or region/zone/subzone, without empty parts' : undefined;
}

/** What follows the second slash is one part, slashes and all. */
function parts(locality: string): string[] {
  const [region, zone, ...rest] = locality.split('/');
  return zone === undefined ? [region] : rest.length === 0 ? [region, zone] : [region, zone, rest.join('/')];
}

function add(regions: Map<string, Zones>, locality: string): string | undefined {
  const overlap = 'must not overlap with another one';
  const [region, zone, subzone] = parts(locality);
  const zones = regions.get(region);
  if (regions.has('*') || (zone === undefined && zones !== undefined) || zones?.has('*') === true) {
    return overlap;
  }
  if (zones === undefined) {
    regions.set(region, new Map([[zone ?? '*', new Set([subzone ?? '*'])]]));
    return undefined;
  }
  const subzones = zones.get(zone);
  if (subzones === undefined) {
    zones.set(zone, new Set([subzone ?? '*']));
    return undefined;
  }
  if (subzone === undefined || subzones.has('*') || subzones.has(subzone)) {
    return overlap;
  }
  subzones.add(subzone);
  return undefined;
}
