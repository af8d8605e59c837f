import { checkSelectorLabels } from './private/names';
import { checkGiven } from './private/validation';

/**
 * The proxies that a gateway configures.
 *
 * @example
 * const selector = GatewaySelector.labels({ istio: 'partner-gateway' });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#Gateway
 */
export class GatewaySelector {
  /** The ingress gateway that Istio installs, with the label `istio: ingressgateway`. */
  public static ingress(): GatewaySelector {
    return new GatewaySelector({ istio: 'ingressgateway' });
  }

  /** The egress gateway that Istio installs, with the label `istio: egressgateway`. */
  public static egress(): GatewaySelector {
    return new GatewaySelector({ istio: 'egressgateway' });
  }

  /**
   * The pods that have all of these labels, in any namespace unless istiod is told to look only in the gateway's own.
   *
   * @throws when there is no label, or a label is one that no pod can have
   */
  public static labels(labels: { [key: string]: string }): GatewaySelector {
    return new GatewaySelector(checkSelectorLabels('labels', checkGiven('labels', labels)));
  }

  /** Every gateway proxy of the mesh: no selector is written. */
  public static allProxies(): GatewaySelector {
    return new GatewaySelector(undefined);
  }

  private readonly podLabels?: { readonly [key: string]: string };

  private constructor(podLabels: { readonly [key: string]: string } | undefined) {
    this.podLabels = podLabels;
  }

  /** @internal */
  public _toSelector(): { [key: string]: string } | undefined {
    return this.podLabels && { ...this.podLabels };
  }
}
