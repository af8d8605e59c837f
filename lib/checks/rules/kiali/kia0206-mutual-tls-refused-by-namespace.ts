import { Severity } from '../../finding';
import type { Rule } from '../rule';
import { refusedModes } from '../shared/refused-modes';

export const MUTUAL_TLS_REFUSED_BY_NAMESPACE: Rule = {
  code: 'KIA0206',
  severity: Severity.WARNING,
  title: 'Where clients of a namespace speak mutual TLS, no PeerAuthentication switches it off there.',
  check: context => refusedModes(context, { isForMesh: false, sent: 'ISTIO_MUTUAL', accepted: 'DISABLE' }),
};
