import { DUPLICATE_OBJECT } from './gaps/ci0002-duplicate-object';
import { TLS_INSIDE_TLS } from './gaps/ci0003-tls-inside-tls';
import { HTTP_RULES_WITHOUT_HTTP } from './gaps/ci0004-http-rules-without-http';
import { PLAIN_TEXT_TO_TLS_PORT } from './gaps/ci0005-plain-text-to-tls-port';
import { UNUSED_SECTION } from './gaps/ci0006-unused-section';
import type { Rule } from './rule';

/** What nobody else reports. */
export const GAP_RULES: readonly Rule[] = [
  DUPLICATE_OBJECT,
  TLS_INSIDE_TLS,
  HTTP_RULES_WITHOUT_HTTP,
  PLAIN_TEXT_TO_TLS_PORT,
  UNUSED_SECTION,
];
