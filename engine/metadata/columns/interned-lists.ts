import { assert } from '../../base/assert.ts';
import { noBytes, type SharedBytesWriter } from '../../ring/shared-bytes.ts';

/**
 * Lists of int32 in shared bytes, each once however many rows name it: most partitions of a cluster share few replica
 * lists, and a partition's ISR is mostly its replicas.
 */
export class InternedLists {
  private readonly bytes: SharedBytesWriter;
  private readonly refs = new Map<string, number>();
  private readonly counts = new Map<number, number>();

  constructor(bytes: SharedBytesWriter) {
    this.bytes = bytes;
  }

  get size(): number {
    return this.refs.size;
  }

  /** The list's ref, counted once more. */
  take(list: ArrayLike<number>): number {
    if (list.length === 0) return noBytes;
    const key = Array.prototype.join.call(list, ',');
    let ref = this.refs.get(key);
    if (ref === undefined) {
      ref = this.bytes.addInt32s(list);
      this.refs.set(key, ref);
    }
    this.counts.set(ref, (this.counts.get(ref) ?? 0) + 1);
    return ref;
  }

  /** A row stopped naming the list, by the image at `offset`. */
  give(ref: number, offset: number): void {
    if (ref === noBytes) return;
    const count = this.counts.get(ref) ?? 0;
    assert(count > 0, 'interned lists: given back more often than taken');
    if (count > 1) {
      this.counts.set(ref, count - 1);
      return;
    }
    const values = Array.from({ length: this.bytes.int32Count(ref) }, (_, i) => this.bytes.int32At(ref, i));
    this.counts.delete(ref);
    this.refs.delete(values.join(','));
    this.bytes.drop(ref, offset);
  }
}
