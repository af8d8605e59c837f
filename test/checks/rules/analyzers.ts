import type { Rule } from '../../../lib/checks/rules';
import { DEPRECATED_FIELD } from '../../../lib/checks/rules/analyzer/ist0002-deprecated-field';
import { GATEWAY_WITHOUT_SERVERS } from '../../../lib/checks/rules/analyzer/ist0101-gateway-without-servers';
import { MISSING_GATEWAY } from '../../../lib/checks/rules/analyzer/ist0101-missing-gateway';
import { MISSING_HOST } from '../../../lib/checks/rules/analyzer/ist0101-missing-host';
import { MISSING_PORT } from '../../../lib/checks/rules/analyzer/ist0101-missing-port';
import { MISSING_SECRET } from '../../../lib/checks/rules/analyzer/ist0101-missing-secret';
import { MISSING_SUBSET } from '../../../lib/checks/rules/analyzer/ist0101-missing-subset';
import { UNSELECTED_PODS } from '../../../lib/checks/rules/analyzer/ist0101-unselected-pods';
import { MISPLACED_ANNOTATION } from '../../../lib/checks/rules/analyzer/ist0107-misplaced-annotation';
import { UNKNOWN_ANNOTATION } from '../../../lib/checks/rules/analyzer/ist0108-unknown-annotation';
import { MESH_HOST_CONFLICT } from '../../../lib/checks/rules/analyzer/ist0109-mesh-host-conflict';
import { AMBIGUOUS_PORT } from '../../../lib/checks/rules/analyzer/ist0112-ambiguous-port';
import { SEVERAL_TRANSPORTS } from '../../../lib/checks/rules/analyzer/ist0116-several-transports';
import { PORT_NAME } from '../../../lib/checks/rules/analyzer/ist0118-port-name';
import { INVALID_ANNOTATION } from '../../../lib/checks/rules/analyzer/ist0125-invalid-annotation';
import { UNVERIFIED_SERVER } from '../../../lib/checks/rules/analyzer/ist0128-unverified-server';
import { UNVERIFIED_SERVER_OF_PORT } from '../../../lib/checks/rules/analyzer/ist0129-unverified-server-of-port';
import { HOST_NOT_AT_GATEWAY } from '../../../lib/checks/rules/analyzer/ist0132-host-not-at-gateway';
import { ADDRESSES_REQUIRED } from '../../../lib/checks/rules/analyzer/ist0134-addresses-required';
import { DEPRECATED_ANNOTATION } from '../../../lib/checks/rules/analyzer/ist0135-deprecated-annotation';
import { SHARED_TARGET_PORT } from '../../../lib/checks/rules/analyzer/ist0137-shared-target-port';
import { DUPLICATE_CERTIFICATE } from '../../../lib/checks/rules/analyzer/ist0138-duplicate-certificate';
import { ROUTES_PAST_SUBSETS } from '../../../lib/checks/rules/analyzer/ist0140-routes-past-subsets';
import { CONFLICTING_GATEWAYS } from '../../../lib/checks/rules/analyzer/ist0145-conflicting-gateways';
import { JWT_CLAIMS } from '../../../lib/checks/rules/analyzer/ist0149-jwt-claims';
import { EXTERNAL_NAME_PORT } from '../../../lib/checks/rules/analyzer/ist0150-external-name-port';
import { INVALID_CERTIFICATE } from '../../../lib/checks/rules/analyzer/ist0161-invalid-certificate';
import { PORT_NOT_ON_SERVICE } from '../../../lib/checks/rules/analyzer/ist0162-port-not-on-service';
import { INTERNAL_GATEWAY_REFERENCE } from '../../../lib/checks/rules/analyzer/ist0165-internal-gateway';
import { NEGATIVE_CONDITION } from '../../../lib/checks/rules/analyzer/ist0171-negative-condition';
import { UNSELECTED_SUBSET } from '../../../lib/checks/rules/analyzer/ist0173-unselected-subset';
import { UNKNOWN_RULE_HOST } from '../../../lib/checks/rules/analyzer/ist0174-unknown-rule-host';
import { CONFLICTING_PROTOCOLS } from '../../../lib/checks/rules/analyzer/ist0177-conflicting-protocols';

/** The rules that each of Istio's analyzers stands for, by its name. */
export const RULES_OF_ANALYZER: { readonly [analyzer: string]: readonly Rule[] } = {
  'annotations.K8sAnalyzer': [MISPLACED_ANNOTATION, UNKNOWN_ANNOTATION, INVALID_ANNOTATION, DEPRECATED_ANNOTATION],
  'conditions.ConditionAnalyzer': [NEGATIVE_CONDITION],
  'deployment.MultiServiceAnalyzer': [SEVERAL_TRANSPORTS, SHARED_TARGET_PORT],
  'deprecation.DeprecationAnalyzer': [DEPRECATED_FIELD],
  'destinationrule.CaCertificateAnalyzer': [UNVERIFIED_SERVER, UNVERIFIED_SERVER_OF_PORT],
  'destinationrule.SubsetSelectPodAnalyzer': [UNKNOWN_RULE_HOST, UNSELECTED_SUBSET],
  'gateway.CertificateAnalyzer': [DUPLICATE_CERTIFICATE],
  'gateway.ConflictingGatewayAnalyzer': [CONFLICTING_GATEWAYS, GATEWAY_WITHOUT_SERVERS],
  'gateway.IngressGatewayPortAnalyzer': [UNSELECTED_PODS, PORT_NOT_ON_SERVICE],
  'gateway.SecretAnalyzer': [UNSELECTED_PODS, MISSING_SECRET, INVALID_CERTIFICATE],
  'service.PortNameAnalyzer': [PORT_NAME, EXTERNAL_NAME_PORT],
  'serviceentry.Analyzer': [ADDRESSES_REQUIRED],
  'serviceentry.ConflictingServiceEntryProtocolAnalyzer': [CONFLICTING_PROTOCOLS],
  'virtualservice.ConflictingMeshGatewayHostsAnalyzer': [MESH_HOST_CONFLICT],
  'virtualservice.DestinationHostAnalyzer': [MISSING_HOST, MISSING_PORT, AMBIGUOUS_PORT, ROUTES_PAST_SUBSETS],
  'virtualservice.DestinationRuleAnalyzer': [MISSING_SUBSET],
  'virtualservice.GatewayAnalyzer': [MISSING_GATEWAY, HOST_NOT_AT_GATEWAY, INTERNAL_GATEWAY_REFERENCE],
  'virtualservice.JWTClaimRouteAnalyzer': [JWT_CLAIMS],
};
