import { Severity } from '../../finding';
import type { Rule } from '../rule';
import { refusedModes } from '../shared/refused-modes';

export const MUTUAL_TLS_REFUSED_BY_MESH: Rule = {
  code: 'KIA0205',
  severity: Severity.WARNING,
  title: 'Where clients of the whole mesh speak mutual TLS, no PeerAuthentication of the mesh switches it off.',
  check: context => refusedModes(context, { isForMesh: true, sent: 'ISTIO_MUTUAL', accepted: 'DISABLE' }),
};
