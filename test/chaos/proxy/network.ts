/** Stands between the nodes of a cluster: each connection between two of them goes through a proxy that knows both. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { connectionOwner } from './connection-owner.ts';
import { type Link, Pump } from './pump.ts';

interface Passage {
  readonly from: number;
  readonly to: number;
  readonly sockets: readonly [Socket, Socket];
  readonly pumps: readonly [Pump, Pump];
}

const host = '127.0.0.1';

export class Network {
  readonly #pids: () => ReadonlyMap<number, number>;
  readonly #links = new Map<string, Link>();
  readonly #passages = new Set<Passage>();
  readonly #servers: Server[] = [];
  /** Connections of processes that are no nodes: they go through untouched. */
  strangers = 0;
  passed = 0;

  /** @param pids node ids by pid, of the nodes that run. */
  constructor(pids: () => ReadonlyMap<number, number>) {
    this.#pids = pids;
  }

  /** Listens on `port` for what is meant for the node `to` at `target`. */
  listen(port: number, to: number, target: number): Promise<void> {
    const server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => this.#accept(socket, to, target));
    this.#servers.push(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  }

  /** One way. */
  block(from: number, to: number): void {
    this.#linkOf(from, to).isBlocked = true;
    this.#changed();
  }

  /** One way. */
  delay(from: number, to: number, delayMs: number): void {
    this.#linkOf(from, to).delayMs = delayMs;
    this.#changed();
  }

  /** Ends the connections between two nodes as a router that was restarted does. */
  reset(one: number, other: number): void {
    for (const { from, to, sockets } of this.#passages) {
      if ((from === one && to === other) || (from === other && to === one)) {
        for (const socket of sockets) socket.resetAndDestroy();
      }
    }
  }

  heal(): void {
    for (const link of this.#links.values()) {
      link.isBlocked = false;
      link.delayMs = 0;
    }
    this.#changed();
  }

  close(): void {
    for (const server of this.#servers) server.close();
    for (const { sockets } of this.#passages) for (const socket of sockets) socket.destroy();
  }

  #accept(socket: Socket, to: number, target: number): void {
    socket.on('error', () => {});
    const pids = this.#pids();
    const pid = connectionOwner(socket.remotePort ?? 0, socket.localPort ?? 0, pids.keys());
    // Node 0 stands for everybody else.
    const from = (pid === undefined ? undefined : pids.get(pid)) ?? 0;
    if (from === 0) this.strangers += 1;
    else this.passed += 1;
    const other = connect({ port: target, host, noDelay: true });
    const sockets = [socket, other] as const;
    const pumps = [
      new Pump(socket, other, this.#linkOf(from, to)),
      new Pump(other, socket, this.#linkOf(to, from)),
    ] as const;
    const passage = { from, to, sockets, pumps };
    this.#passages.add(passage);
    let open = 2;
    for (const each of sockets) {
      each.on('close', () => {
        open -= 1;
        if (open === 0) this.#passages.delete(passage);
      });
    }
    for (const pump of pumps) pump.drain();
  }

  #linkOf(from: number, to: number): Link {
    const key = `${from}>${to}`;
    const known = this.#links.get(key);
    if (known !== undefined) return known;
    const link = { isBlocked: false, delayMs: 0 };
    this.#links.set(key, link);
    return link;
  }

  #changed(): void {
    for (const { pumps } of this.#passages) for (const pump of pumps) pump.drain();
  }
}
