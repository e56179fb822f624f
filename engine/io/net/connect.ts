import { connect as connectSocket } from 'node:net';
import type { Transport, TransportEvents } from '../../base/transport.ts';
import { SocketTransport } from './socket-transport.ts';

export interface ConnectOptions {
  readonly host: string;
  readonly port: number;
  readonly events: TransportEvents;
  /** The connection stands. Where it cannot be made, `events.closed` tells why and this is never called. */
  readonly connected: () => void;
}

/** Connects to a peer. Bytes may be written at once: they go out when the connection stands. */
export function connect(options: ConnectOptions): Transport {
  const { host, port, events, connected } = options;
  const transport = new SocketTransport();
  transport.setEvents(events);
  const socket = connectSocket({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    allowHalfOpen: true,
    onread: transport.onread(),
  });
  socket.once('connect', () => {
    transport.setAddresses({
      remoteAddress: socket.remoteAddress ?? host,
      remotePort: socket.remotePort ?? port,
      localAddress: socket.localAddress ?? '',
      localPort: socket.localPort ?? 0,
    });
    connected();
  });
  transport.attach(socket, true);
  return transport;
}
