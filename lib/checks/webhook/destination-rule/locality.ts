import type { LoadBalancer } from '../../../mesh/specs';
import { describe } from '../../../private/describe';
import { indexStep, keyStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';
import { findBadLocality, findBadLocalityInAnyOrder } from './localities';

type Locality = NonNullable<LoadBalancer['localityLbSetting']>;
type ZoneAware = NonNullable<LoadBalancer['zoneAwareLbSetting']>;
type Distribute = NonNullable<Locality['distribute']>[number];
type Failover = NonNullable<Locality['failover']>[number];

const TOPOLOGY_LABELS: ReadonlySet<string> = new Set(['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone']);

export function checkLocality(report: Report, locality: Locality | undefined, hasOutlierDetection: boolean): void {
  if (locality === undefined) {
    return;
  }
  const mark = report.mark;
  // after one of the first errors, Istio goes no further and warns of nothing
  if (checkDistribution(report, locality)) {
    checkFailover(report, 'DR10', locality, hasOutlierDetection);
  }
  report.under(mark, 'localityLbSetting');
}

export function checkZoneAware(report: Report, zoneAware: ZoneAware | undefined, hasOutlierDetection: boolean): void {
  if (zoneAware === undefined) {
    return;
  }
  const mark = report.mark;
  zoneAware.failoverPriority?.forEach((label, index) => {
    if (TOPOLOGY_LABELS.has(label)) {
      report.error('DR11', `.failoverPriority${indexStep(index)}`, `must not be ${describe(label)}, regions and zones are looked after without it`, { value: label });
    }
  });
  checkFailover(report, 'DR11', zoneAware, hasOutlierDetection);
  report.under(mark, 'zoneAwareLbSetting');
}

/** Answers whether Istio goes on. */
function checkDistribution(report: Report, locality: Locality): boolean {
  if (locality.distribute !== undefined && locality.failover !== undefined) {
    report.error('DR10', '', 'must have distribute or failover, not both');
    return false;
  }
  const label = locality.failover === undefined ? -1 : locality.failoverPriority?.findIndex(priority => TOPOLOGY_LABELS.has(priority)) ?? -1;
  if (label >= 0) {
    report.error('DR10', `.failoverPriority${indexStep(label)}`, `must not be ${describe(locality.failoverPriority![label])} next to failover, which is about regions itself`, {
      value: locality.failoverPriority![label],
    });
    return false;
  }
  const distribute = locality.distribute ?? [];
  let goesOn = true;
  distribute.forEach((entry, index) => {
    const mark = report.mark;
    goesOn = checkShares(report, entry) && goesOn;
    report.underItem(mark, 'distribute', index);
  });
  const bad = findBadLocality(distribute.map(entry => entry.from ?? ''));
  if (bad !== undefined) {
    const from = distribute[bad.index].from;
    report.error('DR10', `.distribute${indexStep(bad.index)}.from`, `${bad.problem}${got(from)}`, { value: from });
  }
  return goesOn;
}

/** Answers whether Istio goes on. */
function checkShares(report: Report, { to = {} }: Distribute): boolean {
  const mark = report.mark;
  const localities = Object.keys(to);
  let total = 0;
  for (const locality of localities) {
    const weight = to[locality]!;
    total += weight;
    if (weight <= 0 || weight > 100) {
      report.error('DR10', `.to${keyStep(locality)}`, `must be from 1 to 100, got ${weight}`, { value: weight });
    }
  }
  if (report.mark === mark && total !== 100) {
    report.error('DR10', '.to', `must have weights that make 100 together, got ${total}`, { value: to });
  }
  if (report.mark !== mark) {
    return false;
  }
  const bad = findBadLocalityInAnyOrder(localities);
  if (bad !== undefined) {
    const details = { value: bad.locality, ...(bad.random ? { random: true } : {}) };
    report.error('DR10', `.to${keyStep(bad.locality)}`, `${bad.problem}${got(bad.locality)}`, details);
  }
  return true;
}

function checkFailover(report: Report, rule: string, setting: Locality | ZoneAware, hasOutlierDetection: boolean): void {
  if ((setting.failover !== undefined || setting.failoverPriority !== undefined) && !hasOutlierDetection) {
    report.warn(rule, '', 'has failover, which does nothing without outlierDetection in the same policy', { fix: 'add outlierDetection' });
  }
  setting.failover?.forEach((failover: Failover, index) => {
    const { from = '', to = '' } = failover;
    const path = `.failover${indexStep(index)}`;
    if (from === to) {
      report.error(rule, path, `must go from one region to another${got(failover.from)} twice`, { value: failover });
    }
    for (const [field, region] of [['from', from], ['to', to]]) {
      if (region.includes('/') || region.includes('*')) {
        report.error(rule, `${path}.${field}`, `must be a region, without zone and wildcard${got(region)}`, { value: region });
      }
    }
  });
}
