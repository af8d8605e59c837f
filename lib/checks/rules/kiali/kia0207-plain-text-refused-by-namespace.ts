import { Severity } from '../../finding';
import type { Rule } from '../rule';
import { refusedModes } from '../shared/refused-modes';

export const PLAIN_TEXT_REFUSED_BY_NAMESPACE: Rule = {
  code: 'KIA0207',
  severity: Severity.WARNING,
  title: 'Where clients of a namespace speak plain text, no PeerAuthentication asks for mutual TLS there.',
  check: context => refusedModes(context, { isForMesh: false, sent: 'DISABLE', accepted: 'STRICT' }),
};
