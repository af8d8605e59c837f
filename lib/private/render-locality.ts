import { describe } from './describe';
import { isLabelKey, isLabelValue } from './names';
import { checkGiven, checkInteger, checkList, checkMap, checkString, checkStruct, fail } from './validation';
import type { LocalityDistribution, RegionFailover } from '../locality';

/** The labels by which Istio itself orders endpoints. */
export const TOPOLOGY_LABELS = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'];

export function renderDistributions(property: string, distributions: LocalityDistribution[]): LocalityDistribution[] {
  const rendered = checkEntries(property, distributions, renderDistribution);
  rendered.forEach(({ from }, index) => {
    // a place may come before a wider one that takes the rest, not after it
    const earlier = rendered.slice(0, index).findIndex(other => hides(other.from, from));
    if (earlier >= 0) {
      throw new Error(`${property}[${index}].from ${describe(from)} overlaps with ${property}[${earlier}].from ${describe(rendered[earlier].from)}, write the narrower place first`);
    }
  });
  return rendered;
}

function renderDistribution(property: string, distribution: LocalityDistribution): LocalityDistribution {
  checkStruct(property, distribution, ['from', 'to']);
  const to = checkMap(`${property}.to`, checkGiven(`${property}.to`, distribution.to), (item, weight, locality) => {
    if (!isLocality(locality)) {
      throw new Error(`${property}.to has the key ${describe(locality)}, a key must be ${LOCALITY}`);
    }
    return checkInteger(item, weight, { min: 1, max: 100 });
  });
  const total = Object.values(to).reduce((sum, weight) => sum + weight, 0);
  if (total !== 100) {
    throw new Error(`${property}.to must add up to 100, got ${total}`);
  }
  checkDisjoint(`${property}.to`, Object.keys(to));
  return { from: checkLocality(`${property}.from`, checkGiven(`${property}.from`, distribution.from)), to };
}

function checkDisjoint(property: string, localities: string[]): void {
  localities.forEach((locality, index) => {
    const other = localities.slice(0, index).find(earlier => hides(earlier, locality) || hides(locality, earlier));
    if (other !== undefined) {
      throw new Error(`${property} must not overlap, got ${describe(other)} and ${describe(locality)}`);
    }
  });
}

const LOCALITY = 'region, region/zone or region/zone/subzone, of which the last may be \'*\'';

function isLocality(text: string): boolean {
  const parts = text.split('/');
  return parts.length <= 3 && parts.every((part, index) => part !== '' && (!part.includes('*') || (part === '*' && index === parts.length - 1)));
}

function checkLocality(property: string, locality: string): string {
  if (typeof locality !== 'string' || !isLocality(locality)) {
    fail(property, LOCALITY, locality);
  }
  return locality;
}

/** Whether Istio refuses a locality after an earlier one: nothing would be left for it. */
function hides(earlier: string, later: string): boolean {
  const [region, zone, subzone] = earlier.split('/');
  const [laterRegion, laterZone, laterSubzone] = later.split('/');
  if (region === '*') {
    return true;
  }
  if (region !== laterRegion) {
    return false;
  }
  if (zone === undefined || zone === '*' || laterZone === undefined) {
    return true;
  }
  return zone === laterZone && (subzone === undefined || subzone === '*' || laterSubzone === undefined || subzone === laterSubzone);
}

export function renderFailovers(property: string, failovers: RegionFailover[]): RegionFailover[] {
  const rendered = checkEntries(property, failovers, renderFailover);
  rendered.forEach(({ from }, index) => {
    const first = rendered.findIndex(other => other.from === from);
    if (first !== index) {
      throw new Error(`${property}[${index}].from ${describe(from)} repeats ${property}[${first}].from, a region fails over to one other only`);
    }
  });
  return rendered;
}

function renderFailover(property: string, failover: RegionFailover): RegionFailover {
  checkStruct(property, failover, ['from', 'to']);
  const from = checkRegion(`${property}.from`, failover.from);
  const to = checkRegion(`${property}.to`, failover.to);
  if (from === to) {
    throw new Error(`${property}.to must be another region than ${property}.from, got ${describe(to)} for both`);
  }
  return { from, to };
}

function checkRegion(property: string, region: string): string {
  checkString(property, checkGiven(property, region));
  if (/[/*]/.test(region)) {
    throw new Error(`${property} must be a region without zone and wildcard, got ${describe(region)}`);
  }
  return region;
}

/** Labels `key` or `key=value`, each key once: of a key that repeats, Istio keeps the last value for all. */
export function renderFailoverPriority(property: string, labels: string[], excluded: readonly string[]): string[] {
  const keys: string[] = [];
  return checkEntries(property, labels, (item, label) => {
    const [key, value, ...rest] = typeof label === 'string' ? label.split('=') : [''];
    if (!isLabelKey(key) || !isLabelValue(value ?? '') || rest.length > 0) {
      throw new Error(`${item} must be the key of a label, or key=value, got ${describe(label)}`);
    }
    if (excluded.includes(label)) {
      throw new Error(`${item} must not be ${describe(label)} here, Istio orders regions, zones and subzones itself`);
    }
    if (keys.includes(key)) {
      throw new Error(`${item} ${describe(label)} repeats the key of ${property}[${keys.indexOf(key)}]`);
    }
    keys.push(key);
    return label;
  });
}

function checkEntries<T, U>(property: string, entries: T[], check: (item: string, entry: T) => U): U[] {
  const checked = checkList(property, entries, check);
  if (checked.length === 0) {
    throw new Error(`${property} must not be empty`);
  }
  return checked;
}
