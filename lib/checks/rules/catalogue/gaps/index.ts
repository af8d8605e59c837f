import type { RuleExample } from '../example';
import { OBJECT_EXAMPLES } from './objects';
import { TLS_EXAMPLES } from './tls';

export const GAP_EXAMPLES: readonly RuleExample[] = [...OBJECT_EXAMPLES, ...TLS_EXAMPLES];
