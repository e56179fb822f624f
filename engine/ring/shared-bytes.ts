import { assert } from '../base/assert.ts';
import { tableLimits } from '../base/limits.ts';
import { DeferredReuse } from './deferred-reuse.ts';

/**
 * Immutable byte strings in shared memory, named by an int32 ref: topic names, configs, replica lists. One thread
 * writes, all read. Bytes are plain: they are published by the atomic store of a table's word that names them, and are
 * reused only when all readers have acknowledged the image that dropped them.
 */
export interface BytesDescription {
  readonly segmentBytes: number;
  readonly segments: readonly SharedArrayBuffer[];
}

/** No bytes. Readers treat it as an empty string. */
export const noBytes = -1;

/** An entry starts at a multiple of this with its length as an int32. */
const unitBytes = 16;
const headerBytes = 4;

export class SharedBytes {
  readonly segmentBytes: number;
  private readonly unitShift: number;
  private readonly unitMask: number;
  private readonly buffers: SharedArrayBuffer[] = [];
  private readonly bytes: Uint8Array[] = [];
  private readonly words: Int32Array[] = [];

  constructor(description: BytesDescription) {
    const units = description.segmentBytes / unitBytes;
    assert(units >= 1 && (units & (units - 1)) === 0, 'shared bytes: segment must be a power of two');
    this.segmentBytes = description.segmentBytes;
    this.unitShift = 31 - Math.clz32(units);
    this.unitMask = units - 1;
    for (const buffer of description.segments) this.addSegment(this.buffers.length, buffer);
  }

  get segmentCount(): number {
    return this.buffers.length;
  }

  /** Takes note of a segment, made here or handed over. A segment known already is no error. */
  addSegment(index: number, buffer: SharedArrayBuffer): void {
    if (index < this.buffers.length) return;
    assert(index === this.buffers.length, 'shared bytes: segments must come in order');
    this.buffers.push(buffer);
    this.bytes.push(new Uint8Array(buffer));
    this.words.push(new Int32Array(buffer));
  }

  describe(): BytesDescription {
    return { segmentBytes: this.segmentBytes, segments: [...this.buffers] };
  }

  /** Whether the ref names memory that this thread has been given. */
  has(ref: number): boolean {
    return ref === noBytes || (ref >= 0 && ref >>> this.unitShift < this.bytes.length);
  }

  lengthOf(ref: number): number {
    return ref === noBytes ? 0 : this.wordsOf(ref)[this.startOf(ref) >> 2];
  }

  /** The bytes where they lie. Not to be kept beyond the turn. */
  view(ref: number): Uint8Array {
    if (ref === noBytes) return new Uint8Array(0);
    const from = this.startOf(ref) + headerBytes;
    return this.segmentOf(ref).subarray(from, from + this.lengthOf(ref));
  }

  equals(ref: number, other: Uint8Array, from: number, length: number): boolean {
    if (this.lengthOf(ref) !== length) return false;
    if (ref === noBytes) return true;
    const bytes = this.segmentOf(ref);
    const start = this.startOf(ref) + headerBytes;
    for (let i = 0; i < length; i++) if (bytes[start + i] !== other[from + i]) return false;
    return true;
  }

  /** Whether the bytes are the characters of an ASCII string. */
  equalsAscii(ref: number, text: string): boolean {
    const length = text.length;
    if (this.lengthOf(ref) !== length) return false;
    if (ref === noBytes) return true;
    const bytes = this.segmentOf(ref);
    const start = this.startOf(ref) + headerBytes;
    for (let i = 0; i < length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** How many int32 the entry holds (as written by `SharedBytesWriter.addInt32s`). */
  int32Count(ref: number): number {
    return this.lengthOf(ref) >> 2;
  }

  int32At(ref: number, i: number): number {
    assert(i >= 0 && i < this.int32Count(ref), 'shared bytes: beyond the list');
    return this.wordsOf(ref)[((this.startOf(ref) + headerBytes) >> 2) + i];
  }

  /** Byte position of the entry's header in its segment. */
  protected startOf(ref: number): number {
    return (ref & this.unitMask) * unitBytes;
  }

  protected segmentOf(ref: number): Uint8Array {
    const segment = ref >>> this.unitShift;
    assert(ref >= 0 && segment < this.bytes.length, 'shared bytes: unknown segment');
    return this.bytes[segment];
  }

  protected wordsOf(ref: number): Int32Array {
    const segment = ref >>> this.unitShift;
    assert(ref >= 0 && segment < this.words.length, 'shared bytes: unknown segment');
    return this.words[segment];
  }

  protected refOf(segment: number, unit: number): number {
    return (segment << this.unitShift) | unit;
  }
}

/** The one writer. */
export class SharedBytesWriter extends SharedBytes {
  /** Bytes taken by live entries, rounding included. */
  usedBytes = 0;
  /** Segment that is being filled; those behind it were made ahead. */
  private filling = 0;
  private nextUnit = 0;
  private readonly onSegment: (index: number, buffer: SharedArrayBuffer) => void;
  private readonly deferred = new DeferredReuse();
  /** Free entries by size class. */
  private readonly free: number[][] = [];

  /** `onSegment` hears of each new segment, which every reader must have before an entry in it is named. */
  constructor(segmentBytes: number, onSegment: (index: number, buffer: SharedArrayBuffer) => void) {
    super({ segmentBytes, segments: [] });
    assert(segmentBytes <= tableLimits.bytesSegmentBytes, 'shared bytes: segment too large');
    this.onSegment = onSegment;
    for (let k = sizeClassOf(segmentBytes / unitBytes); k >= 0; k--) this.free.push([]);
    this.grow();
  }

  add(bytes: Uint8Array): number {
    const ref = this.allocate(bytes.length);
    this.segmentOf(ref).set(bytes, this.startOf(ref) + headerBytes);
    return ref;
  }

  addAscii(text: string): number {
    const ref = this.allocate(text.length);
    const segment = this.segmentOf(ref);
    const start = this.startOf(ref) + headerBytes;
    for (let i = 0; i < text.length; i++) segment[start + i] = text.charCodeAt(i);
    return ref;
  }

  addInt32s(values: ArrayLike<number>): number {
    const ref = this.allocate(values.length * 4);
    this.wordsOf(ref).set(values, (this.startOf(ref) + headerBytes) >> 2);
    return ref;
  }

  /** Dropped by the image at `offset`; its bytes stay until `reclaim` hears that all readers have passed it. */
  drop(ref: number, offset: number): void {
    if (ref !== noBytes) this.deferred.add(ref, offset);
  }

  reclaim(acknowledged: number): void {
    this.deferred.reclaim(acknowledged, (ref) => {
      const size = sizeClassOf(unitsFor(this.lengthOf(ref)));
      this.usedBytes -= unitsOf(size) * unitBytes;
      this.free[size].push(ref);
    });
  }

  /**
   * Makes segments so that entries of these sizes (`entryBytes`) can be added, in any order, without another one being
   * made.
   */
  reserve(entries: readonly number[]): void {
    let small = 0;
    let ahead = 0;
    for (const bytes of entries) {
      if (2 * bytes > this.segmentBytes) ahead++;
      else small += bytes;
    }
    const fits = ahead === 0 && small <= this.freshUnits() * unitBytes;
    // Moving on to the next segment wastes less than the entry that did not fit: for small ones less than half.
    if (!fits) ahead += Math.ceil((2 * small) / this.segmentBytes) + (small > 0 ? ahead : 0);
    while (this.segmentCount - 1 - this.filling < ahead) this.grow();
  }

  private allocate(length: number): number {
    const size = sizeClassOf(unitsFor(length));
    const units = unitsOf(size);
    assert(units * unitBytes <= this.segmentBytes, 'shared bytes: entry larger than a segment');
    this.usedBytes += units * unitBytes;
    const reused = this.free[size].pop();
    if (reused !== undefined) {
      this.wordsOf(reused)[this.startOf(reused) >> 2] = length;
      return reused;
    }
    if (this.freshUnits() < units) {
      // What is left of the segment is given up.
      this.filling++;
      this.nextUnit = 0;
      if (this.filling === this.segmentCount) this.grow();
    }
    const ref = this.refOf(this.filling, this.nextUnit);
    this.nextUnit += units;
    this.wordsOf(ref)[this.startOf(ref) >> 2] = length;
    return ref;
  }

  private freshUnits(): number {
    return this.segmentBytes / unitBytes - this.nextUnit;
  }

  private grow(): void {
    const index = this.segmentCount;
    assert(index * (this.segmentBytes / unitBytes) < 2 ** 31, 'shared bytes: too many segments');
    const buffer = new SharedArrayBuffer(this.segmentBytes);
    this.addSegment(index, buffer);
    this.onSegment(index, buffer);
  }
}

/** Bytes that an entry of `length` bytes takes, header and rounding included. */
export function entryBytes(length: number): number {
  return unitsOf(sizeClassOf(unitsFor(length))) * unitBytes;
}

function unitsFor(length: number): number {
  return Math.ceil((headerBytes + length) / unitBytes);
}

/** Sizes in units: 1, 2, 3, 4, 6, 8, 12, 16, 24 … so that at most a third is lost to rounding. */
function sizeClassOf(units: number): number {
  if (units <= 2) return units - 1;
  const log = 31 - Math.clz32(units - 1);
  return units <= 3 * 2 ** (log - 1) ? 2 * log : 2 * log + 1;
}

function unitsOf(size: number): number {
  if (size <= 1) return size + 1;
  const log = size >> 1;
  return (size & 1) === 0 ? 3 * 2 ** (log - 1) : 2 ** (log + 1);
}
