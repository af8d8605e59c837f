import type { IGateway } from '../gateway';
import { gatewayConfigOf } from '../private/answers';
import { checkNamespace } from '../private/object-name';
import { checkGiven, checkMadeBy, checkMap, checkPort, checkStruct, checkText } from '../private/validation';

/** Which workload a client in the mesh is. */
export interface SidecarClientOptions {
  /**
   * The namespace of the workload.
   *
   * @default 'default'
   */
  readonly namespace?: string;

  /**
   * The labels of the workload, by which routes, Sidecars and rules may tell clients apart.
   *
   * @default - none.
   */
  readonly labels?: { readonly [key: string]: string };
}

/** Where a client outside the mesh comes in. */
export interface GatewayClientOptions {
  /**
   * The port that the client connects to, as a server of the gateway writes it.
   *
   * @default - the port of the URL: 80 for http and 443 for https where it has none.
   */
  readonly port?: number;

  /**
   * The namespace of the gateway's pods, which decides what is visible to them.
   *
   * @default - that of the pods of the app that the gateway selects, else the namespace of the control plane.
   */
  readonly namespace?: string;

  /**
   * Labels of the gateway's pods beside those that the gateway selects them by.
   *
   * @default - those of the pods of the app that the gateway selects, else none.
   */
  readonly labels?: { readonly [key: string]: string };
}

/** Where the pods of a gateway are. */
export interface GatewayWorkloadOptions {
  /**
   * The port that the client connects to, as a server of a Gateway writes it.
   *
   * @default - the port of the URL: 80 for http and 443 for https where it has none.
   */
  readonly port?: number;

  /**
   * The namespace of the pods.
   *
   * @default - the namespace of the control plane.
   */
  readonly namespace?: string;
}

/**
 * Who sends a request: a workload of the mesh, whose sidecar decides, or somebody outside of it, for whom a gateway decides.
 *
 * @example
 * const frontend = TrafficClient.sidecar({ namespace: 'shop', labels: { app: 'frontend' } });
 * const visitor = TrafficClient.gateway(Gateway.fromGatewayName('public', { namespace: 'edge' }));
 */
export class TrafficClient {
  /**
   * A workload of the mesh, which has a sidecar.
   *
   * @throws when the namespace or a label is not one that a pod can have
   */
  public static sidecar(options: SidecarClientOptions = {}): TrafficClient {
    checkStruct('options', options, ['namespace', 'labels']);
    return new TrafficClient(undefined, checkNamespace('namespace', options.namespace), readLabels(options.labels), undefined);
  }

  /**
   * Somebody who comes in through a gateway: a Gateway, or a pattern that has one, such as IngressRoute.
   *
   * @throws when an option is not one that a gateway can have, or the gateway stands for all sidecars
   */
  public static gateway(gateway: IGateway, options: GatewayClientOptions = {}): TrafficClient {
    checkStruct('options', options, ['port', 'namespace', 'labels']);
    checkMadeBy('gateway', gateway, 'toGatewayConfig', 'Gateway.fromGatewayName(), or a gateway or a pattern of this program that has one');
    const { name, namespace } = gatewayConfigOf('gateway', gateway);
    if (name === 'mesh' && namespace === undefined) {
      throw new Error('gateway must not be Gateway.mesh(), which stands for all sidecars, use TrafficClient.sidecar()');
    }
    return new TrafficClient({ name, namespace }, checkNamespace('namespace', options.namespace), readLabels(options.labels), checkPort('port', options.port));
  }

  /**
   * Somebody who comes in through a gateway workload, whichever Gateways select it.
   *
   * @param labels the labels of its pods
   * @throws when a label or an option is not one that a pod can have
   */
  public static gatewayWorkload(labels: { readonly [key: string]: string }, options: GatewayWorkloadOptions = {}): TrafficClient {
    checkStruct('options', options, ['port', 'namespace']);
    checkGiven('labels', labels);
    return new TrafficClient('workload', checkNamespace('namespace', options.namespace), readLabels(labels), checkPort('port', options.port));
  }

  /**
   * The Gateway that is meant, or `workload` for whichever there is.
   *
   * @internal
   */
  public readonly _gateway?: { readonly name: string; readonly namespace?: string } | 'workload';

  /** @internal */
  public readonly _namespace?: string;

  /** @internal */
  public readonly _labels?: { readonly [key: string]: string };

  /** @internal */
  public readonly _port?: number;

  private constructor(
    gateway: TrafficClient['_gateway'], namespace: string | undefined, labels: { readonly [key: string]: string } | undefined, port: number | undefined,
  ) {
    this._gateway = gateway;
    this._namespace = namespace;
    this._labels = labels;
    this._port = port;
  }

  /** @internal */
  public _isClient(): boolean {
    return true;
  }
}

function readLabels(labels: { readonly [key: string]: string } | undefined): { readonly [key: string]: string } | undefined {
  return labels === undefined ? undefined : checkMap('labels', labels, checkText);
}
