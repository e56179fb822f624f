import type { CommittedOffset, GroupRecord, OffsetRecord } from './group-records.ts';

/** A committed offset, and where in the log it stands. */
export interface StoredOffset extends CommittedOffset {
  readonly recordOffset: number;
}

type ByTopic<V> = Map<string, Map<number, V>>;

/** Values by group, topic and partition; empty maps are dropped. */
export class PartitionMap<V> {
  readonly #groups = new Map<string, ByTopic<V>>();

  get(groupId: string, topic: string, partition: number): V | undefined {
    return this.#groups.get(groupId)?.get(topic)?.get(partition);
  }

  set(groupId: string, topic: string, partition: number, value: V): void {
    let topics = this.#groups.get(groupId);
    if (topics === undefined) this.#groups.set(groupId, (topics = new Map()));
    let partitions = topics.get(topic);
    if (partitions === undefined) topics.set(topic, (partitions = new Map()));
    partitions.set(partition, value);
  }

  delete(groupId: string, topic: string, partition: number): void {
    const topics = this.#groups.get(groupId);
    const partitions = topics?.get(topic);
    if (topics === undefined || partitions === undefined) return;
    partitions.delete(partition);
    if (partitions.size > 0) return;
    topics.delete(topic);
    if (topics.size === 0) this.#groups.delete(groupId);
  }

  ofGroup(groupId: string): ReadonlyMap<string, ReadonlyMap<number, V>> {
    return this.#groups.get(groupId) ?? nothing;
  }

  *groupsWith(topics: ReadonlySet<string>): IterableIterator<string> {
    for (const [groupId, known] of this.#groups) if (known.keys().some((topic) => topics.has(topic))) yield groupId;
  }

  *entries(): IterableIterator<[groupId: string, topic: string, partition: number, value: V]> {
    for (const [groupId, topics] of this.#groups) {
      for (const [topic, partitions] of topics) {
        for (const [partition, value] of partitions) yield [groupId, topic, partition, value];
      }
    }
  }
}

const nothing: ReadonlyMap<string, ReadonlyMap<number, never>> = new Map();

interface Written {
  value: CommittedOffset | null;
  /** Records of the partition that are handed over and not yet decided. */
  inFlight: number;
}

/**
 * The offsets of a machine's groups. Clients are told what is committed; who decides on tombstones also sees what was
 * handed to the log and is not committed yet.
 */
export class OffsetStore {
  readonly #committed = new PartitionMap<StoredOffset>();
  readonly #written = new PartitionMap<Written>();
  /** Of transactions that are not decided: their producer's id, and what it would commit. */
  readonly #pending = new Map<bigint, PartitionMap<StoredOffset>>();

  get(groupId: string, topic: string, partition: number): StoredOffset | undefined {
    return this.#committed.get(groupId, topic, partition);
  }

  ofGroup(groupId: string): ReadonlyMap<string, ReadonlyMap<number, StoredOffset>> {
    return this.#committed.ofGroup(groupId);
  }

  /** Whether an open transaction may still change the partition's offset. */
  isUnstable(groupId: string, topic: string, partition: number): boolean {
    for (const offsets of this.#pending.values()) if (offsets.get(groupId, topic, partition) !== undefined) return true;
    return false;
  }

  hasPending(groupId: string): boolean {
    for (const offsets of this.#pending.values()) if (offsets.ofGroup(groupId).size > 0) return true;
    return false;
  }

  /** The group's partitions that have an offset as the log will have it, with that offset. */
  written(groupId: string): [topic: string, partition: number, value: CommittedOffset][] {
    const found: [string, number, CommittedOffset][] = [];
    for (const [topic, partitions] of this.#committed.ofGroup(groupId)) {
      for (const [partition, value] of partitions) {
        if (this.#written.get(groupId, topic, partition) === undefined) found.push([topic, partition, value]);
      }
    }
    for (const [topic, partitions] of this.#written.ofGroup(groupId)) {
      for (const [partition, { value }] of partitions) if (value !== null) found.push([topic, partition, value]);
    }
    return found;
  }

  /** Whether a partition has an offset as the log will have it. */
  hasWritten(groupId: string, topic: string, partition: number): boolean {
    const written = this.#written.get(groupId, topic, partition);
    if (written !== undefined) return written.value !== null;
    return this.#committed.get(groupId, topic, partition) !== undefined;
  }

  /** Groups that have offsets of one of the topics, or are about to have. */
  groupsWith(topics: ReadonlySet<string>): Set<string> {
    return new Set([...this.#committed.groupsWith(topics), ...this.#written.groupsWith(topics)]);
  }

  /** Records were handed to the log. */
  handedOver(records: readonly GroupRecord[]): void {
    for (const record of records) {
      if (record.kind !== 'offset') continue;
      const { groupId, topic, partition, value } = record;
      const written = this.#written.get(groupId, topic, partition);
      if (written === undefined) this.#written.set(groupId, topic, partition, { value, inFlight: 1 });
      else {
        written.value = value;
        written.inFlight += 1;
      }
    }
  }

  /** What became of them is known. */
  decided(records: readonly GroupRecord[]): void {
    for (const record of records) {
      if (record.kind !== 'offset') continue;
      const { groupId, topic, partition } = record;
      const written = this.#written.get(groupId, topic, partition);
      if (written === undefined) continue;
      written.inFlight -= 1;
      if (written.inFlight === 0) this.#written.delete(groupId, topic, partition);
    }
  }

  /** A committed record. `producerId`: it belongs to an open transaction. */
  replay({ groupId, topic, partition, value }: OffsetRecord, recordOffset: number, producerId: bigint | null): void {
    if (producerId !== null && value !== null) {
      let offsets = this.#pending.get(producerId);
      if (offsets === undefined) this.#pending.set(producerId, (offsets = new PartitionMap()));
      offsets.set(groupId, topic, partition, { ...value, recordOffset });
    } else if (value === null) {
      this.#committed.delete(groupId, topic, partition);
      for (const offsets of this.#pending.values()) offsets.delete(groupId, topic, partition);
    } else {
      this.#committed.set(groupId, topic, partition, { ...value, recordOffset });
    }
  }

  /** A transaction ended. Of two offsets of a partition the one that was written last counts, whatever was decided last. */
  endTransaction(producerId: bigint, isCommitted: boolean): void {
    const offsets = this.#pending.get(producerId);
    this.#pending.delete(producerId);
    if (offsets === undefined || !isCommitted) return;
    for (const [groupId, topic, partition, value] of offsets.entries()) {
      const known = this.#committed.get(groupId, topic, partition);
      if (known === undefined || known.recordOffset < value.recordOffset) {
        this.#committed.set(groupId, topic, partition, value);
      }
    }
  }
}
