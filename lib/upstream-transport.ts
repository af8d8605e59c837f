import { isAddress } from './private/addresses';
import { describe } from './private/describe';
import { isDomainName } from './private/names';
import { checkEnum, checkGiven, checkPort, checkString, checkStruct } from './private/validation';
import type { Wire } from './private/wire';
import type { DestinationRuleSpecTrafficPolicy } from '../imports/networking.istio.io';

/** The HTTP method that opens a tunnel. */
export enum TunnelProtocol {
  /** HTTP CONNECT. */
  CONNECT = 'CONNECT',

  /** HTTP POST. */
  POST = 'POST',
}

/**
 * A version of the PROXY protocol.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-ProxyProtocol-VERSION
 */
export enum ProxyProtocolVersion {
  /** Version 1, a line of text. */
  V1 = 'V1',

  /** Version 2, binary. */
  V2 = 'V2',
}

/** Where a tunnel leads. */
export interface TunnelOptions {
  /** The host at the end of the tunnel: a full domain name or an IP address. */
  readonly targetHost: string;

  /** The port at the end of the tunnel, from 1 to 65535. */
  readonly targetPort: number;

  /**
   * The HTTP method that opens the tunnel.
   *
   * @default TunnelProtocol.CONNECT
   */
  readonly protocol?: TunnelProtocol;
}

/**
 * What goes ahead of the traffic on each connection to a destination: a tunnel through it, or the PROXY protocol's header.
 * Istio takes one of the two (`tunnel` or `proxyProtocol`).
 *
 * @example
 * const transport = UpstreamTransport.tunnel({ targetHost: 'db.example.com', targetPort: 5432 });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-TunnelSettings
 */
export class UpstreamTransport {
  /**
   * The destination is an HTTP proxy through which TCP or TLS routes are tunneled. HTTP routes are not.
   *
   * @throws when the host is neither a domain name nor an IP address, or the port is not an integer from 1 to 65535
   */
  public static tunnel(options: TunnelOptions): UpstreamTransport {
    checkStruct('options', options, ['targetHost', 'targetPort', 'protocol']);
    return new UpstreamTransport({
      tunnel: {
        protocol: checkEnum('protocol', options.protocol, TunnelProtocol),
        targetHost: checkTargetHost('targetHost', options.targetHost),
        targetPort: checkPort('targetPort', checkGiven('targetPort', options.targetPort)),
      },
    });
  }

  /**
   * Each connection begins with the PROXY protocol's header, which tells the destination the address of the client.
   *
   * @throws when the version is not a member of `ProxyProtocolVersion`
   */
  public static proxyProtocol(version: ProxyProtocolVersion): UpstreamTransport {
    return new UpstreamTransport({ proxyProtocol: { version: checkEnum('version', checkGiven('version', version), ProxyProtocolVersion) } });
  }

  private readonly policy: Wire<DestinationRuleSpecTrafficPolicy>;

  private constructor(policy: Wire<DestinationRuleSpecTrafficPolicy>) {
    this.policy = policy;
  }

  /**
   * The part of a traffic policy.
   *
   * @internal
   */
  public _toTransport(): Wire<DestinationRuleSpecTrafficPolicy> {
    return this.policy;
  }
}

function checkTargetHost(property: string, host: string): string {
  checkString(property, checkGiven(property, host));
  if (!isDomainName(host) && !isAddress(host)) {
    throw new Error(`${property} must be a domain name or an IP address, got ${describe(host)}`);
  }
  return host;
}
