import { MISSING_GATEWAY } from './analyzer/ist0101-missing-gateway';
import { MISSING_HOST } from './analyzer/ist0101-missing-host';
import { MISSING_PORT } from './analyzer/ist0101-missing-port';
import { MISSING_SECRET } from './analyzer/ist0101-missing-secret';
import { MISSING_SUBSET } from './analyzer/ist0101-missing-subset';
import { UNSELECTED_PODS } from './analyzer/ist0101-unselected-pods';
import { AMBIGUOUS_PORT } from './analyzer/ist0112-ambiguous-port';
import { HOST_NOT_AT_GATEWAY } from './analyzer/ist0132-host-not-at-gateway';
import { DUPLICATE_CERTIFICATE } from './analyzer/ist0138-duplicate-certificate';
import { INVALID_CERTIFICATE } from './analyzer/ist0161-invalid-certificate';
import { PORT_NOT_ON_SERVICE } from './analyzer/ist0162-port-not-on-service';
import { INTERNAL_GATEWAY_REFERENCE } from './analyzer/ist0165-internal-gateway';
import type { Rule } from './rule';

/** What Istio's own analyzer says, with its codes. */
export const ANALYZER_RULES: readonly Rule[] = [
  MISSING_GATEWAY,
  MISSING_HOST,
  MISSING_PORT,
  MISSING_SUBSET,
  UNSELECTED_PODS,
  MISSING_SECRET,
  AMBIGUOUS_PORT,
  HOST_NOT_AT_GATEWAY,
  DUPLICATE_CERTIFICATE,
  INVALID_CERTIFICATE,
  PORT_NOT_ON_SERVICE,
  INTERNAL_GATEWAY_REFERENCE,
];
