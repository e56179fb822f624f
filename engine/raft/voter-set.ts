import { type LeaderEpoch, type NodeId, type Offset, zeroUuid } from '../base/brands.ts';
import type { ReplicaKey, Voter } from './types.ts';

/** An id alone names a replica where one side does not know its directory (static voters, kraft.version 0). */
export function sameReplica(a: ReplicaKey, b: ReplicaKey): boolean {
  return a.id === b.id && (a.directoryId === b.directoryId || a.directoryId === zeroUuid || b.directoryId === zeroUuid);
}

/** The voters in force at one offset: immutable, sorted by id. */
export class VoterSet {
  readonly voters: readonly Voter[];

  constructor(voters: readonly Voter[]) {
    this.voters = [...voters].sort((a, b) => a.id - b.id);
  }

  get majority(): number {
    return Math.floor(this.voters.length / 2) + 1;
  }

  has(key: ReplicaKey): boolean {
    return this.voters.some((voter) => sameReplica(voter, key));
  }

  byId(id: NodeId): Voter | undefined {
    return this.voters.find((voter) => voter.id === id);
  }

  isOnly(key: ReplicaKey): boolean {
    return this.voters.length === 1 && this.has(key);
  }

  /** The set with `voter` in the place of the one with the same id and directory; null where there is none. */
  updated(voter: Voter): VoterSet | null {
    if (!this.has(voter)) return null;
    return new VoterSet(this.voters.map((each) => (each.id === voter.id ? voter : each)));
  }

  added(voter: Voter): VoterSet {
    return new VoterSet([...this.voters, voter]);
  }

  /** Null where it is none of the voters, or the only one: nobody could elect another. */
  removed(key: ReplicaKey): VoterSet | null {
    const others = this.voters.filter(({ id, directoryId }) => id !== key.id || directoryId !== key.directoryId);
    return others.length === this.voters.length || others.length === 0 ? null : new VoterSet(others);
  }

  equals(other: VoterSet): boolean {
    return JSON.stringify(this.voters) === JSON.stringify(other.voters);
  }
}

interface Entry {
  readonly offset: Offset;
  readonly set: VoterSet;
}

/**
 * Which voter set is in force: the last one written to the log, committed or not (KIP-853); truncation takes it back.
 * A snapshot's voters count as written at its last offset, so those of an empty quorum's first snapshot (0-0) stand
 * at offset -1: not yet in the log.
 */
export class VoterHistory {
  #entries: Entry[];
  kraftVersion: number;

  /** @param fallback the configured static voters, in force until the log says otherwise. */
  constructor(fallback: VoterSet, kraftVersion: number) {
    this.#entries = [{ offset: Number.NEGATIVE_INFINITY, set: fallback }];
    this.kraftVersion = kraftVersion;
  }

  get latest(): VoterSet {
    return this.#entries[this.#entries.length - 1].set;
  }

  /** Offset of the record that put the latest set in force; below 0 where no record of the log did. */
  get latestOffset(): Offset {
    return this.#entries[this.#entries.length - 1].offset;
  }

  add(offset: Offset, set: VoterSet): void {
    while (this.#entries.length > 1 && this.latestOffset >= offset) this.#entries.pop();
    this.#entries.push({ offset, set });
  }

  /** @returns whether the set in force changed. */
  truncate(endOffset: Offset): boolean {
    const before = this.latest;
    while (this.#entries.length > 1 && this.latestOffset >= endOffset) this.#entries.pop();
    return this.latest !== before;
  }

  /** Forgets sets that no truncation can bring back. */
  trim(committedOffset: Offset): void {
    while (this.#entries.length > 1 && this.#entries[1].offset < committedOffset) this.#entries.shift();
  }
}

/** The votes of one election, pre-vote or vote. */
export class Ballot {
  readonly epoch: LeaderEpoch;
  readonly #granted = new Set<NodeId>();
  readonly #rejected = new Set<NodeId>();
  /** Could not be asked; may still answer when asked again. */
  readonly #silent = new Set<NodeId>();
  readonly #voters: VoterSet;

  constructor(epoch: LeaderEpoch, voters: VoterSet) {
    this.epoch = epoch;
    this.#voters = voters;
  }

  record(id: NodeId, granted: boolean): void {
    if (this.#voters.byId(id) === undefined) return;
    (granted ? this.#granted : this.#rejected).add(id);
    this.#silent.delete(id);
  }

  silent(id: NodeId): void {
    if (this.#voters.byId(id) !== undefined && !this.hasAnswered(id)) this.#silent.add(id);
  }

  /** What it said no longer counts: it is to be asked again. */
  forget(id: NodeId): void {
    this.#granted.delete(id);
    this.#rejected.delete(id);
  }

  hasAnswered(id: NodeId): boolean {
    return this.#granted.has(id) || this.#rejected.has(id);
  }

  get won(): boolean {
    return this.#granted.size >= this.#voters.majority;
  }

  get lost(): boolean {
    return this.#rejected.size > this.#voters.voters.length - this.#voters.majority;
  }

  /** It is lost unless one that could not be reached can be soon. */
  get hopeless(): boolean {
    const { voters, majority } = this.#voters;
    return voters.length - this.#rejected.size - this.#silent.size < majority;
  }

  granting(): Voter[] {
    return this.#voters.voters.filter((voter) => this.#granted.has(voter.id));
  }
}
