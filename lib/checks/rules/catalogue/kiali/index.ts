import type { RuleExample } from '../example';
import { ROUTE_EXAMPLES } from './routes';

export const KIALI_EXAMPLES: readonly RuleExample[] = [...ROUTE_EXAMPLES];
