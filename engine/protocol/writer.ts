import type { Uuid } from '../base/brands.ts';
import { joinedBytes } from '../base/joined-bytes.ts';
import { ProtocolError } from './protocol-error.ts';
import type { UnknownTaggedField } from './types.ts';
import { encodeUtf8, utf8Bytes } from './utf8.ts';
import { uuidToBytes } from './uuid.ts';
import { unsignedVarintBytes } from './varint.ts';

const maxStringBytes = 0x7fff;
const initialBytes = 512;
/** Record bytes shorter than this are copied: cheaper than one more buffer in a gathered write. */
export const splicedFromBytes = 2048;

/**
 * Writes the protocol's values into memory that grows. Record bytes are not copied but spliced in: the result is a list
 * of segments to be sent one after the other. The Writer's own memory is given out with the segments: `reset` may be
 * called only when they are no longer used.
 *
 * Where a method takes `compact`, true means the forms of flexible versions (KIP-482).
 */
export class Writer {
  #bytes: Uint8Array;
  #view: DataView;
  /** Where the segment being written begins in `#bytes`. */
  #segmentStart = 0;
  #at = 0;
  #done: Uint8Array[] = [];
  #doneBytes = 0;

  /** `memory`, if given, is written first; what does not fit goes to memory of the Writer's own. */
  constructor(memory: Uint8Array = new Uint8Array(initialBytes)) {
    this.#bytes = memory;
    this.#view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  }

  /** Starts over, in `memory` or the memory at hand. */
  reset(memory?: Uint8Array): this {
    if (memory !== undefined && memory !== this.#bytes) {
      this.#bytes = memory;
      this.#view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
    }
    this.#segmentStart = 0;
    this.#at = 0;
    if (this.#done.length > 0) this.#done = [];
    this.#doneBytes = 0;
    return this;
  }

  /** Bytes written so far, spliced ones included. */
  get sizeBytes(): number {
    return this.#doneBytes + this.#at - this.#segmentStart;
  }

  /** Everything written, in order. Views, not copies. */
  segments(): Uint8Array[] {
    if (this.#at === this.#segmentStart) return this.#done.slice();
    return [...this.#done, this.#bytes.subarray(this.#segmentStart, this.#at)];
  }

  /** Everything written as one array: a view where nothing was spliced, else a copy. */
  toBytes(): Uint8Array {
    if (this.#done.length === 0) return this.#bytes.subarray(this.#segmentStart, this.#at);
    return joinedBytes(this.segments());
  }

  bool(value: boolean): void {
    const at = this.#take(1);
    this.#bytes[at] = value ? 1 : 0;
  }

  int8(value: number): void {
    const at = this.#take(1);
    this.#bytes[at] = value;
  }

  int16(value: number): void {
    const at = this.#take(2);
    this.#view.setInt16(at, value);
  }

  uint16(value: number): void {
    const at = this.#take(2);
    this.#view.setUint16(at, value);
  }

  int32(value: number): void {
    const at = this.#take(4);
    this.#view.setInt32(at, value);
  }

  uint32(value: number): void {
    const at = this.#take(4);
    this.#view.setUint32(at, value);
  }

  int64(value: bigint): void {
    const at = this.#take(8);
    this.#view.setBigInt64(at, value);
  }

  /** An int64 given as an integer that a number holds exactly. */
  int64Number(value: number): void {
    const at = this.#take(8);
    this.#view.setInt32(at, Math.floor(value / 0x100000000));
    this.#view.setUint32(at + 4, value >>> 0);
  }

  float64(value: number): void {
    const at = this.#take(8);
    this.#view.setFloat64(at, value);
  }

  uuid(value: Uuid): void {
    const at = this.#take(16);
    uuidToBytes(value, this.#bytes, at);
  }

  uvarint(value: number): void {
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.int8(rest | 0x80);
      rest >>>= 7;
    }
    this.int8(rest);
  }

  varint(value: number): void {
    this.uvarint((value << 1) ^ (value >> 31));
  }

  varlong(value: bigint): void {
    let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
    while (rest >= 0x80n) {
      this.int8(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.int8(Number(rest));
  }

  string(value: string | null, compact: boolean): void {
    if (value === null) unexpectedNull();
    this.nullableString(value, compact);
  }

  nullableString(value: string | null, compact: boolean): void {
    if (value === null) {
      if (compact) this.uvarint(0);
      else this.int16(-1);
      return;
    }
    const length = utf8Bytes(value);
    if (length > maxStringBytes) throw new ProtocolError('bad-length', `a string of ${length} bytes`);
    if (compact) this.uvarint(length + 1);
    else this.int16(length);
    const at = this.#take(length);
    encodeUtf8(value, this.#bytes, at);
  }

  bytes(value: Uint8Array | null, compact: boolean): void {
    if (value === null) unexpectedNull();
    this.nullableBytes(value, compact);
  }

  nullableBytes(value: Uint8Array | null, compact: boolean): void {
    this.#bytesLength(value, compact);
    if (value !== null) this.raw(value);
  }

  /** Records: like bytes, but spliced in rather than copied when they are long. */
  records(value: Uint8Array | null, compact: boolean): void {
    if (value === null) unexpectedNull();
    this.nullableRecords(value, compact);
  }

  nullableRecords(value: Uint8Array | null, compact: boolean): void {
    this.#bytesLength(value, compact);
    if (value !== null) this.splice(value);
  }

  /** Copies bytes in, without a length. */
  raw(value: Uint8Array): void {
    const at = this.#take(value.length);
    this.#bytes.set(value, at);
  }

  /** Copies `length` bytes from `start` on, without a view being made. */
  copy(source: Uint8Array, start: number, length: number): void {
    const at = this.#take(length);
    const bytes = this.#bytes;
    for (let i = 0; i < length; i++) bytes[at + i] = source[start + i]!;
  }

  /** Makes `value` part of the output, by reference when it is long enough to be worth a segment. */
  splice(value: Uint8Array): void {
    if (value.length < splicedFromBytes) {
      this.raw(value);
      return;
    }
    if (this.#at > this.#segmentStart) {
      this.#done.push(this.#bytes.subarray(this.#segmentStart, this.#at));
      this.#doneBytes += this.#at - this.#segmentStart;
      this.#segmentStart = this.#at;
    }
    this.#done.push(value);
    this.#doneBytes += value.length;
  }

  /** The byte before a struct that may be null. */
  present(value: unknown): boolean {
    const there = value !== null && value !== undefined;
    this.int8(there ? 1 : -1);
    return there;
  }

  /** What stands before a struct that may be null and is a tagged field: a varint, and 0 where it is null. */
  taggedPresent(value: unknown): boolean {
    const there = value !== null && value !== undefined;
    this.uvarint(there ? 1 : 0);
    return there;
  }

  /** An array's element count. */
  count(count: number, compact: boolean): void {
    if (compact) this.uvarint(count + 1);
    else this.int32(count);
  }

  list<T>(
    list: readonly T[] | null,
    write: (writer: Writer, element: T, version: number) => void,
    version: number,
    compact: boolean,
  ): void {
    if (list === null) unexpectedNull();
    this.nullableList(list, write, version, compact);
  }

  nullableList<T>(
    list: readonly T[] | null,
    write: (writer: Writer, element: T, version: number) => void,
    version: number,
    compact: boolean,
  ): void {
    this.count(list === null ? -1 : list.length, compact);
    if (list !== null) for (let i = 0; i < list.length; i++) write(this, list[i]!, version);
  }

  /** Begins a tagged field; its size is put in by `endTag`, which takes what this answers. Nothing is spliced in between. */
  beginTag(tag: number): number {
    this.uvarint(tag);
    this.#take(1);
    return this.sizeBytes;
  }

  endTag(offset: number): void {
    const size = this.sizeBytes - offset;
    const extra = unsignedVarintBytes(size) - 1;
    if (extra > 0) this.#take(extra);
    const start = offset - this.#doneBytes + this.#segmentStart;
    if (extra > 0) this.#bytes.copyWithin(start + extra, start, start + size);
    this.#at = start - 1;
    this.uvarint(size);
    this.#at += size;
  }

  /** A whole section of tagged fields of which none is known. */
  unknownTags(fields: readonly UnknownTaggedField[] | undefined): void {
    const count = fields === undefined ? 0 : fields.length;
    this.uvarint(count);
    if (count > 0) this.unknownTagsBelow(fields, 0, -1, Number.MAX_SAFE_INTEGER);
  }

  /**
   * Writes the unknown tagged fields from index `from` on whose tags lie between `previous` and `next`, both known tags;
   * answers the index of the first one not written. Throws `bad-tag` when they do not rise or one is a known tag.
   */
  unknownTagsBelow(
    fields: readonly UnknownTaggedField[] | undefined,
    from: number,
    previous: number,
    next: number,
  ): number {
    if (fields === undefined) return from;
    let index = from;
    let last = previous;
    for (; index < fields.length && fields[index]!.tag < next; index++) {
      const { tag, data } = fields[index]!;
      if (tag <= last) throw new ProtocolError('bad-tag', `unknown tag ${tag} comes after tag ${last}`);
      this.uvarint(tag);
      this.uvarint(data.length);
      this.raw(data);
      last = tag;
    }
    return index;
  }

  /** Overwrites the int32 that is `offset` bytes from the beginning of the output; it must not cross two segments. */
  patchInt32(offset: number, value: number): void {
    if (this.#done.length === 0 && offset + 4 <= this.sizeBytes) {
      this.#view.setInt32(this.#segmentStart + offset, value);
      return;
    }
    let rest = offset;
    for (const segment of this.segments()) {
      if (rest + 4 <= segment.length) {
        for (let i = 0; i < 4; i++) segment[rest + i] = value >>> (24 - 8 * i);
        return;
      }
      if (rest < segment.length) break;
      rest -= segment.length;
    }
    throw new ProtocolError('out-of-range', `no int32 at ${offset}`);
  }

  #bytesLength(value: Uint8Array | null, compact: boolean): void {
    const length = value === null ? -1 : value.length;
    if (compact) this.uvarint(length + 1);
    else this.int32(length);
  }

  /** Makes room for `length` bytes and answers where it begins. */
  #take(length: number): number {
    const at = this.#at;
    const end = at + length;
    if (end > this.#bytes.length) return this.#grow(length);
    this.#at = end;
    return at;
  }

  #grow(length: number): number {
    const kept = this.#at - this.#segmentStart;
    const bytes = new Uint8Array(Math.max(initialBytes, 2 * (kept + length)));
    bytes.set(this.#bytes.subarray(this.#segmentStart, this.#at));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
    this.#segmentStart = 0;
    this.#at = kept + length;
    return kept;
  }
}

function unexpectedNull(): never {
  throw new ProtocolError('unexpected-null', 'a null where this version allows none');
}

// Elements of arrays of primitives, for `list`.
export const writeInt8 = (writer: Writer, value: number): void => writer.int8(value);
export const writeInt16 = (writer: Writer, value: number): void => writer.int16(value);
export const writeInt32 = (writer: Writer, value: number): void => writer.int32(value);
export const writeInt64 = (writer: Writer, value: bigint): void => writer.int64(value);
export const writeUuid = (writer: Writer, value: Uuid): void => writer.uuid(value);
export const writeString = (writer: Writer, value: string): void => writer.string(value, false);
export const writeCompactString = (writer: Writer, value: string): void => writer.string(value, true);
