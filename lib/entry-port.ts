import { checkDnsLabel } from './private/names';
import type { NamedPort } from './private/port-names';
import { checkGiven, checkPort, checkStruct } from './private/validation';

/** What can be said of a port of a ServiceEntry. */
export interface EntryPortOptions {
  /**
   * The name of the port: letters, digits and `-`, at most 63 characters, unique in its entry.
   *
   * @default - `<protocol>`, or `<protocol>-<number>` where that is taken.
   */
  readonly name?: string;

  /**
   * The port of the endpoints that traffic is sent to, from 1 to 65535.
   *
   * @default - the port's own number.
   */
  readonly targetPort?: number;
}

/**
 * A port of a ServiceEntry. The protocol is what the *application* speaks to its sidecar and decides what the sidecar
 * can see: paths and headers on `http`, `http2` and `grpc`, only the server name on `https` and `tls`, nothing on `tcp`.
 *
 * @example
 * const port = EntryPort.http(80, { targetPort: 8080 });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/#ServicePort
 */
export class EntryPort {
  /**
   * The application speaks HTTP/1.1 in plain text.
   *
   * @param number the port that the application addresses, from 1 to 65535
   * @throws when the number or `targetPort` is not an integer from 1 to 65535, or the name is not one that a port can have
   */
  public static http(number: number, options: EntryPortOptions = {}): EntryPort {
    return new EntryPort('HTTP', number, options);
  }

  /**
   * The application speaks HTTP/2 in plain text.
   *
   * @param number the port that the application addresses, from 1 to 65535
   * @throws when the number or `targetPort` is not an integer from 1 to 65535, or the name is not one that a port can have
   */
  public static http2(number: number, options: EntryPortOptions = {}): EntryPort {
    return new EntryPort('HTTP2', number, options);
  }

  /**
   * The application speaks HTTP to a forward proxy.
   *
   * @param number the port that the application addresses, from 1 to 65535
   * @throws when the number or `targetPort` is not an integer from 1 to 65535, or the name is not one that a port can have
   */
  public static httpProxy(number: number, options: EntryPortOptions = {}): EntryPort {
    return new EntryPort('HTTP_PROXY', number, options);
  }

  /**
   * The application speaks HTTP inside TLS: the sidecar sees only the server name.
   *
   * @param number the port that the application addresses, from 1 to 65535
   * @throws when the number or `targetPort` is not an integer from 1 to 65535, or the name is not one that a port can have
   */
  public static https(number: number, options: EntryPortOptions = {}): EntryPort {
    return new EntryPort('HTTPS', number, options);
  }

  /**
   * The application speaks gRPC in plain text.
   *
   * @param number the port that the application addresses, from 1 to 65535
   * @throws when the number or `targetPort` is not an integer from 1 to 65535, or the name is not one that a port can have
   */
  public static grpc(number: number, options: EntryPortOptions = {}): EntryPort {
    return new EntryPort('GRPC', number, options);
  }

  /**
   * The application speaks gRPC-Web in plain text.
   *
   * @param number the port that the application addresses, from 1 to 65535
   * @throws when the number or `targetPort` is not an integer from 1 to 65535, or the name is not one that a port can have
   */
  public static grpcWeb(number: number, options: EntryPortOptions = {}): EntryPort {
    return new EntryPort('GRPC-WEB', number, options);
  }

  /**
   * The application speaks TLS: the sidecar sees only the server name.
   *
   * @param number the port that the application addresses, from 1 to 65535
   * @throws when the number or `targetPort` is not an integer from 1 to 65535, or the name is not one that a port can have
   */
  public static tls(number: number, options: EntryPortOptions = {}): EntryPort {
    return new EntryPort('TLS', number, options);
  }

  /**
   * The application speaks some protocol over TCP: the sidecar sees only addresses.
   *
   * @param number the port that the application addresses, from 1 to 65535
   * @throws when the number or `targetPort` is not an integer from 1 to 65535, or the name is not one that a port can have
   */
  public static tcp(number: number, options: EntryPortOptions = {}): EntryPort {
    return new EntryPort('TCP', number, options);
  }

  /**
   * The application speaks the protocol of MongoDB.
   *
   * @param number the port that the application addresses, from 1 to 65535
   * @throws when the number or `targetPort` is not an integer from 1 to 65535, or the name is not one that a port can have
   */
  public static mongo(number: number, options: EntryPortOptions = {}): EntryPort {
    return new EntryPort('MONGO', number, options);
  }

  /**
   * The application speaks the protocol of MySQL.
   *
   * @param number the port that the application addresses, from 1 to 65535
   * @throws when the number or `targetPort` is not an integer from 1 to 65535, or the name is not one that a port can have
   */
  public static mysql(number: number, options: EntryPortOptions = {}): EntryPort {
    return new EntryPort('MYSQL', number, options);
  }

  /**
   * The application speaks the protocol of Redis.
   *
   * @param number the port that the application addresses, from 1 to 65535
   * @throws when the number or `targetPort` is not an integer from 1 to 65535, or the name is not one that a port can have
   */
  public static redis(number: number, options: EntryPortOptions = {}): EntryPort {
    return new EntryPort('REDIS', number, options);
  }

  /**
   * The application sends UDP datagrams, which the mesh does not handle.
   *
   * @param number the port that the application addresses, from 1 to 65535
   * @throws when the number or `targetPort` is not an integer from 1 to 65535, or the name is not one that a port can have
   */
  public static udp(number: number, options: EntryPortOptions = {}): EntryPort {
    return new EntryPort('UDP', number, options);
  }

  private readonly protocol: string;
  private readonly portNumber: number;
  private readonly name?: string;
  private readonly targetPort?: number;

  private constructor(protocol: string, number: number, options: EntryPortOptions) {
    checkStruct('options', options, ['name', 'targetPort']);
    this.protocol = protocol;
    this.portNumber = checkPort('number', checkGiven('number', number));
    this.name = checkDnsLabel('name', options.name);
    this.targetPort = checkPort('targetPort', options.targetPort);
  }

  /** @internal */
  public _toServicePort(): NamedPort & { readonly targetPort?: number } {
    return { number: this.portNumber, name: this.name, protocol: this.protocol, targetPort: this.targetPort };
  }
}
