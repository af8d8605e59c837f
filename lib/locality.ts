import { renderDistributions, renderFailoverPriority, renderFailovers, TOPOLOGY_LABELS } from './private/render-locality';
import { checkInteger, checkStruct, UINT32_MAX } from './private/validation';
import type { Wire } from './private/wire';
import type { DestinationRuleSpecTrafficPolicyLoadBalancer } from '../imports/networking.istio.io';

type LoadBalancerSpec = Wire<DestinationRuleSpecTrafficPolicyLoadBalancer>;

/**
 * Where the traffic of clients in one place goes.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting-Distribute
 */
export interface LocalityDistribution {
  /** The place of the clients: `region`, `region/zone` or `region/zone/subzone`, of which the last part may be `*`. */
  readonly from: string;

  /**
   * Places of endpoints, written as in `from` and without overlap, with the percentage of the traffic that goes there:
   * integers from 1 to 100 that add up to 100.
   */
  readonly to: { [locality: string]: number };
}

/**
 * Where the traffic of clients in one region goes when the region's own endpoints fail.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting-Failover
 */
export interface RegionFailover {
  /** The region of the clients. */
  readonly from: string;

  /** The region that takes over, and the only one that does. */
  readonly to: string;
}

/** What can be said beside failover between regions. */
export interface LocalityFailoverOptions {
  /**
   * Labels by which endpoints are preferred, as in `LocalityLoadBalancing.failoverPriority()`, but without the labels for
   * region, zone and subzone.
   *
   * @default - none.
   */
  readonly failoverPriority?: string[];
}

/**
 * What can be said of zone aware load balancing.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ZoneAwareLoadBalancerSetting
 */
export interface ZoneAwareOptions {
  /**
   * Below how many endpoints in the client's region all zones are treated alike, from 1 to 4294967295.
   *
   * @default 6
   */
  readonly minClusterSize?: number;

  /**
   * Which region takes over from which when its own endpoints fail, each `from` once.
   *
   * @default - any other region.
   */
  readonly failover?: RegionFailover[];

  /**
   * Labels by which endpoints are preferred, as in `LocalityLoadBalancing.failoverPriority()`, but without the labels for
   * region, zone and subzone.
   *
   * @default - none.
   */
  readonly failoverPriority?: string[];
}

/**
 * Which part the location of endpoints plays. It replaces the mesh's own settings as a whole.
 *
 * Failover needs `outlierDetection` in the same policy, which tells when endpoints fail.
 *
 * @example
 * const locality = LocalityLoadBalancing.failover([{ from: 'us-east', to: 'eu-west' }, { from: 'us-west', to: 'us-east' }]);
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting
 */
export class LocalityLoadBalancing {
  /** Endpoints near the client are preferred, and farther ones take over when they fail. */
  public static enabled(): LocalityLoadBalancing {
    return new LocalityLoadBalancing({ localityLbSetting: { enabled: true } });
  }

  /** The location of endpoints plays no part. */
  public static disabled(): LocalityLoadBalancing {
    return new LocalityLoadBalancing({ localityLbSetting: { enabled: false } });
  }

  /**
   * Traffic is distributed over places by percentages. Clients in a place that is in no `from` treat all endpoints alike.
   *
   * @throws when percentages do not add up to 100, or places overlap
   */
  public static distribute(distributions: LocalityDistribution[]): LocalityLoadBalancing {
    return new LocalityLoadBalancing({ localityLbSetting: { distribute: renderDistributions('distributions', distributions) } });
  }

  /**
   * As `enabled()`, with the regions that take over.
   *
   * @throws when there is no failover, a region repeats as `from`, fails over to itself, or has a zone or wildcard, or a label of `failoverPriority`
   *   repeats or is one of region, zone and subzone
   */
  public static failover(failovers: RegionFailover[], options: LocalityFailoverOptions = {}): LocalityLoadBalancing {
    checkStruct('options', options, ['failoverPriority']);
    return new LocalityLoadBalancing({
      localityLbSetting: {
        failover: renderFailovers('failovers', failovers),
        failoverPriority: options.failoverPriority === undefined
          ? undefined
          : renderFailoverPriority('failoverPriority', options.failoverPriority, TOPOLOGY_LABELS),
      },
    });
  }

  /**
   * Endpoints are preferred by their labels: first those on which all labels match, then those on which all but the last do,
   * and so on.
   *
   * @param labels `key` matches when client and endpoint have the same value, `key=value` when the endpoint has the value
   * @throws when there are no labels, one is neither `key` nor `key=value`, or a key repeats
   */
  public static failoverPriority(labels: string[]): LocalityLoadBalancing {
    return new LocalityLoadBalancing({ localityLbSetting: { failoverPriority: renderFailoverPriority('labels', labels, []) } });
  }

  /**
   * Traffic stays in the client's zone as far as its endpoints can take their share of it, and otherwise spills over to the
   * other zones of the region. Needs proxies with `ISTIO_META_ENABLE_SELF_DISCOVERY=true`, and Istio 1.31.
   *
   * @throws when `minClusterSize` is out of its range, `failover` repeats a region or leads from one to itself, or a label of `failoverPriority`
   *   repeats or is one of region, zone and subzone
   */
  public static zoneAware(options: ZoneAwareOptions = {}): LocalityLoadBalancing {
    checkStruct('options', options, ['minClusterSize', 'failover', 'failoverPriority']);
    return new LocalityLoadBalancing({
      zoneAwareLbSetting: {
        enabled: true,
        minClusterSize: checkInteger('minClusterSize', options.minClusterSize, { min: 1, max: UINT32_MAX }),
        failover: options.failover === undefined ? undefined : renderFailovers('failover', options.failover),
        failoverPriority: options.failoverPriority === undefined
          ? undefined
          : renderFailoverPriority('failoverPriority', options.failoverPriority, TOPOLOGY_LABELS),
      },
    });
  }

  /** Zones play no part, where the mesh's own settings are zone aware. Needs Istio 1.31. */
  public static zoneAwareDisabled(): LocalityLoadBalancing {
    return new LocalityLoadBalancing({ zoneAwareLbSetting: { enabled: false } });
  }

  private readonly spec: LoadBalancerSpec;

  private constructor(spec: LoadBalancerSpec) {
    this.spec = spec;
  }

  /**
   * The part of a load balancer.
   *
   * @internal
   */
  public _toLocality(): LoadBalancerSpec {
    return this.spec;
  }
}
