import { checkLocality, checkZoneAware } from './locality';
import type { ConsistentHash, LoadBalancer } from '../../../mesh/specs';
import { describe } from '../../../private/describe';
import { indexStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';
import { checkDuration } from '../primitives/durations';

export function checkLoadBalancer(report: Report, loadBalancer: LoadBalancer | undefined, hasOutlierDetection: boolean): void {
  if (loadBalancer === undefined) {
    return;
  }
  const mark = report.mark;
  checkConsistentHash(report, loadBalancer.consistentHash);
  if (loadBalancer.localityLbSetting !== undefined && loadBalancer.zoneAwareLbSetting !== undefined) {
    report.error('DR9', '', 'must have localityLbSetting or zoneAwareLbSetting, not both');
  }
  checkLocality(report, loadBalancer.localityLbSetting, hasOutlierDetection);
  checkZoneAware(report, loadBalancer.zoneAwareLbSetting, hasOutlierDetection);
  checkWarmup(report, loadBalancer.warmup);
  report.under(mark, 'loadBalancer');
}

function checkConsistentHash(report: Report, hash: ConsistentHash | undefined): void {
  if (hash === undefined) {
    return;
  }
  const mark = report.mark;
  checkCookie(report, hash.httpCookie);
  if ((hash.minimumRingSize ?? 0) !== 0) {
    report.warn('DR8', '.minimumRingSize', 'is deprecated', { value: hash.minimumRingSize, fix: 'write ringHash: { minimumRingSize }' });
    if (hash.ringHash !== undefined || hash.maglev !== undefined) {
      report.error('DR8', '.minimumRingSize', 'must not be given with ringHash or maglev', { value: hash.minimumRingSize });
    }
  }
  checkTableSize(report, hash.maglev);
  report.under(mark, 'consistentHash');
}

function checkCookie(report: Report, cookie: ConsistentHash['httpCookie']): void {
  if (cookie === undefined) {
    return;
  }
  if ((cookie.name ?? '') === '') {
    report.error('DR8', '.httpCookie.name', 'must be given', { value: cookie.name });
  }
  const names = new Map<string, number>();
  cookie.attributes?.forEach((attribute, index) => {
    const path = `.httpCookie.attributes${indexStep(index)}.name`;
    const name = attribute.name ?? '';
    if (name === '') {
      report.error('DR8', path, 'must be given', { value: attribute.name });
    } else if (names.has(name)) {
      report.error('DR8', path, `must be unique, but ${describe(name)} is also the name of attributes[${names.get(name)}]`, { value: name });
    } else {
      names.set(name, index);
    }
  });
}

const TABLE_LIMIT = 5000011;

function checkTableSize(report: Report, maglev: ConsistentHash['maglev']): void {
  if (maglev === undefined) {
    return;
  }
  const size = maglev.tableSize ?? 0;
  if (size >= TABLE_LIMIT || !isTableSize(size)) {
    report.error('DR8', '.maglev.tableSize', `must be a prime number below ${TABLE_LIMIT}${got(maglev.tableSize)}`, {
      value: maglev.tableSize, fix: "65537 is Envoy's default",
    });
  }
}

/** A prime number, or 1. */
function isTableSize(size: number): boolean {
  if (size < 4) {
    return size > 0;
  }
  if (size % 2 === 0) {
    return false;
  }
  for (let factor = 3; factor * factor <= size; factor += 2) {
    if (size % factor === 0) {
      return false;
    }
  }
  return true;
}

function checkWarmup(report: Report, warmup: LoadBalancer['warmup']): void {
  if (warmup === undefined) {
    return;
  }
  if (warmup.duration === undefined) {
    report.error('DR12', '.warmup.duration', 'must be given');
  }
  checkDuration(report, 'DR12', '.warmup.duration', warmup.duration);
  if (warmup.minimumPercent !== undefined && warmup.minimumPercent > 100) {
    report.error('DR12', '.warmup.minimumPercent', `must be at most 100, got ${warmup.minimumPercent}`, { value: warmup.minimumPercent });
  }
  if (warmup.aggression !== undefined && warmup.aggression <= 0) {
    report.error('DR12', '.warmup.aggression', `must be more than 0, got ${warmup.aggression}`, { value: warmup.aggression });
  }
}
