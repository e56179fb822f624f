import type { OverlayStore, PendingWrite, WriteLog } from './write-log.ts';

/** Told of a change of the committed state; undefined is absent. */
export type Changed<K, V> = (key: K, before: V | undefined, after: V | undefined) => void;

interface OverlayEntry<V> {
  readonly value: V | undefined;
  readonly offset: number;
}

/**
 * A map with two readings: the last committed (`committed`) and the last written (`get`). Values are immutable: a change
 * is a new value.
 */
export class VersionedMap<K, V> implements OverlayStore {
  readonly #log: WriteLog;
  readonly #committed = new Map<K, V>();
  readonly #overlay = new Map<K, OverlayEntry<V>>();
  readonly #changed: Changed<K, V>;

  constructor(log: WriteLog, changed: Changed<K, V>) {
    this.#log = log;
    this.#changed = changed;
    log.addStore(this);
  }

  get committed(): ReadonlyMap<K, V> {
    return this.#committed;
  }

  /** The last written value. */
  get(key: K): V | undefined {
    const entry = this.#overlay.get(key);
    return entry === undefined ? this.#committed.get(key) : entry.value;
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  /** The last written entries, in no promised order. */
  *entries(): IterableIterator<[K, V]> {
    for (const [key, value] of this.#committed) {
      if (!this.#overlay.has(key)) yield [key, value];
    }
    for (const [key, entry] of this.#overlay) {
      if (entry.value !== undefined) yield [key, entry.value];
    }
  }

  set(key: K, value: V | undefined): void {
    if (this.#log.direct) {
      this.setCommitted(key, value);
      return;
    }
    const write = new MapWrite(this, key, value, this.#log.offset);
    write.restore();
    this.#log.push(write);
  }

  delete(key: K): void {
    this.set(key, undefined);
  }

  setCommitted(key: K, value: V | undefined): void {
    const before = this.#committed.get(key);
    if (value === undefined) this.#committed.delete(key);
    else this.#committed.set(key, value);
    this.#changed(key, before, value);
  }

  putOverlay(key: K, value: V | undefined, offset: number): void {
    this.#overlay.set(key, { value, offset });
  }

  foldOverlay(key: K, value: V | undefined, offset: number): void {
    this.setCommitted(key, value);
    // A later write of the same record supersedes an earlier one too: only the last one's fold may uncover the base.
    const entry = this.#overlay.get(key);
    if (entry !== undefined && entry.offset === offset && entry.value === value) this.#overlay.delete(key);
  }

  clearOverlay(): void {
    this.#overlay.clear();
  }

  clearAll(): void {
    this.#overlay.clear();
    this.#committed.clear();
  }
}

class MapWrite<K, V> implements PendingWrite {
  readonly offset: number;
  readonly #map: VersionedMap<K, V>;
  readonly #key: K;
  readonly #value: V | undefined;

  constructor(map: VersionedMap<K, V>, key: K, value: V | undefined, offset: number) {
    this.#map = map;
    this.#key = key;
    this.#value = value;
    this.offset = offset;
  }

  fold(): void {
    this.#map.foldOverlay(this.#key, this.#value, this.offset);
  }

  restore(): void {
    this.#map.putOverlay(this.#key, this.#value, this.offset);
  }
}
