import { DEPRECATED_FIELD } from './analyzer/ist0002-deprecated-field';
import { GATEWAY_WITHOUT_SERVERS } from './analyzer/ist0101-gateway-without-servers';
import { MISSING_GATEWAY } from './analyzer/ist0101-missing-gateway';
import { MISSING_HOST } from './analyzer/ist0101-missing-host';
import { MISSING_PORT } from './analyzer/ist0101-missing-port';
import { MISSING_SECRET } from './analyzer/ist0101-missing-secret';
import { MISSING_SUBSET } from './analyzer/ist0101-missing-subset';
import { UNSELECTED_PODS } from './analyzer/ist0101-unselected-pods';
import { MISPLACED_ANNOTATION } from './analyzer/ist0107-misplaced-annotation';
import { UNKNOWN_ANNOTATION } from './analyzer/ist0108-unknown-annotation';
import { MESH_HOST_CONFLICT } from './analyzer/ist0109-mesh-host-conflict';
import { AMBIGUOUS_PORT } from './analyzer/ist0112-ambiguous-port';
import { SEVERAL_TRANSPORTS } from './analyzer/ist0116-several-transports';
import { PORT_NAME } from './analyzer/ist0118-port-name';
import { INVALID_ANNOTATION } from './analyzer/ist0125-invalid-annotation';
import { UNVERIFIED_SERVER } from './analyzer/ist0128-unverified-server';
import { UNVERIFIED_SERVER_OF_PORT } from './analyzer/ist0129-unverified-server-of-port';
import { HOST_NOT_AT_GATEWAY } from './analyzer/ist0132-host-not-at-gateway';
import { ADDRESSES_REQUIRED } from './analyzer/ist0134-addresses-required';
import { DEPRECATED_ANNOTATION } from './analyzer/ist0135-deprecated-annotation';
import { SHARED_TARGET_PORT } from './analyzer/ist0137-shared-target-port';
import { DUPLICATE_CERTIFICATE } from './analyzer/ist0138-duplicate-certificate';
import { ROUTES_PAST_SUBSETS } from './analyzer/ist0140-routes-past-subsets';
import { CONFLICTING_GATEWAYS } from './analyzer/ist0145-conflicting-gateways';
import { JWT_CLAIMS } from './analyzer/ist0149-jwt-claims';
import { EXTERNAL_NAME_PORT } from './analyzer/ist0150-external-name-port';
import { INVALID_CERTIFICATE } from './analyzer/ist0161-invalid-certificate';
import { PORT_NOT_ON_SERVICE } from './analyzer/ist0162-port-not-on-service';
import { INTERNAL_GATEWAY_REFERENCE } from './analyzer/ist0165-internal-gateway';
import { NEGATIVE_CONDITION } from './analyzer/ist0171-negative-condition';
import { UNSELECTED_SUBSET } from './analyzer/ist0173-unselected-subset';
import { UNKNOWN_RULE_HOST } from './analyzer/ist0174-unknown-rule-host';
import { CONFLICTING_PROTOCOLS } from './analyzer/ist0177-conflicting-protocols';
import type { Rule } from './rule';

/** What Istio's own analyzer says, with its codes. */
export const ANALYZER_RULES: readonly Rule[] = [
  DEPRECATED_FIELD,
  GATEWAY_WITHOUT_SERVERS,
  MISSING_GATEWAY,
  MISSING_HOST,
  MISSING_PORT,
  MISSING_SECRET,
  MISSING_SUBSET,
  UNSELECTED_PODS,
  MISPLACED_ANNOTATION,
  UNKNOWN_ANNOTATION,
  MESH_HOST_CONFLICT,
  AMBIGUOUS_PORT,
  SEVERAL_TRANSPORTS,
  PORT_NAME,
  INVALID_ANNOTATION,
  UNVERIFIED_SERVER,
  UNVERIFIED_SERVER_OF_PORT,
  HOST_NOT_AT_GATEWAY,
  ADDRESSES_REQUIRED,
  DEPRECATED_ANNOTATION,
  SHARED_TARGET_PORT,
  DUPLICATE_CERTIFICATE,
  ROUTES_PAST_SUBSETS,
  CONFLICTING_GATEWAYS,
  JWT_CLAIMS,
  EXTERNAL_NAME_PORT,
  INVALID_CERTIFICATE,
  PORT_NOT_ON_SERVICE,
  INTERNAL_GATEWAY_REFERENCE,
  NEGATIVE_CONDITION,
  UNSELECTED_SUBSET,
  UNKNOWN_RULE_HOST,
  CONFLICTING_PROTOCOLS,
];
