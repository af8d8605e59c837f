import type { Duration } from 'cdk8s';

/** What becomes of a request or a connection. */
export enum TrafficOutcome {
  /** It is sent on. */
  FORWARDED = 'forwarded',

  /** The proxy answers with another address. */
  REDIRECTED = 'redirected',

  /** The proxy answers itself, as a route says. */
  ANSWERED = 'answered',

  /** The proxy answers with status 404: no host or no route takes the request. */
  NOT_FOUND = 'not found',

  /** A route takes it, but the proxy does not know the host, port or subset that it is sent to: status 503, or the connection is closed. */
  UNREACHABLE = 'unreachable',

  /** The proxy refuses the request or the connection. */
  REFUSED = 'refused',
}

/** An object of the mesh. */
export interface TrafficObject {
  /** The kind, such as `VirtualService`. */
  readonly kind: string;

  /** The name. */
  readonly name: string;

  /** The namespace. */
  readonly namespace: string;

  /**
   * The path of the construct that it was made by.
   *
   * @default - it was not made by a construct.
   */
  readonly constructPath?: string;

  /**
   * The file that it was read from.
   *
   * @default - it was not read from a file.
   */
  readonly file?: string;

  /**
   * The line of the file that it begins on, from 1.
   *
   * @default - unknown.
   */
  readonly line?: number;
}

/** The route that decided. */
export interface TrafficRoute {
  /** The virtual service that has it. */
  readonly virtualService: TrafficObject;

  /** The list that it stands in: `http`, `tls` or `tcp`. */
  readonly section: string;

  /** Its position in the list, from 0. */
  readonly index: number;

  /**
   * The position of the match that took the request, from 0.
   *
   * @default - the route has no matches.
   */
  readonly matchIndex?: number;

  /**
   * Its name as Envoy knows it: that of the route, and behind a dot that of the match.
   *
   * @default - it has none.
   */
  readonly routeName?: string;

  /**
   * The virtual service that it is taken from.
   *
   * @default - it is not delegated.
   */
  readonly delegate?: TrafficObject;

  /**
   * Its position in the delegate's list, from 0.
   *
   * @default - it is not delegated.
   */
  readonly delegateIndex?: number;
}

/** A part of the policy that holds for a destination. */
export interface TrafficPolicyPart {
  /** The part, such as `outlierDetection`. */
  readonly part: string;

  /** What it says, as JSON. */
  readonly json: string;

  /** The rule that says it. */
  readonly rule: TrafficObject;

  /** Where the rule says it, such as `subsets[1].trafficPolicy.loadBalancer`. */
  readonly property: string;
}

/** The TLS that a proxy adds on the way to a destination because a rule says so. */
export interface TrafficTls {
  /** `SIMPLE`, `MUTUAL` or `ISTIO_MUTUAL`. */
  readonly mode: string;

  /**
   * The name that the server is asked for (SNI).
   *
   * @default - the host of each request; none where the proxy does not see requests.
   */
  readonly serverName?: string;

  /**
   * The names one of which the certificate of the server must have, from the rule or the ServiceEntry; empty where none of them is asked for. With
   * `ISTIO_MUTUAL` Istio adds the identities of the endpoints that run.
   */
  readonly subjectAltNames: string[];

  /** Whether the certificate of the server must have the name that the server is asked for. */
  readonly checksName: boolean;

  /** Whether the certificate of the server must be signed by a trusted one. */
  readonly verifiesServer: boolean;

  /**
   * The proxy's file of trusted certificates, or `system` for those of the operating system.
   *
   * @default - they come from the credential or from Istio, or nothing is verified.
   */
  readonly caCertificates?: string;

  /**
   * The proxy's file of revoked certificates.
   *
   * @default - none.
   */
  readonly caCrl?: string;

  /**
   * The proxy's file with its own certificate.
   *
   * @default - it has none, or that of the credential or of Istio.
   */
  readonly clientCertificate?: string;

  /**
   * The proxy's file with the key of its own certificate.
   *
   * @default - it has none, or that of the credential or of Istio.
   */
  readonly privateKey?: string;

  /**
   * The secret that holds the trusted certificates, and those of the proxy.
   *
   * @default - none.
   */
  readonly credentialName?: string;
}

/** A header as it is sent. */
export interface TrafficHeader {
  /** The name, in lower case. */
  readonly name: string;

  /** What it says. */
  readonly text: string;
}

/** What a destination is sent. */
export interface TrafficUpstream {
  /** The method. */
  readonly method: string;

  /** The path with the query. */
  readonly path: string;

  /** The `Host`. */
  readonly authority: string;

  /** All headers in order. Of those that Envoy adds to every request, such as `x-request-id`, only what a rule changes. */
  readonly headers: TrafficHeader[];

  /** Those of the headers that the client did not send so. */
  readonly addedHeaders: TrafficHeader[];

  /** The names of headers of the client that are not sent on as they came. */
  readonly removedHeaders: string[];
}

/** A place that traffic can go to. */
export interface TrafficDestination {
  /** The full name of the host; empty where traffic passes through to wherever the client addressed it. */
  readonly host: string;

  /** The port of the host. */
  readonly port: number;

  /**
   * The subset.
   *
   * @default - the whole host.
   */
  readonly subset?: string;

  /** Its share of what the route takes, in percent. */
  readonly percent: number;

  /** Whether the proxy knows it. What is sent to one that it does not know is answered with status 503. */
  readonly exists: boolean;

  /** Whether the traffic goes to wherever the client addressed it. */
  readonly isPassthrough: boolean;
}

/** What is said of faults that a route injects. */
export interface TrafficFaults {
  /** The share of the requests that wait, in percent. */
  readonly delayPercent: number;

  /**
   * How long they wait.
   *
   * @default - none wait.
   */
  readonly delay?: Duration;

  /** The share of the requests that are answered with an error, in percent. */
  readonly abortPercent: number;

  /**
   * The HTTP status of the error.
   *
   * @default - none are aborted.
   */
  readonly abortStatus?: number;

  /**
   * The number of the gRPC status, such as 14 for `UNAVAILABLE`, where the route says it.
   *
   * @default - that which stands for the status of http.
   */
  readonly abortGrpcStatus?: number;
}

/** How often requests are tried again. */
export interface TrafficRetries {
  /** How often at most, beside the first attempt. */
  readonly attempts: number;

  /** When, as Envoy reads it. */
  readonly retryOn: string;

  /**
   * The time for each attempt.
   *
   * @default - that of the request.
   */
  readonly perTryTimeout?: Duration;

  /** Whether the route says nothing, so that the policy of the mesh configuration holds, or Istio's own. */
  readonly isDefault: boolean;
}

/** One of the conditions or routes that were looked at, in order. */
export interface TrafficStep {
  /** What was found, in words. */
  readonly text: string;

  /** Whether it took the request. */
  readonly isDecisive: boolean;

  /**
   * The object that it is about.
   *
   * @default - none, it is about the proxy.
   */
  readonly resource?: TrafficObject;
}
