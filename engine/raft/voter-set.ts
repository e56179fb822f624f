import { type LeaderEpoch, type NodeId, type Offset, zeroUuid } from '../base/brands.ts';
import type { ReplicaKey, Voter } from './types.ts';

/** Of the feature kraft.version. */
export const highestKraftVersion = 1;

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

  /** The set with `voter` in the place of the one with the same id, whatever its directory; null where there is none. */
  replaced(voter: Voter): VoterSet | null {
    if (this.byId(voter.id) === undefined) return null;
    return new VoterSet(this.voters.map((each) => (each.id === voter.id ? voter : each)));
  }

  supports(kraftVersion: number): boolean {
    return this.voters.every((each) => each.minKraftVersion <= kraftVersion && kraftVersion <= each.maxKraftVersion);
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

interface Entry<T> {
  readonly offset: Offset;
  readonly value: T;
}

/** What records of the log set, by their offsets. */
class ByOffset<T> {
  #entries: Entry<T>[];

  constructor(first: T) {
    this.#entries = [{ offset: Number.NEGATIVE_INFINITY, value: first }];
  }

  get latest(): Entry<T> {
    return this.#entries[this.#entries.length - 1];
  }

  /** What is in force where the log ends at `endOffset`. */
  at(endOffset: Offset): T {
    const entry = this.#entries.findLast(({ offset }) => offset < endOffset) ?? this.#entries[0];
    return entry.value;
  }

  add(offset: Offset, value: T): void {
    while (this.#entries.length > 1 && this.latest.offset >= offset) this.#entries.pop();
    this.#entries.push({ offset, value });
  }

  truncate(endOffset: Offset): void {
    while (this.#entries.length > 1 && this.latest.offset >= endOffset) this.#entries.pop();
  }

  /** Forgets what no truncation can bring back. */
  trim(committedOffset: Offset): void {
    while (this.#entries.length > 1 && this.#entries[1].offset < committedOffset) this.#entries.shift();
  }
}

/**
 * Which voter set is in force, and which kraft.version: the last one written to the log, committed or not (KIP-853);
 * truncation takes it back. A snapshot's count as written at its last offset, so those of an empty quorum's first
 * snapshot (0-0) stand at offset -1: not yet in the log.
 */
export class VoterHistory {
  readonly #sets: ByOffset<VoterSet>;
  readonly #versions = new ByOffset(0);

  /** @param fallback the configured static voters, in force until the log says otherwise. */
  constructor(fallback: VoterSet) {
    this.#sets = new ByOffset(fallback);
  }

  get latest(): VoterSet {
    return this.#sets.latest.value;
  }

  /** Offset of the record that put the latest set in force; below 0 where no record of the log did. */
  get latestOffset(): Offset {
    return this.#sets.latest.offset;
  }

  get kraftVersion(): number {
    return this.#versions.latest.value;
  }

  at(endOffset: Offset): { readonly kraftVersion: number; readonly voters: readonly Voter[] } {
    return { kraftVersion: this.#versions.at(endOffset), voters: this.#sets.at(endOffset).voters };
  }

  add(offset: Offset, set: VoterSet): void {
    this.#sets.add(offset, set);
  }

  addKraftVersion(offset: Offset, version: number): void {
    this.#versions.add(offset, version);
  }

  /** @returns whether the set in force changed. */
  truncate(endOffset: Offset): boolean {
    const before = this.latest;
    this.#sets.truncate(endOffset);
    this.#versions.truncate(endOffset);
    return this.latest !== before;
  }

  trim(committedOffset: Offset): void {
    this.#sets.trim(committedOffset);
    this.#versions.trim(committedOffset);
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
