import type { RuleExample } from '../example';
import { GATEWAY_EXAMPLES } from './gateways';

export const ANALYZER_EXAMPLES: readonly RuleExample[] = [...GATEWAY_EXAMPLES];
