import { UsageError } from './usage-error';
import { TrafficClient } from '../simulation/traffic-client';

/**
 * The client that `--from` stands for: `shop`, `shop/app=frontend,tier=web`, `gateway:public`, `gateway:edge/public`.
 *
 * @throws UsageError when it stands for none
 */
export function readClient(text: string | undefined, port: number | undefined, defaultNamespace: string | undefined): TrafficClient {
  try {
    return clientOf(text ?? '', port, defaultNamespace);
  } catch (error) {
    throw new UsageError(`--from ${text} is not understood: ${(error as Error).message}`);
  }
}

function clientOf(text: string, port: number | undefined, defaultNamespace: string | undefined): TrafficClient {
  const gateway = /^gateway:(?:([^/]*)\/)?(.*)$/.exec(text);
  if (gateway !== null) {
    const [, namespace, name] = gateway;
    return TrafficClient.gateway({ toGatewayConfig: () => ({ name, namespace }) }, { port });
  }
  if (port !== undefined) {
    throw new Error('--port is for gateways, write the port of a service into the URL');
  }
  const slash = text.indexOf('/');
  const namespace = (slash < 0 ? text : text.slice(0, slash)) || defaultNamespace;
  return TrafficClient.sidecar({ namespace, labels: slash < 0 ? undefined : readLabels(text.slice(slash + 1)) });
}

function readLabels(text: string): { [key: string]: string } {
  return Object.fromEntries(text.split(',').map(part => {
    const equals = part.indexOf('=');
    if (equals < 1) {
      throw new Error(`labels are written app=frontend,tier=web, got ${part}`);
    }
    return [part.slice(0, equals), part.slice(equals + 1)];
  }));
}
