import { closeSync } from 'node:fs';
import { ConnectionCounts } from '../net/connection-counts.ts';
import type { ShardCommand, ShardReport } from '../node/shard-task.ts';

type HandedOver = Extract<ShardReport, { kind: 'handOver' }>;

export interface RelayOptions {
  readonly shards: number;
  readonly connectionCounts: SharedArrayBuffer;
  isAlive(shard: number): boolean;
  send(shard: number, command: ShardCommand): void;
}

/**
 * Takes connections that a shard had over its share to the shard that has the fewest, as whose they count from then on,
 * so that many that come at once are spread too. A descriptor is the relay's until the shard has made one of its own
 * of it: every thread closes its own numbers, and none that another may have closed, for that may be anything by then.
 */
export class ConnectionRelay {
  private readonly options: RelayOptions;
  /** Descriptors that are on their way, and to which shard. */
  private readonly underWay = new Map<number, number>();

  constructor(options: RelayOptions) {
    this.options = options;
  }

  take(from: number, { fd, address, listener }: HandedOver): void {
    const { shards, connectionCounts } = this.options;
    // What it had counted was taken off with it.
    if (!this.options.isAlive(from)) {
      closeSync(fd);
      return;
    }
    let to = from;
    for (let shard = 0; shard < shards; shard++) {
      const hasFewer = ConnectionCounts.of(connectionCounts, shard) < ConnectionCounts.of(connectionCounts, to);
      if (hasFewer && this.options.isAlive(shard)) to = shard;
    }
    if (to !== from) ConnectionCounts.move(connectionCounts, from, to, address);
    this.underWay.set(fd, to);
    this.options.send(to, { kind: 'adopt', fd, address, listener });
  }

  /** The shard has the connection under a descriptor of its own, or does not want it. */
  adopted(fd: number): void {
    if (this.underWay.delete(fd)) closeSync(fd);
  }

  /** What was on its way there is lost to its clients, as is what the shard had. */
  died(shard: number): void {
    for (const [fd, to] of this.underWay) if (to === shard) this.adopted(fd);
  }
}
