import type { ThreadIndex } from '../../base/brands.ts';

const nodeFields = [
  /** Of the clock that all threads share, when the coordinator last wrote here. */
  'writtenAtMs',
  /** As Apache Kafka numbers them: see `brokerState`. */
  'brokerState',
  'isFenced',
  'isActiveController',
  'activeBrokers',
  'fencedBrokers',
  'publishedOffset',
  'imageOffset',
  'imageTimestampMs',
  'raftRole',
  'raftLeader',
  'raftEpoch',
  'raftHighWatermark',
  'raftEndOffset',
  'raftVoters',
  'raftObservers',
  /** What holds for topics that do not say otherwise. */
  'minInsyncReplicas',
] as const;

const shardFields = ['lateMs', 'isAlive', 'deaths'] as const;

export type NodeField = (typeof nodeFields)[number];
export type ShardField = (typeof shardFields)[number];

export const brokerState = { starting: 1, running: 3, leaving: 6, shuttingDown: 7 } as const;

const raftRoles: readonly string[] = ['unattached', 'prospective', 'candidate', 'leader', 'follower', 'resigned'];

/** What the coordinator says of the node and of its shards, a few times a second, for whoever is asked about it. */
export class NodeCells {
  private readonly cells: Float64Array;

  constructor(buffer: SharedArrayBuffer) {
    this.cells = new Float64Array(buffer);
  }

  static allocate(shards: number): SharedArrayBuffer {
    return new SharedArrayBuffer((nodeFields.length + shards * shardFields.length) * 8);
  }

  get(field: NodeField): number {
    return this.cells[nodeFields.indexOf(field)]!;
  }

  set(field: NodeField, value: number | boolean): void {
    this.cells[nodeFields.indexOf(field)] = Number(value);
  }

  get raftRole(): string {
    return raftRoles[this.get('raftRole')] ?? 'unattached';
  }

  set raftRole(role: string) {
    this.set('raftRole', Math.max(0, raftRoles.indexOf(role)));
  }

  ofShard(shard: ThreadIndex, field: ShardField): number {
    return this.cells[this.at(shard, field)]!;
  }

  setOfShard(shard: ThreadIndex, field: ShardField, value: number | boolean): void {
    this.cells[this.at(shard, field)] = Number(value);
  }

  private at(shard: ThreadIndex, field: ShardField): number {
    return nodeFields.length + shard * shardFields.length + shardFields.indexOf(field);
  }
}
