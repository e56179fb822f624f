import type { DirectoryId, NodeId } from '../base/brands.ts';
import type { Random } from '../base/random.ts';
import type { WrittenView } from '../metadata/image/image-view.ts';
import type { BrokerState } from '../metadata/image/states.ts';
import { directoryId } from '../protocol/uuid.ts';

/** Whether a broker may be in an ISR and lead. */
export function isActive(broker: BrokerState | undefined): boolean {
  return broker !== undefined && !broker.fenced && !broker.inControlledShutdown;
}

/** Where a broker puts a new replica (KIP-858): its directory if it has but one, else the broker chooses and tells. */
export function defaultDirectory(broker: BrokerState | undefined): DirectoryId {
  if (broker === undefined) return directoryId.unassigned;
  // A broker from before it told of its directories.
  if (broker.logDirs.length === 0) return directoryId.migrating;
  return broker.logDirs.length === 1 ? broker.logDirs[0] : directoryId.unassigned;
}

/** Whether a replica in that directory can be served: one that is not decided yet lies in no broken directory. */
export function hasOnlineDirectory(broker: BrokerState | undefined, directory: DirectoryId): boolean {
  if (broker === undefined || directory === directoryId.lost) return false;
  if (directory === directoryId.unassigned || directory === directoryId.migrating) return true;
  return broker.logDirs.length === 0 || broker.logDirs.includes(directory);
}

/** Replica lists of new partitions, or why there cannot be any. */
export type Placement = { readonly assignments: readonly (readonly NodeId[])[] } | { readonly problem: string };

interface Rack {
  readonly name: string;
  readonly unfenced: NodeId[];
  readonly fenced: NodeId[];
  /** How far the rack's own order has been turned. */
  unfencedOffset: number;
  fencedOffset: number;
}

/**
 * Spreads replicas over racks, then over brokers. Partition after partition the racks and, within each rack, the
 * brokers move on by one, from a random start; so leaders are spread too. Fenced brokers are taken only when a rack
 * has no unfenced one left, and never for the first replica.
 */
export function placeReplicas(
  image: WrittenView,
  partitions: number,
  replicationFactor: number,
  random: Random,
): Placement {
  const usable = [...image.brokers()].map(([, broker]) => broker).filter(hasRoom);
  if (!usable.some((broker) => !broker.fenced)) {
    return { problem: 'All brokers are currently fenced, or have all their log directories cordoned.' };
  }
  if (replicationFactor > usable.length) {
    return {
      problem:
        `The target replication factor of ${replicationFactor} cannot be reached because only ${usable.length} ` +
        'broker(s) are registered or some brokers have all their log directories cordoned.',
    };
  }
  const racks = racksOf(usable, random);
  let start = random.below(racks.length);
  const assignments: NodeId[][] = [];
  for (let i = 0; i < partitions; i++) {
    assignments.push(placeOne(racks, start, replicationFactor));
    start = (start + 1) % racks.length;
  }
  return { assignments };
}

function hasRoom(broker: BrokerState): boolean {
  // A broker on its way out gets nothing new; once it is fenced it may be one that is coming back.
  if (broker.inControlledShutdown && !broker.fenced) return false;
  const cordoned = broker.cordonedLogDirs ?? [];
  return broker.logDirs.length === 0 || broker.logDirs.some((dir) => !cordoned.includes(dir));
}

function racksOf(brokers: readonly BrokerState[], random: Random): Rack[] {
  const racks = new Map<string, Rack>();
  for (const broker of [...brokers].sort((a, b) => a.id - b.id)) {
    const name = broker.rack ?? '';
    let rack = racks.get(name);
    if (rack === undefined) {
      rack = { name, unfenced: [], fenced: [], unfencedOffset: 0, fencedOffset: 0 };
      racks.set(name, rack);
    }
    (broker.fenced ? rack.fenced : rack.unfenced).push(broker.id);
  }
  const sorted = [...racks.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const rack of sorted) {
    rack.unfencedOffset = random.below(Math.max(1, rack.unfenced.length));
    rack.fencedOffset = random.below(Math.max(1, rack.fenced.length));
  }
  return sorted;
}

function placeOne(racks: readonly Rack[], start: number, replicationFactor: number): NodeId[] {
  const order = racks.map((_, i) => racks[(start + i) % racks.length]);
  const leading = order.findIndex((rack) => rack.unfenced.length > 0);
  order.unshift(...order.splice(leading, 1));
  const rows = order.map((rack) => [
    ...rotated(rack.unfenced, rack.unfencedOffset++),
    ...rotated(rack.fenced, rack.fencedOffset++),
  ]);
  const replicas: NodeId[] = [];
  for (let depth = 0; replicas.length < replicationFactor; depth++) {
    for (const row of rows) {
      if (depth < row.length && replicas.length < replicationFactor) replicas.push(row[depth]);
    }
  }
  return replicas;
}

function rotated(list: readonly NodeId[], by: number): NodeId[] {
  return list.map((_, i) => list[(i + by) % list.length]);
}

/** What is wrong with a replica list that a client gave, or null. `size`: what earlier partitions have, -1 for none yet. */
export function manualAssignmentProblem(image: WrittenView, replicas: readonly NodeId[], size: number): string | null {
  if (replicas.length === 0) return 'The manual partition assignment includes an empty replica list.';
  const sorted = [...replicas].sort((a, b) => a - b);
  for (let i = 0; i < sorted.length; i++) {
    if (image.broker(sorted[i]) === undefined) {
      return `The manual partition assignment includes broker ${sorted[i]}, but no such broker is registered.`;
    }
    if (i > 0 && sorted[i] === sorted[i - 1]) {
      return `The manual partition assignment includes the broker ${sorted[i]} more than once.`;
    }
  }
  if (size !== -1 && size !== replicas.length) {
    return (
      `The manual partition assignment includes a partition with ${replicas.length} replica(s), but this is not ` +
      `consistent with previous partitions, which have ${size} replica(s).`
    );
  }
  return null;
}
