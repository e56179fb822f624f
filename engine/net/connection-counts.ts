/**
 * Connections of the whole process, counted in shared memory by all shards: `max.connections` and, by address,
 * `max.connections.per.ip`. Addresses share a bucket by hash; with 4,096 buckets two busy ones seldom do, and then both
 * are held to the limit together, on the safe side. Each shard also counts its own, so that those of one that died can
 * be taken off.
 */
const buckets = 4096;
const wordsEach = buckets + 1;

export interface ConnectionLimits {
  readonly maxConnections: number;
  readonly maxConnectionsPerIp: number;
  /** `max.connections.per.ip.overrides`. */
  readonly perIpOverrides: ReadonlyMap<string, number>;
  /** Sockets for which there are descriptors. */
  readonly ceiling: number;
}

export class ConnectionCounts {
  private readonly words: Int32Array;
  /** Where the shard's own counts begin in `words`. */
  private readonly own: number;
  private readonly limits: () => ConnectionLimits;

  constructor(buffer: SharedArrayBuffer, shard: number, limits: () => ConnectionLimits) {
    this.words = new Int32Array(buffer);
    this.own = ownStart(shard);
    this.limits = limits;
  }

  static allocate(shards: number): SharedArrayBuffer {
    return new SharedArrayBuffer((shards + 1) * wordsEach * 4);
  }

  /** The shard died, and its connections with it. */
  static forget(buffer: SharedArrayBuffer, shard: number): void {
    const words = new Int32Array(buffer);
    const own = ownStart(shard);
    for (let at = 0; at < wordsEach; at++) Atomics.sub(words, at, Atomics.exchange(words, own + at, 0));
  }

  /** A connection that was counted by one shard is another's from now on. */
  static move(buffer: SharedArrayBuffer, from: number, to: number, address: string): void {
    const words = new Int32Array(buffer);
    for (const at of [0, bucketOf(plainAddress(address))]) {
      Atomics.sub(words, ownStart(from) + at, 1);
      Atomics.add(words, ownStart(to) + at, 1);
    }
  }

  /** Connections of one shard. */
  static of(buffer: SharedArrayBuffer, shard: number): number {
    return Atomics.load(new Int32Array(buffer), ownStart(shard));
  }

  /** Whether some other of `shards` has fewer. */
  isOverShare(shards: number): boolean {
    const own = Atomics.load(this.words, this.own);
    for (let shard = 0; shard < shards; shard++) if (Atomics.load(this.words, ownStart(shard)) < own) return true;
    return false;
  }

  /** Whether a connection may go to another shard: it must not have more than this one. */
  mayGoTo(shard: number): boolean {
    return Atomics.load(this.words, ownStart(shard)) <= Atomics.load(this.words, this.own);
  }

  get total(): number {
    return Atomics.load(this.words, 0);
  }

  /** Counts a connection in; answers the limit that forbids it, or undefined. */
  enter(address: string): string | undefined {
    const { maxConnections, maxConnectionsPerIp, perIpOverrides, ceiling } = this.limits();
    const ip = plainAddress(address);
    const bucket = bucketOf(ip);
    if (!this.addBelow(bucket, perIpOverrides.get(ip) ?? maxConnectionsPerIp)) return 'max.connections.per.ip';
    if (this.addBelow(0, Math.min(maxConnections, ceiling))) return undefined;
    this.add(bucket, -1);
    return maxConnections <= ceiling ? 'max.connections' : 'open files';
  }

  leave(address: string): void {
    this.add(0, -1);
    this.add(bucketOf(plainAddress(address)), -1);
  }

  private add(at: number, amount: number): void {
    Atomics.add(this.words, this.own + at, amount);
    Atomics.add(this.words, at, amount);
  }

  /** A connection that is refused is not counted for a moment, in which another shard would refuse one that fits. */
  private addBelow(at: number, limit: number): boolean {
    for (let count = Atomics.load(this.words, at); count < limit; ) {
      const found = Atomics.compareExchange(this.words, at, count, count + 1);
      if (found === count) {
        Atomics.add(this.words, this.own + at, 1);
        return true;
      }
      count = found;
    }
    return false;
  }
}

function ownStart(shard: number): number {
  return (shard + 1) * wordsEach;
}

/** An IPv4 address as a listener for both families names it (`::ffff:10.0.0.1`) is the same address. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}

function bucketOf(address: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < address.length; at++) hash = Math.imul(hash ^ address.charCodeAt(at), 0x01000193);
  return 1 + ((hash >>> 0) % buckets);
}
