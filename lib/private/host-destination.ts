import type { DestinationConfig, IDestination, IHostDestination } from '../destination';
import { checkGiven, checkPort } from './validation';

/** A whole host of something that is asked for it when it is written, because it may still change. */
export class HostDestination implements IHostDestination {
  private readonly place: string;
  private readonly of: IDestination;
  private readonly port?: number;

  /**
   * @param place what messages begin with
   */
  constructor(place: string, of: IDestination, port?: number) {
    this.place = place;
    this.of = of;
    this.port = port;
  }

  public withPort(port: number): IHostDestination {
    return new HostDestination(this.place, this.of, checkPort(`${this.place}port`, checkGiven(`${this.place}port`, port)));
  }

  public toDestinationConfig(): DestinationConfig {
    return { ...this.of.toDestinationConfig(), port: this.port };
  }
}
