import { assert } from '../../base/assert.ts';
import type { RealFile } from './real-file.ts';

/**
 * The open descriptors of one thread's disks, least recently used first. Over the budget the oldest one is closed that
 * nothing is in flight on; dirty files last, since the error of a write-back is best heard on the descriptor that wrote.
 * Where everything is in flight the budget is overdrawn by what the operation queues allow.
 */
export class DescriptorCache {
  readonly #maxOpen: number;
  readonly #clean = new RecencyList();
  readonly #dirty = new RecencyList();

  constructor(maxOpen: number) {
    assert(maxOpen >= 1, 'a descriptor budget of at least one');
    this.#maxOpen = maxOpen;
  }

  get openCount(): number {
    return this.#clean.length + this.#dirty.length;
  }

  /** Takes a newly opened file in, and gives up others until the budget holds. */
  add(file: RealFile): void {
    assert(file.listed === null && file.fd >= 0, 'an open file that is not yet in the cache');
    this.#listOf(file).push(file);
    while (this.openCount > this.#maxOpen && this.evictOne(file)) {
      // Each turn gives up one descriptor.
    }
  }

  /** Marks as used just now, and as dirty or clean by the file's own word. */
  touch(file: RealFile): void {
    if (file.listed === null) return;
    const list = this.#listOf(file);
    if (list.newest === file) return;
    this.#current(file).remove(file);
    list.push(file);
  }

  remove(file: RealFile): void {
    if (file.listed !== null) this.#current(file).remove(file);
  }

  /** Gives up one descriptor, if there is one with nothing in flight. */
  evictOne(except: RealFile | null = null): boolean {
    const victim = this.#clean.oldestIdle(except) ?? this.#dirty.oldestIdle(except);
    if (victim === null) return false;
    this.remove(victim);
    victim.owner.giveUpDescriptor(victim);
    return true;
  }

  #listOf(file: RealFile): RecencyList {
    return file.dirty ? this.#dirty : this.#clean;
  }

  #current(file: RealFile): RecencyList {
    return file.listed === 'dirty' ? this.#dirty : this.#clean;
  }
}

/** Files linked through their own fields, oldest first. */
class RecencyList {
  length = 0;
  newest: RealFile | null = null;
  #oldest: RealFile | null = null;

  push(file: RealFile): void {
    file.listed = file.dirty ? 'dirty' : 'clean';
    file.older = this.newest;
    file.newer = null;
    if (this.newest === null) this.#oldest = file;
    else this.newest.newer = file;
    this.newest = file;
    this.length++;
  }

  remove(file: RealFile): void {
    if (file.older === null) this.#oldest = file.newer;
    else file.older.newer = file.newer;
    if (file.newer === null) this.newest = file.older;
    else file.newer.older = file.older;
    file.older = null;
    file.newer = null;
    file.listed = null;
    this.length--;
  }

  oldestIdle(except: RealFile | null): RealFile | null {
    for (let file = this.#oldest; file !== null; file = file.newer) {
      if (file.inFlight === 0 && file !== except) return file;
    }
    return null;
  }
}
