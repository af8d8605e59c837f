import { fieldStep, indexStep, keyStep } from '../property-path';

/** What istiod's validating webhook holds against a manifest. */
export interface WebhookFinding {
  /** The rule's id, such as `VS14`. */
  readonly rule: string;
  /** An error rejects the manifest. A warning is returned to whoever applies it. */
  readonly severity: 'error' | 'warning';
  /** Where, such as `spec.http[2].route[0].weight`. What is missing has a path too. */
  readonly path: string;
  /** What is wrong, to be read after the path: `must be from 1 to 65535, got 0`. */
  readonly message: string;
  /** The way out, when the message does not say it. */
  readonly fix?: string;
  /** The value at the path, unless it is missing. */
  readonly value?: unknown;
  /** Istio's own verdict on this differs from call to call, because it walks a map in random order. */
  readonly random?: boolean;
  /** Istio warns of what need not be so, because it does not look at all that decides. */
  readonly uncertain?: boolean;
}

export interface FindingDetails {
  readonly fix?: string;
  readonly value?: unknown;
  readonly random?: boolean;
  readonly uncertain?: boolean;
}

/**
 * Collects findings. A check knows the path only from its own place on; whoever called it puts the steps before that in
 * front, and only of the findings that there are, so that a manifest without findings costs nothing.
 */
export class Report {
  public readonly findings: WebhookFinding[] = [];

  /** The place that `under` goes back to. */
  public get mark(): number {
    return this.findings.length;
  }

  public error(rule: string, path: string, message: string, details?: FindingDetails): void {
    this.findings.push({ rule, severity: 'error', path, message, ...details });
  }

  public warn(rule: string, path: string, message: string, details?: FindingDetails): void {
    this.findings.push({ rule, severity: 'warning', path, message, ...details });
  }

  /** Says of the findings since a mark that they are in a field. */
  public under(mark: number, field: string): void {
    if (this.findings.length !== mark) {
      this.prefix(mark, fieldStep(field));
    }
  }

  /** Says of the findings since a mark that they are in an item of a list. */
  public underItem(mark: number, field: string, index: number): void {
    if (this.findings.length !== mark) {
      this.prefix(mark, fieldStep(field) + indexStep(index));
    }
  }

  /** Says of the findings since a mark that they are in a value of a map. */
  public underKey(mark: number, field: string, key: string): void {
    if (this.findings.length !== mark) {
      this.prefix(mark, fieldStep(field) + keyStep(key));
    }
  }

  public underIndex(mark: number, index: number): void {
    if (this.findings.length !== mark) {
      this.prefix(mark, indexStep(index));
    }
  }

  public underMapKey(mark: number, key: string): void {
    if (this.findings.length !== mark) {
      this.prefix(mark, keyStep(key));
    }
  }

  /** Takes back the warnings since a mark, where Istio returns none. */
  public dropWarnings(mark: number): void {
    if (this.findings.length !== mark) {
      const errors = this.findings.splice(mark).filter(finding => finding.severity === 'error');
      this.findings.push(...errors);
    }
  }

  public prefix(mark: number, steps: string): void {
    for (let index = mark; index < this.findings.length; index++) {
      const finding = this.findings[index];
      this.findings[index] = { ...finding, path: steps + finding.path };
    }
  }
}
