import type { RuleExample } from '../example';
import { AMBIENT_EXAMPLES } from './ambient';
import { DESTINATION_RULE_EXAMPLES } from './destination-rules';
import { HOST_EXAMPLES } from './hosts';
import { ROUTE_EXAMPLES } from './routes';

export const KIALI_EXAMPLES: readonly RuleExample[] = [...ROUTE_EXAMPLES, ...DESTINATION_RULE_EXAMPLES, ...HOST_EXAMPLES, ...AMBIENT_EXAMPLES];
