import { checkSelectorLabels } from './private/names';
import { renderEndpoints, ResolutionSpec } from './private/render-endpoint';
import { checkGiven } from './private/validation';

/**
 * One of the places where a host of a ServiceEntry is served.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/workload-entry/#WorkloadEntry
 */
export interface Endpoint {
  /**
   * Where the endpoint is: an IP address; with `Resolution.staticEndpoints` also the path of a Unix domain socket
   * (`unix:///run/app.sock`), with DNS also a host name.
   *
   * @default - required, save for an endpoint that is reached through the gateway of its `network`.
   */
  readonly address?: string;

  /**
   * The port of the endpoint for a port of the entry, by the name of that port; each from 1 to 65535.
   *
   * @default - the port's `targetPort`, else its number.
   */
  readonly ports?: { readonly [portName: string]: number };

  /**
   * The labels of the endpoint, which subsets select it by.
   *
   * @default - none.
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * The network of the endpoint: endpoints of one network reach each other directly, others through a gateway.
   *
   * @default - the default network.
   */
  readonly network?: string;

  /**
   * Where the endpoint stands, as `region/zone/subzone`, for locality load balancing.
   *
   * @default - unknown.
   */
  readonly locality?: string;

  /**
   * The share of the traffic that the endpoint gets, in relation to the weights of the others; an integer from 0 to 4294967295.
   *
   * @default - all endpoints get the same.
   */
  readonly weight?: number;

  /**
   * The service account of the endpoint's workload, where it has a sidecar.
   *
   * @default - none.
   */
  readonly serviceAccount?: string;
}

/**
 * How the mesh finds the endpoints of a ServiceEntry. The endpoints are part of it, because not every way of finding takes them.
 *
 * @example
 * const replicas = Resolution.staticEndpoints([{ address: '10.0.0.100' }, { address: '10.0.0.101' }]);
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry-Resolution
 */
export class Resolution {
  /** The address that the application itself has chosen. Takes wildcard hosts. */
  public static none(): Resolution {
    return new Resolution({ resolution: 'NONE' });
  }

  /**
   * Fixed endpoints.
   *
   * @throws when there is no endpoint, or an address is neither an IP address nor a Unix domain socket
   */
  public static staticEndpoints(endpoints: Endpoint[]): Resolution {
    return new Resolution({ resolution: 'STATIC', endpoints: renderEndpoints('endpoints', checkGiven('endpoints', endpoints), 'static') });
  }

  /**
   * The pods and WorkloadEntries of the entry's namespace that carry all of the labels.
   *
   * @param labels at least one label
   * @throws when there are no labels, or a key or value is not one of a label
   */
  public static staticWorkloads(labels: { [key: string]: string }): Resolution {
    return new Resolution({ resolution: 'STATIC', workloadSelector: { labels: checkSelectorLabels('labels', labels) } });
  }

  /**
   * Asynchronous DNS: the addresses of the given endpoints, or of the entry's hosts when there are none. All addresses get traffic.
   *
   * @param endpoints names or addresses; without them no host may have a wildcard
   * @throws when the list is empty, or an endpoint has no address, one that is neither an IP address nor a host name, or an attribute out of its
   *   range
   */
  public static dns(endpoints?: Endpoint[]): Resolution {
    return new Resolution({ resolution: 'DNS', endpoints: endpoints === undefined ? undefined : renderEndpoints('endpoints', endpoints, 'dns') });
  }

  /**
   * Asynchronous DNS for the pods and WorkloadEntries of the entry's namespace that carry all of the labels: their addresses may be names.
   *
   * @param labels at least one label
   * @throws when there are no labels, or a key or value is not one of a label
   */
  public static dnsWorkloads(labels: { [key: string]: string }): Resolution {
    return new Resolution({ resolution: 'DNS', workloadSelector: { labels: checkSelectorLabels('labels', labels) } });
  }

  /**
   * Asynchronous DNS, of which only the first address is used for new connections: for large services behind load balancers.
   *
   * @param endpoint a name or an address; without it no host may have a wildcard
   * @throws when the endpoint has no address, one that is neither an IP address nor a host name, or an attribute out of its range
   */
  public static dnsRoundRobin(endpoint?: Endpoint): Resolution {
    return new Resolution({ resolution: 'DNS_ROUND_ROBIN', endpoints: endpoint === undefined ? undefined : renderEndpoints('endpoints', [endpoint], 'dns') });
  }

  /**
   * Asynchronous DNS for a pod or WorkloadEntry of the entry's namespace that carries all of the labels. Of several only the first is used, and of its
   * addresses the first for new connections.
   *
   * @param labels at least one label
   * @throws when there are no labels, or a key or value is not one of a label
   */
  public static dnsRoundRobinWorkloads(labels: { [key: string]: string }): Resolution {
    return new Resolution({ resolution: 'DNS_ROUND_ROBIN', workloadSelector: { labels: checkSelectorLabels('labels', labels) } });
  }

  /** The name that each request carries is looked up when it arrives. Takes wildcard hosts only, and no addresses. */
  public static dynamicDns(): Resolution {
    return new Resolution({ resolution: 'DYNAMIC_DNS' });
  }

  private readonly spec: ResolutionSpec;

  private constructor(spec: ResolutionSpec) {
    this.spec = spec;
  }

  /** @internal */
  public _toResolution(): ResolutionSpec {
    return this.spec;
  }
}
