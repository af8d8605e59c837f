import { COMMON_RULES, UNREACHABLE_RULES } from './catalogue/common';
import { DESTINATION_RULE_RULES } from './catalogue/destination-rule';
import { GATEWAY_RULES } from './catalogue/gateway';
import { HTTP_ROUTE_RULES } from './catalogue/http-route';
import type { ExampleManifest, UnreachableRule, WebhookRule } from './catalogue/rule';
import { SERVICE_ENTRY_RULES } from './catalogue/service-entry';
import { VIRTUAL_SERVICE_RULES } from './catalogue/virtual-service';

export type { ExampleManifest, UnreachableRule, WebhookRule };

// not loaded when manifests are checked: what a rule is about is in the finding

/** Every rule of the webhook that a manifest can break, by severity and id. */
export const WEBHOOK_RULES: readonly WebhookRule[] = [
  ...COMMON_RULES, ...GATEWAY_RULES, ...VIRTUAL_SERVICE_RULES, ...HTTP_ROUTE_RULES, ...DESTINATION_RULE_RULES, ...SERVICE_ENTRY_RULES,
];

export { UNREACHABLE_RULES };
