import type { IConstruct, IValidation } from 'constructs';
import { isHandleKeeper } from './broken-handles';
import { messageOf } from './describe';
import { isValidated } from './synth-hook';

/** What can be wrong as a whole. */
interface Whole extends IConstruct {
  _problems(): string[];
}

/** Has cdk8s report what is wrong with a resource as a whole, beside the messages of others. */
export class WholeValidation implements IValidation {
  private readonly whole: Whole;

  constructor(whole: Whole) {
    this.whole = whole;
  }

  public validate(): string[] {
    return isValidated(this.whole) ? [] : this.problems();
  }

  /** An error would keep cdk8s from asking the other constructs. Of a handle that stands for nothing any more the checks of the app tell. */
  private problems(): string[] {
    try {
      return this.whole._problems();
    } catch (error) {
      const isTold = isHandleKeeper(this.whole) && this.whole._brokenHandles().length > 0;
      return isTold ? [] : [messageOf(error)];
    }
  }
}

/** Has cdk8s report what is wrong with what a pattern writes its resources from. */
export class SourceValidation implements IValidation {
  private readonly ask: () => string[];

  constructor(ask: () => string[]) {
    this.ask = ask;
  }

  /** An error would keep cdk8s from asking the other constructs. The checks of the app tell that the resources cannot be written. */
  public validate(): string[] {
    try {
      return this.ask();
    } catch {
      return [];
    }
  }
}
