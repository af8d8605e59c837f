import { connect, Socket } from 'net';
import { Opening, proxyLine } from './client';
import { Head, headerOf, isWholeAnswer, readHead, requestBytes } from './message';
import type { HttpQuestion } from '../../../lib/simulation/question';

/** What an answer says of itself. */
export interface ToldAnswer {
  readonly status: number;
  readonly cluster?: string;
  readonly route?: string;
}

interface Waiting {
  readonly method: string;
  readonly resolve: (head: Head) => void;
  readonly reject: (error: Error) => void;
}

/** A connection in clear that stays open from one request to the next, as those of ordinary clients do. */
export class KeptConnection {
  private readonly socket: Socket;
  private bytes = Buffer.alloc(0);
  private waiting?: Waiting;

  constructor(opening: Opening, private readonly prefix: string) {
    this.socket = connect(opening.socket);
    this.socket.on('data', data => this.read(data));
    this.socket.on('error', error => this.waiting?.reject(error));
    this.socket.on('close', () => this.waiting?.reject(new Error('Envoy closed the connection')));
    this.socket.write(proxyLine(opening));
  }

  public async ask(question: HttpQuestion): Promise<ToldAnswer> {
    const head = await new Promise<Head>((resolve, reject) => {
      this.waiting = { method: question.method, resolve, reject };
      this.socket.write(requestBytes(question), 'latin1');
    });
    const cluster = headerOf(head, 'x-sim-cluster');
    return {
      status: Number(head.start.split(' ')[1]),
      cluster: cluster?.startsWith(this.prefix) ? cluster.slice(this.prefix.length) : undefined,
      route: headerOf(head, 'x-sim-route'),
    };
  }

  public close(): void {
    this.socket.destroy();
  }

  private read(data: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, data]);
    if (this.waiting !== undefined && isWholeAnswer(this.bytes, this.waiting.method)) {
      this.waiting.resolve(readHead(this.bytes)!);
      this.bytes = Buffer.alloc(0);
    }
  }
}
