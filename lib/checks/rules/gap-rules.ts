import { DUPLICATE_OBJECT } from './gaps/ci0002-duplicate-object';
import { TLS_INSIDE_TLS } from './gaps/ci0003-tls-inside-tls';
import { HTTP_RULES_WITHOUT_HTTP } from './gaps/ci0004-http-rules-without-http';
import { PLAIN_TEXT_TO_TLS_PORT } from './gaps/ci0005-plain-text-to-tls-port';
import { UNUSED_SECTION } from './gaps/ci0006-unused-section';
import { HIDDEN_ROUTE } from './gaps/ci0007-hidden-route';
import { RETRIES_BEYOND_TIMEOUT } from './gaps/ci0008-retries-beyond-timeout';
import { HOST_WITHOUT_SERVER } from './gaps/ci0009-host-without-server';
import { HOST_OF_OTHER_NAMESPACES } from './gaps/ci0010-host-of-other-namespaces';
import { LOST_DELEGATION } from './gaps/ci0011-lost-delegation';
import { UNUSED_DELEGATE } from './gaps/ci0012-unused-delegate';
import { RULE_OUT_OF_REACH } from './gaps/ci0013-rule-out-of-reach';
import { UNKNOWN_PORT } from './gaps/ci0014-unknown-port';
import { REWRITTEN_SLASHES } from './gaps/ci0015-rewritten-slashes';
import { DROPPED_SERVER } from './gaps/ci0016-dropped-server';
import { UNNAMED_GATEWAY } from './gaps/ci0017-unnamed-gateway';
import { IGNORED_SOURCE } from './gaps/ci0018-ignored-source';
import { HIDDEN_FROM_GATEWAY } from './gaps/ci0019-hidden-from-gateway';
import { TWO_PART_HOST } from './gaps/ci0020-two-part-host';
import { SHORT_HOST_AT_GATEWAY } from './gaps/ci0021-short-host-at-gateway';
import { HASH_WITHOUT_HTTP } from './gaps/ci0022-hash-without-http';
import { FAILOVER_WITHOUT_OUTLIERS } from './gaps/ci0023-failover-without-outliers';
import { REPLACED_POLICY } from './gaps/ci0024-replaced-policy';
import { SUM_OF_WEIGHTS } from './gaps/ci0025-sum-of-weights';
import { ENTRY_OF_SERVICE } from './gaps/ci0026-entry-of-service';
import { PORT_OF_LISTENER } from './gaps/ci0027-port-of-listener';
import { REFUSED_BY_ENVOY } from './gaps/ci0028-refused-by-envoy';
import { IMPOSSIBLE_MATCH } from './gaps/ci0029-impossible-match';
import { SETTING_WITHOUT_EFFECT } from './gaps/ci0030-setting-without-effect';
import { ARGO_ROLLOUT } from './gaps/ci0031-argo-rollout';
import { FLAGGER_CANARY } from './gaps/ci0032-flagger-canary';
import { ENTRIES_THAT_DO_NOT_FIT } from './gaps/ci0033-entries-that-do-not-fit';
import { LOST_DESTINATION } from './gaps/ci0034-lost-destination';
import { CRASHING_HOSTS } from './gaps/ci0035-crashing-hosts';
import type { Rule } from './rule';

/** What nobody else reports. */
export const GAP_RULES: readonly Rule[] = [
  DUPLICATE_OBJECT,
  TLS_INSIDE_TLS,
  HTTP_RULES_WITHOUT_HTTP,
  PLAIN_TEXT_TO_TLS_PORT,
  UNUSED_SECTION,
  HIDDEN_ROUTE,
  RETRIES_BEYOND_TIMEOUT,
  HOST_WITHOUT_SERVER,
  HOST_OF_OTHER_NAMESPACES,
  LOST_DELEGATION,
  UNUSED_DELEGATE,
  RULE_OUT_OF_REACH,
  UNKNOWN_PORT,
  REWRITTEN_SLASHES,
  DROPPED_SERVER,
  UNNAMED_GATEWAY,
  IGNORED_SOURCE,
  HIDDEN_FROM_GATEWAY,
  TWO_PART_HOST,
  SHORT_HOST_AT_GATEWAY,
  HASH_WITHOUT_HTTP,
  FAILOVER_WITHOUT_OUTLIERS,
  REPLACED_POLICY,
  SUM_OF_WEIGHTS,
  ENTRY_OF_SERVICE,
  PORT_OF_LISTENER,
  REFUSED_BY_ENVOY,
  IMPOSSIBLE_MATCH,
  SETTING_WITHOUT_EFFECT,
  ARGO_ROLLOUT,
  FLAGGER_CANARY,
  ENTRIES_THAT_DO_NOT_FIT,
  LOST_DESTINATION,
  CRASHING_HOSTS,
];
