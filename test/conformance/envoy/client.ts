import { connect as connectSocket, Socket } from 'net';
import { Duplex } from 'stream';
import { connect as connectTls } from 'tls';

/** How a connection is opened. */
export interface Opening {
  /** The socket of the listener. */
  readonly socket: string;

  /** The address and port that the client calls. */
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
  readonly sni?: string;
  readonly alpn?: readonly string[];
}

/** What came back until the connection ended. */
export interface Received {
  /** What the other side of the TLS connection wrote, of a connection in clear everything. */
  readonly content: Buffer;

  /** What was on the wire. */
  readonly wire: Buffer;

  /** Whether the TLS connection came to be. */
  readonly isSecured: boolean;
  readonly isLate: boolean;
}

/** A public address, so that gateways take the client for one from outside. */
const CLIENT = '8.8.4.4';
const PATIENCE = 20_000;

/** What a connection begins with: the listener reads the PROXY protocol. */
export function proxyLine({ address, port }: Opening): string {
  return `PROXY TCP4 ${CLIENT} ${address} 50000 ${port}\r\n`;
}

/** Sends bytes to a listener that reads the PROXY protocol, and reads until the connection ends, or what was read is complete. */
export function exchange(opening: Opening, bytes: string, isComplete: (content: Buffer) => boolean = () => false): Promise<Received> {
  return new Promise(resolve => {
    const socket = connectSocket(opening.socket);
    const wire: Buffer[] = [];
    const content: Buffer[] = [];
    let isSecured = false;
    let isLate = false;
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ content: Buffer.concat(opening.tls ? content : wire), wire: Buffer.concat(wire), isSecured, isLate });
    };
    const timer = setTimeout(() => {
      isLate = true;
      finish();
    }, PATIENCE);
    const keep = (parts: Buffer[], data: Buffer): void => {
      parts.push(data);
      // Envoy may wait for a second before it closes
      if ((parts === content) === opening.tls && isComplete(Buffer.concat(parts))) {
        finish();
      }
    };
    socket.on('data', data => keep(wire, data));
    socket.on('error', () => undefined);
    socket.on('close', finish);
    socket.write(proxyLine(opening));
    if (!opening.tls) {
      socket.write(bytes, 'latin1');
      return;
    }
    const secured = connectTls({
      socket: transportOver(socket),
      servername: opening.sni ?? '',
      ALPNProtocols: opening.alpn === undefined ? undefined : [...opening.alpn],
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    secured.on('secureConnect', () => {
      isSecured = true;
      secured.write(bytes, 'latin1');
    });
    secured.on('data', data => keep(content, data));
    // Envoy leaves the connection below open until the client has closed its half
    secured.on('end', finish);
    secured.on('error', () => undefined);
  });
}

/** The bytes of a socket that someone else reads too. */
function transportOver(socket: Socket): Duplex {
  const transport = new Duplex({
    read: () => undefined,
    write: (chunk, _, done) => void socket.write(chunk, () => done()),
    final: done => void socket.end(() => done()),
  });
  socket.on('data', data => transport.push(data));
  socket.on('end', () => transport.push(null));
  return transport;
}
