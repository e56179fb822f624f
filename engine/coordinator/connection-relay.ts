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
 * Takes connections that a shard had over its share to the shard that has the fewest, and those that fetch of one shard
 * there; as whose they count from then on, so that many that come at once are spread too. A descriptor is the relay's until the shard has made one of its own
 * of it: every thread closes its own numbers, and none that another may have closed, for that may be anything by then.
 */
export class ConnectionRelay {
  private readonly options: RelayOptions;
  /** Descriptors that are on their way, and to which shard. */
  private readonly underWay = new Map<number, number>();

  constructor(options: RelayOptions) {
    this.options = options;
  }

  take(from: number, handedOver: HandedOver): void {
    const { connectionCounts } = this.options;
    const { fd, address, listener, moved } = handedOver;
    // What it had counted was taken off with it.
    if (!this.options.isAlive(from)) {
      closeSync(fd);
      return;
    }
    const to = handedOver.to === undefined ? this.leastBusy(from) : this.wanted(from, handedOver.to);
    if (to !== from) ConnectionCounts.move(connectionCounts, from, to, address);
    this.underWay.set(fd, to);
    this.options.send(to, { kind: 'adopt', fd, address, listener, ...(moved === undefined ? {} : { moved }) });
  }

  private leastBusy(from: number): number {
    const { shards, connectionCounts } = this.options;
    let least = from;
    for (let shard = 0; shard < shards; shard++) {
      const hasFewer = ConnectionCounts.of(connectionCounts, shard) < ConnectionCounts.of(connectionCounts, least);
      if (hasFewer && this.options.isAlive(shard)) least = shard;
    }
    return least;
  }

  /** Where a connection wants to go, unless others went there meanwhile: then it goes back. */
  private wanted(from: number, to: number): number {
    const { connectionCounts } = this.options;
    const isRoom = ConnectionCounts.of(connectionCounts, to) <= ConnectionCounts.of(connectionCounts, from);
    return isRoom && this.options.isAlive(to) ? to : from;
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
