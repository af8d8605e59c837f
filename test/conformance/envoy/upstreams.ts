import { createServer, Server, Socket } from 'net';
import { Head, headerOf, readHead } from './message';

/** A request as an upstream saw it. */
export interface SeenUpstream {
  /** The number of the upstream. */
  readonly upstream: number;
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, content: string])[];
}

/** The header by which requests and what upstreams see of them belong together. */
export const ID_HEADER = 'x-sim-id';

/** The header that names the status that an upstream answers with. */
export const STATUS_HEADER = 'x-sim-status';

/** What an upstream writes to a connection that does not carry HTTP in clear. */
export interface SeenConnection {
  readonly upstream: number;
  readonly isTls: boolean;
}

/** Upstreams, each on a socket of its own, which note every request. Those who speak something else are told which upstream they reached. */
export class Upstreams {
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly seen = new Map<string, SeenUpstream[]>();

  /** Listens on further sockets until there are enough. */
  public async grow(count: number, socketOf: (index: number) => string): Promise<void> {
    const added = Array.from({ length: Math.max(0, count - this.servers.length) }, (_, more) => {
      const index = this.servers.length + more;
      return new Promise<Server>((resolve, reject) => {
        const server = createServer(socket => this.serve(socket, index));
        server.on('error', reject);
        server.listen(socketOf(index), () => resolve(server));
      });
    });
    this.servers.push(...await Promise.all(added));
  }

  /** What upstreams saw of a request: of all tries and copies. */
  public requests(id: string): readonly SeenUpstream[] {
    return this.seen.get(id) ?? [];
  }

  public forget(): void {
    this.seen.clear();
  }

  public async stop(): Promise<void> {
    this.sockets.forEach(socket => socket.destroy());
    await Promise.all(this.servers.splice(0).map(server => new Promise(resolve => server.close(resolve))));
  }

  private serve(socket: Socket, upstream: number): void {
    let bytes = Buffer.alloc(0);
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', data => {
      bytes = Buffer.concat([bytes, data]);
      if (!/^[A-Z]+ /.test(bytes.toString('latin1', 0, 20))) {
        socket.end(JSON.stringify({ upstream, isTls: bytes[0] === 0x16 } satisfies SeenConnection));
        return;
      }
      for (let head = readHead(bytes); head !== undefined; head = readHead(bytes)) {
        bytes = bytes.subarray(head.length);
        this.answer(socket, head, upstream);
      }
    });
  }

  private answer(socket: Socket, head: Head, upstream: number): void {
    // the path may hold spaces
    const [, method, path] = /^(\S+) (.*) HTTP\/1\.1$/.exec(head.start) ?? [];
    const id = headerOf(head, ID_HEADER) ?? '';
    const all = this.seen.get(id) ?? [];
    all.push({ upstream, method, path, headers: head.headers.filter(([name]) => name !== ID_HEADER) });
    this.seen.set(id, all);
    socket.write(`HTTP/1.1 ${headerOf(head, STATUS_HEADER) ?? 200} X\r\nx-up: orig\r\ncontent-length: 0\r\n\r\n`);
    // only a client says so, whose connection is not looked into
    if (headerOf(head, 'connection') === 'close') {
      socket.end();
    }
  }
}
