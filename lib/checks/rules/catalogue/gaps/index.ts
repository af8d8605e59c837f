import type { RuleExample } from '../example';
import { DELIVERY_EXAMPLES } from './delivery';
import { GATEWAY_EXAMPLES } from './gateways';
import { HOST_EXAMPLES } from './hosts';
import { OBJECT_EXAMPLES } from './objects';
import { POLICY_EXAMPLES } from './policies';
import { ROUTE_EXAMPLES } from './routes';
import { TLS_EXAMPLES } from './tls';

export const GAP_EXAMPLES: readonly RuleExample[] = [
  ...OBJECT_EXAMPLES, ...TLS_EXAMPLES, ...ROUTE_EXAMPLES, ...GATEWAY_EXAMPLES, ...HOST_EXAMPLES, ...POLICY_EXAMPLES, ...DELIVERY_EXAMPLES,
];
