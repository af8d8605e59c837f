import type { IConstruct } from 'constructs';
import type { DestinationConfig } from '../destination';

/** What a destination of this library stands for. Its parts were checked when it was made, and need not be at each use. */
export class CheckedDestination implements DestinationConfig {
  public readonly host: string;
  public readonly namespace?: string;
  public readonly subset?: string;
  public readonly port?: number;
  public readonly dependencies?: IConstruct[];

  constructor(host: string, namespace?: string, subset?: string, port?: number, dependencies?: IConstruct[]) {
    this.host = host;
    this.namespace = namespace;
    this.subset = subset;
    this.port = port;
    this.dependencies = dependencies;
  }
}
