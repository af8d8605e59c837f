import type { RuleExample } from '../example';
import { DESTINATION_EXAMPLES } from './destinations';
import { GATEWAY_EXAMPLES } from './gateways';
import { HOST_EXAMPLES } from './hosts';
import { SERVICE_EXAMPLES } from './services';

export const ANALYZER_EXAMPLES: readonly RuleExample[] = [...GATEWAY_EXAMPLES, ...DESTINATION_EXAMPLES, ...HOST_EXAMPLES, ...SERVICE_EXAMPLES];
