import { Severity } from '../../finding';
import type { Rule } from '../rule';
import { refusedModes } from '../shared/refused-modes';

export const PLAIN_TEXT_REFUSED_BY_MESH: Rule = {
  code: 'KIA0208',
  severity: Severity.WARNING,
  title: 'Where clients of the whole mesh speak plain text, no PeerAuthentication of the mesh asks for mutual TLS.',
  check: context => refusedModes(context, { isForMesh: true, sent: 'DISABLE', accepted: 'STRICT' }),
};
