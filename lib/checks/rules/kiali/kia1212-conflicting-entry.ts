import { Severity } from '../../finding';
import { CONFLICTING_PROTOCOLS } from '../analyzer/ist0177-conflicting-protocols';
import type { Rule } from '../rule';

/** From its release 1.31 on, Istio says the same itself. */
export const CONFLICTING_ENTRY: Rule = {
  code: 'KIA1212',
  severity: Severity.WARNING,
  title: 'Before Istio 1.31, whose analyzer says it as IST0177: all ServiceEntries with a host give one of its ports the same protocol.',
  falseAlarms: 'Kiali does not look at exportTo: entries that no client sees together are not reported.',
  check: context => context.isAtLeast(CONFLICTING_PROTOCOLS.since!) ? [] : CONFLICTING_PROTOCOLS.check(context),
};
