import { checkFilledLabels } from './names';
import { checkNamespace } from './object-name';
import { renderGateways } from './render-gateways';
import { checkPort } from './validation';

/** What the matches of http, tls and tcp routes say alike: which port, and which proxies a route is for. */
export const SOURCE = {
  port: checkPort,
  sourceLabels: checkFilledLabels,
  sourceNamespace: checkNamespace,
  gateways: renderGateways,
};
