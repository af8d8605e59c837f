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
];
