/** A field or enum value that the typed API leaves out on purpose. */
export interface Exemption {
  /** The leaf path, such as `spec.http[].fault.abort.http2Error`. */
  readonly path: string;

  /** Why it is left out: what Istio says of it. */
  readonly reason: string;

  /** What to write instead. */
  readonly replacement: string;
}
