import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { assert } from '../../base/assert.ts';
import { transportLimits } from '../../base/limits.ts';
import type { Listener, Transport, TransportEvents } from '../../base/transport.ts';
import { BindError } from './bind-error.ts';
import { type HandOver, takeIn, takeOut } from './hand-over.ts';
import { rewrap } from './rewrap.ts';
import { SocketTransport } from './socket-transport.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Lets other threads listen on the same port; see supportsReusePort and probeBind. */
  readonly reusePort?: boolean;
  readonly backlog?: number;
  /** Given, connections are TLS: their bytes are copied to the landing place. */
  readonly tls?: TlsOptions;
  /** A connection came. Answers who is told of its events, or null to close it at once. */
  readonly accept: (transport: Transport) => TransportEvents | null;
  /** A connection that could not be accepted, or a port that could not be taken up again yet. */
  readonly failed: (error: Error) => void;
  /** Where connections go that another thread is to have. */
  readonly handOver?: HandOver;
}

/**
 * Goes on with a connection that another thread accepted; `fd` stays whose it is. False: there are no descriptors left.
 */
export function adopt(fd: number, remoteAddress: string, accept: ListenOptions['accept']): boolean {
  const socket = takeIn(fd);
  if (socket !== null) begin(socket, accept, true, remoteAddress);
  return socket !== null;
}

/** Listens; rejects with BindError. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const listener = new TcpListener(options);
  await listener.open();
  return listener;
}

class TcpListener implements Listener {
  readonly #options: ListenOptions;
  #port: number;
  #server: Server | null = null;
  #state: 'listening' | 'paused' | 'closed' = 'listening';
  #retry: NodeJS.Timeout | null = null;

  constructor(options: ListenOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  get port(): number {
    return this.#port;
  }

  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      const { host, reusePort = false, backlog = transportLimits.backlog, failed } = this.#options;
      const server = this.#create();
      this.#server = server;
      server.once('error', (error) => {
        if (this.#server === server) this.#server = null;
        reject(new BindError(host, this.#port, error));
      });
      server.listen({ host, port: this.#port, reusePort, backlog }, () => {
        const address = server.address();
        if (address !== null && typeof address === 'object') this.#port = address.port;
        server.removeAllListeners('error');
        server.on('error', failed);
        resolve();
      });
    });
  }

  /**
   * The port is closed, not left unserved: where threads share it the kernel would go on handing connections to this one.
   */
  pause(): void {
    if (this.#state !== 'listening') return;
    this.#state = 'paused';
    this.#stop(() => {});
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#state = 'listening';
    this.#reopen();
  }

  close(done: () => void): void {
    assert(this.#state !== 'closed', 'a listener is closed once');
    this.#state = 'closed';
    this.#stop(done);
  }

  #stop(done: () => void): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    const server = this.#server;
    this.#server = null;
    if (server === null) {
      setImmediate(done);
      return;
    }
    // Its callback would wait for connections that are still in the server's own sockets (TLS); they may stay.
    server.close();
    setImmediate(done);
  }

  #reopen(): void {
    this.open().then(
      () => {
        if (this.#state !== 'listening') this.#stop(() => {});
      },
      (error: Error) => {
        this.#options.failed(error);
        if (this.#state !== 'listening') return;
        this.#retry = setTimeout(() => this.#reopen(), transportLimits.listenRetryMs);
      },
    );
  }

  #create(): Server {
    const options = { noDelay: true, keepAlive: true, allowHalfOpen: true };
    const { tls } = this.#options;
    if (tls === undefined) {
      return createServer({ ...options, pauseOnConnect: true }, (socket) => this.#accepted(socket, true));
    }
    const server = createTlsServer({ ...options, ...tls }, (socket) => this.#accepted(socket, false));
    // A handshake that fails is the client's affair: the socket is closed already.
    server.on('tlsClientError', (error) => this.#options.failed(error));
    return server;
  }

  #accepted(socket: Socket, mayLand: boolean): void {
    const { accept, handOver } = this.#options;
    if (mayLand && handOver?.isWanted()) {
      const { remoteAddress = '' } = socket;
      const fd = takeOut(socket);
      if (fd !== null) {
        handOver.give(fd, remoteAddress);
        return;
      }
    }
    begin(socket, accept, mayLand);
  }
}

function begin(
  socket: Socket,
  accept: ListenOptions['accept'],
  mayLand: boolean,
  // A peer may be gone before it is looked at: then there is no address.
  remoteAddress = socket.remoteAddress ?? '',
): void {
  const transport = new SocketTransport();
  transport.setAddresses({
    remoteAddress,
    remotePort: socket.remotePort ?? 0,
    localAddress: socket.localAddress ?? '',
    localPort: socket.localPort ?? 0,
  });
  const events = accept(transport);
  if (events === null) {
    socket.destroy();
    return;
  }
  transport.setEvents(events);
  const landing = mayLand ? rewrap(socket, () => transport.onread()) : null;
  if (landing === null) transport.attach(socket, false);
  else transport.attach(landing, true);
}
