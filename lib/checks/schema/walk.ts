import { fieldStep, indexStep, keyStep } from '../property-path';
import type { SchemaViolation, ViolatedRule } from './violation';

/** Stands before a key of a map on the stack of steps. */
const MAP = Symbol('map');

/** One pass over a manifest: where it is, and what it found. */
export class Walk {
  /** What the structural schema says, in the order of the manifest. */
  public readonly violations: SchemaViolation[] = [];

  /** What the CEL rules say, which only counts when nothing blocks them. */
  public readonly broken: SchemaViolation[] = [];

  /** The API server runs no CEL rule on an object with a value of the wrong shape. */
  public blocked = false;

  private readonly steps: (string | number | symbol)[] = [];

  public enterField(name: string): void {
    this.steps.push(name);
  }

  public enterItem(index: number): void {
    this.steps.push(index);
  }

  public leave(): void {
    this.steps.pop();
  }

  public enterKey(key: string): void {
    this.steps.push(MAP, key);
  }

  public leaveKey(): void {
    this.steps.pop();
    this.steps.pop();
  }

  /** A value of the wrong shape: no CEL rule will run. */
  public block(rule: ViolatedRule, message: string, value: unknown): void {
    this.blocked = true;
    this.report(rule, message, value);
  }

  /** A value of the right shape that is not allowed. */
  public report(rule: ViolatedRule, message: string, value: unknown): void {
    this.violations.push({ path: this.path(), rule, message, value });
  }

  public missing(name: string): void {
    this.blocked = true;
    this.violations.push({ path: this.path(fieldStep(name)), rule: 'required', message: 'is required' });
  }

  public unknown(name: string, message: string, value: unknown): void {
    this.violations.push({ path: this.path(fieldStep(name)), rule: 'unknown-field', message, value, unknownField: true });
  }

  public breaks(expression: string, message: string, value: unknown): void {
    this.broken.push({ path: this.path(), rule: 'cel', message, value, expression });
  }

  private path(lastStep = ''): string {
    let path = '';
    for (let index = 0; index < this.steps.length; index++) {
      const step = this.steps[index];
      if (step === MAP) {
        path += keyStep(this.steps[++index] as string);
      } else {
        path += typeof step === 'number' ? indexStep(step) : fieldStep(step as string);
      }
    }
    path += lastStep;
    return path.startsWith('.') ? path.slice(1) : path;
  }
}
