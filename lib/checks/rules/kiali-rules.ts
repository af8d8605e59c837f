import { UNKNOWN_EXPORT_NAMESPACE } from './kiali/kia0005-unknown-export-namespace';
import { IGNORED_POLICY } from './kiali/kia0201-ignored-policy';
import { LOST_MUTUAL_TLS } from './kiali/kia0204-lost-mutual-tls';
import { MUTUAL_TLS_REFUSED_BY_MESH } from './kiali/kia0205-mutual-tls-refused-by-mesh';
import { MUTUAL_TLS_REFUSED_BY_NAMESPACE } from './kiali/kia0206-mutual-tls-refused-by-namespace';
import { PLAIN_TEXT_REFUSED_BY_NAMESPACE } from './kiali/kia0207-plain-text-refused-by-namespace';
import { PLAIN_TEXT_REFUSED_BY_MESH } from './kiali/kia0208-plain-text-refused-by-mesh';
import { SUBSET_WITHOUT_LABELS } from './kiali/kia0209-subset-without-labels';
import { POLICY_WITHOUT_WAYPOINT } from './kiali/kia0210-policy-without-waypoint';
import { POLICY_OF_SERVICE_WITHOUT_WAYPOINT } from './kiali/kia0211-policy-of-service-without-waypoint';
import { POLICY_OF_OTHER_NAMESPACE } from './kiali/kia0212-policy-of-other-namespace';
import { OVERLAPPING_SERVERS } from './kiali/kia0301-overlapping-servers';
import { UNKNOWN_EGRESS_HOST } from './kiali/kia1004-unknown-egress-host';
import { SINGLE_WEIGHT } from './kiali/kia1104-single-weight';
import { REPEATED_DESTINATION } from './kiali/kia1105-repeated-destination';
import { OVERLAPPING_ROUTES } from './kiali/kia1106-overlapping-routes';
import { OLD_GATEWAY_NAME } from './kiali/kia1108-old-gateway-name';
import { ROUTES_WITHOUT_WAYPOINT } from './kiali/kia1109-routes-without-waypoint';
import { SERVICE_WITHOUT_WAYPOINT } from './kiali/kia1113-service-without-waypoint';
import { ROUTES_OF_OTHER_NAMESPACE } from './kiali/kia1114-routes-of-other-namespace';
import { REPEATED_ENTRY } from './kiali/kia1211-repeated-entry';
import { CONFLICTING_ENTRY } from './kiali/kia1212-conflicting-entry';
import type { Rule } from './rule';

/** What Kiali says and Istio does not, with Kiali's codes. */
export const KIALI_RULES: readonly Rule[] = [
  UNKNOWN_EXPORT_NAMESPACE,
  IGNORED_POLICY,
  LOST_MUTUAL_TLS,
  MUTUAL_TLS_REFUSED_BY_MESH,
  MUTUAL_TLS_REFUSED_BY_NAMESPACE,
  PLAIN_TEXT_REFUSED_BY_NAMESPACE,
  PLAIN_TEXT_REFUSED_BY_MESH,
  SUBSET_WITHOUT_LABELS,
  POLICY_WITHOUT_WAYPOINT,
  POLICY_OF_SERVICE_WITHOUT_WAYPOINT,
  POLICY_OF_OTHER_NAMESPACE,
  OVERLAPPING_SERVERS,
  UNKNOWN_EGRESS_HOST,
  SINGLE_WEIGHT,
  REPEATED_DESTINATION,
  OVERLAPPING_ROUTES,
  OLD_GATEWAY_NAME,
  ROUTES_WITHOUT_WAYPOINT,
  SERVICE_WITHOUT_WAYPOINT,
  ROUTES_OF_OTHER_NAMESPACE,
  REPEATED_ENTRY,
  CONFLICTING_ENTRY,
];
