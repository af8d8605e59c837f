import type { RuleExample } from '../example';
import { DESTINATION_EXAMPLES } from './destinations';
import { GATEWAY_EXAMPLES } from './gateways';

export const ANALYZER_EXAMPLES: readonly RuleExample[] = [...GATEWAY_EXAMPLES, ...DESTINATION_EXAMPLES];
