/** How bad a finding is. */
export enum Severity {
  /** Istio rejects the resource, or traffic certainly fails. */
  ERROR = 'error',

  /** Istio takes the resource, but it does not do what it says. */
  WARNING = 'warning',

  /** A matter of style. */
  INFO = 'info',
}

/** One result of a check. */
export interface Finding {
  /** The code of the rule: Istio's own where Istio has one, such as `IST0106/VS14`. */
  readonly code: string;

  /** How bad it is. */
  readonly severity: Severity;

  /**
   * The level that Istio itself has it at.
   *
   * @default - Istio does not say it.
   */
  readonly istioLevel?: Severity;

  /** What is wrong, with the value found and what is allowed. */
  readonly message: string;

  /** The kind of the resource. */
  readonly kind: string;

  /** The name of the resource. */
  readonly name: string;

  /**
   * The namespace of the resource.
   *
   * @default - the manifest does not say.
   */
  readonly namespace?: string;

  /**
   * The path of the construct that the resource was made by.
   *
   * @default - the resource was not made by a construct.
   */
  readonly constructPath?: string;

  /**
   * The property, such as `spec.http[2].route[0].weight`.
   *
   * @default - the finding is about the resource as a whole.
   */
  readonly propertyPath?: string;

  /**
   * The file that the resource was read from.
   *
   * @default - it was not read from a file.
   */
  readonly file?: string;

  /**
   * The line in that file, from 1.
   *
   * @default - unknown.
   */
  readonly line?: number;

  /**
   * The way out.
   *
   * @default - the message says it.
   */
  readonly fix?: string;

  /** Where the rule is documented. */
  readonly documentation: string;
}
