import type { RuleExample } from '../example';
import { GATEWAY_EXAMPLES } from './gateways';
import { OBJECT_EXAMPLES } from './objects';
import { ROUTE_EXAMPLES } from './routes';
import { TLS_EXAMPLES } from './tls';

export const GAP_EXAMPLES: readonly RuleExample[] = [...OBJECT_EXAMPLES, ...TLS_EXAMPLES, ...ROUTE_EXAMPLES, ...GATEWAY_EXAMPLES];
