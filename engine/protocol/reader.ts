import type { Uuid } from '../base/brands.ts';
import { messageLimits } from '../base/limits.ts';
import { ProtocolError } from './protocol-error.ts';
import { emptyBytes, noTaggedFields, type UnknownTaggedField } from './types.ts';
import { decodeUtf8 } from './utf8.ts';
import { uuidFromBytes } from './uuid.ts';

/** Longest string of the protocol, in bytes of UTF-8. */
const maxStringBytes = 0x7fff;

/**
 * Reads the protocol's values from memory that may be shared. Every read is bounded by the end given; anything that is
 * not as it should be throws ProtocolError. Nothing is allocated by a length that the bytes merely claim, and the
 * elements of one message are limited (limits.ts): a Reader is for one message, `reset` begins the next.
 *
 * `bytes` answers views of the memory read from: whoever keeps them longer than that memory copies them.
 * Where a method takes `compact`, true means the forms of flexible versions (KIP-482).
 */
export class Reader {
  bytesRead: Uint8Array;
  position: number;
  end: number;
  #view: DataView;
  #elementsLeft: number = messageLimits.elements;

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length) {
    this.bytesRead = bytes;
    this.position = start;
    this.end = Math.min(end, bytes.length);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Starts over on other memory, so that one Reader serves many messages. */
  reset(bytes: Uint8Array, start = 0, end: number = bytes.length): this {
    if (bytes !== this.bytesRead) {
      this.bytesRead = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.position = start;
    this.end = Math.min(end, bytes.length);
    this.#elementsLeft = messageLimits.elements;
    return this;
  }

  get remaining(): number {
    return this.end - this.position;
  }

  /** Throws `trailing-bytes` unless everything was read. */
  expectEnd(): void {
    if (this.position !== this.end) this.#fail('trailing-bytes', `${this.end - this.position} bytes are left`);
  }

  skip(length: number): void {
    this.#take(length);
  }

  bool(): boolean {
    return this.bytesRead[this.#take(1)] !== 0;
  }

  int8(): number {
    return this.#view.getInt8(this.#take(1));
  }

  int16(): number {
    return this.#view.getInt16(this.#take(2));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2));
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4));
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4));
  }

  int64(): bigint {
    return this.#view.getBigInt64(this.#take(8));
  }

  /** An int64 as a number. Throws `out-of-range` beyond the integers that a number holds exactly. */
  int64Number(): number {
    const at = this.#take(8);
    const value = this.#view.getInt32(at) * 0x100000000 + this.#view.getUint32(at + 4);
    if (!Number.isSafeInteger(value)) this.#fail('out-of-range', 'an int64 is beyond 2^53');
    return value;
  }

  /** An int64 as a number; what a number cannot hold exactly becomes the largest or least that it can. */
  int64Clamped(): number {
    const at = this.#take(8);
    const value = this.#view.getInt32(at) * 0x100000000 + this.#view.getUint32(at + 4);
    if (value > Number.MAX_SAFE_INTEGER) return Number.MAX_SAFE_INTEGER;
    return value < Number.MIN_SAFE_INTEGER ? Number.MIN_SAFE_INTEGER : value;
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8));
  }

  uuid(): Uuid {
    return uuidFromBytes(this.bytesRead, this.#take(16));
  }

  /** An unsigned variable-length integer of 32 bits. */
  uvarint(): number {
    const bytes = this.bytesRead;
    let at = this.position;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (at >= this.end) this.#fail('truncated', 'a varint has no end');
      const byte = bytes[at++]!;
      if (shift === 28 && byte > 0x0f) this.#fail('bad-varint', 'a varint has more than 32 bits');
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    this.position = at;
    return value >>> 0;
  }

  /** A signed (zigzag) variable-length integer of 32 bits. */
  varint(): number {
    const raw = this.uvarint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** A signed (zigzag) variable-length integer of 64 bits. */
  varlong(): bigint {
    const bytes = this.bytesRead;
    let at = this.position;
    let raw = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (at >= this.end) this.#fail('truncated', 'a varint has no end');
      const byte = bytes[at++]!;
      if (shift === 63n && byte > 1) this.#fail('bad-varint', 'a varint has more than 64 bits');
      raw |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    this.position = at;
    return (raw >> 1n) ^ -(raw & 1n);
  }

  string(compact: boolean): string {
    return this.#text(this.#presentLength(compact ? this.uvarint() - 1 : this.int16()));
  }

  nullableString(compact: boolean): string | null {
    const length = compact ? this.uvarint() - 1 : this.int16();
    return length < 0 ? null : this.#text(length);
  }

  bytes(compact: boolean): Uint8Array {
    return this.#slice(this.#presentLength(compact ? this.uvarint() - 1 : this.int32()));
  }

  nullableBytes(compact: boolean): Uint8Array | null {
    const length = compact ? this.uvarint() - 1 : this.int32();
    return length < 0 ? null : this.#slice(length);
  }

  /** Passes over a string and answers its length in bytes: it ends at `position`. -1 is null, allowed where `nullable`. */
  skipString(compact: boolean, nullable: boolean): number {
    const length = compact ? this.uvarint() - 1 : this.int16();
    if (length < 0) return nullable ? -1 : this.#presentLength(length);
    if (length > maxStringBytes) this.#fail('bad-length', `a string of ${length} bytes`);
    this.#take(length);
    return length;
  }

  /** Passes over bytes or records and answers their length: they end at `position`. -1 is null. */
  skipNullableBytes(compact: boolean): number {
    const length = compact ? this.uvarint() - 1 : this.int32();
    if (length < 0) return -1;
    this.#take(length);
    return length;
  }

  /** The byte before a struct that may be null. */
  present(): boolean {
    return this.int8() >= 0;
  }

  /** What stands before a struct that may be null and is a tagged field. */
  taggedPresent(): boolean {
    return this.uvarint() > 0;
  }

  /** An array's element count, -1 for null; refused if the rest could not hold so many of at least `minBytes` each. */
  count(compact: boolean, minBytes: number): number {
    const count = compact ? this.uvarint() - 1 : this.int32();
    if (count < 0) return -1;
    if (count * minBytes > this.end - this.position) {
      this.#fail('count-too-large', `${count} elements are claimed, ${this.end - this.position} bytes are left`);
    }
    return count;
  }

  list<T>(read: (reader: Reader, version: number) => T, version: number, compact: boolean, minBytes: number): T[] {
    return this.#elements(read, version, this.#presentCount(this.count(compact, minBytes)));
  }

  nullableList<T>(
    read: (reader: Reader, version: number) => T,
    version: number,
    compact: boolean,
    minBytes: number,
  ): T[] | null {
    const count = this.count(compact, minBytes);
    return count < 0 ? null : this.#elements(read, version, count);
  }

  /** Reads how many tagged fields follow. */
  tagCount(): number {
    const count = this.uvarint();
    // Each takes two bytes at least. Apache Kafka takes 2^31 and more, which it reads as negative, for none.
    if (count * 2 > this.end - this.position) this.#fail('truncated', `${count} tagged fields are claimed`);
    return count;
  }

  /** Reads a section of tagged fields of which none is known. */
  unknownTags(): readonly UnknownTaggedField[] {
    let kept = noTaggedFields;
    for (let n = this.tagCount(); n > 0; n--) kept = this.unknownTag(kept, this.uvarint(), this.tagEnd());
    return kept;
  }

  /** Keeps a tagged field that reaches to `end`. */
  unknownTag(kept: readonly UnknownTaggedField[], tag: number, end: number): readonly UnknownTaggedField[] {
    this.#spend(1);
    const field = { tag, data: this.#slice(end - this.position) };
    if (kept.length === 0) return [field];
    (kept as UnknownTaggedField[]).push(field);
    return kept;
  }

  /** Passes over a section of tagged fields. */
  skipTags(): void {
    for (let n = this.tagCount(); n > 0; n--) {
      this.uvarint();
      this.#take(this.uvarint());
    }
  }

  /** Reads a tagged field's size; answers the position at which it ends. */
  tagEnd(): number {
    const size = this.uvarint();
    if (size > this.end - this.position) this.#fail('truncated', `a tagged field claims ${size} bytes`);
    return this.position + size;
  }

  /** Throws `bad-tag` unless a tagged field was read to its end. */
  closeTag(end: number): void {
    if (this.position !== end) this.#fail('bad-tag', `a tagged field should end at ${end}`);
  }

  #elements<T>(read: (reader: Reader, version: number) => T, version: number, count: number): T[] {
    this.#spend(count);
    const list: T[] = [];
    for (let i = 0; i < count; i++) list.push(read(this, version));
    return list;
  }

  /** Whatever the bytes hold, no more than so many objects are made of them. */
  #spend(elements: number): void {
    this.#elementsLeft -= elements;
    if (this.#elementsLeft < 0) this.#fail('count-too-large', `more than ${messageLimits.elements} elements`);
  }

  #presentLength(length: number): number {
    if (length < 0) this.#fail('unexpected-null', 'a null where none is allowed');
    return length;
  }

  #presentCount(count: number): number {
    if (count < 0) this.#fail('unexpected-null', 'a null array where none is allowed');
    return count;
  }

  #text(length: number): string {
    if (length === 0) return '';
    if (length > maxStringBytes) this.#fail('bad-length', `a string of ${length} bytes`);
    const at = this.#take(length);
    return decodeUtf8(this.bytesRead, at, at + length);
  }

  #slice(length: number): Uint8Array {
    if (length === 0) return emptyBytes;
    const at = this.#take(length);
    return this.bytesRead.subarray(at, at + length);
  }

  /** Moves over `length` bytes and answers where they begin. */
  #take(length: number): number {
    const at = this.position;
    if (length > this.end - at) this.#fail('truncated', `${length} bytes are wanted, ${this.end - at} are left`);
    this.position = at + length;
    return at;
  }

  #fail(reason: ProtocolError['reason'], what: string): never {
    throw new ProtocolError(reason, `${what} (at byte ${this.position})`);
  }
}

// Elements of arrays of primitives, for `list`.
export const readInt8 = (reader: Reader): number => reader.int8();
export const readInt16 = (reader: Reader): number => reader.int16();
export const readInt32 = (reader: Reader): number => reader.int32();
export const readInt64 = (reader: Reader): bigint => reader.int64();
export const readUuid = (reader: Reader): Uuid => reader.uuid();
export const readString = (reader: Reader): string => reader.string(false);
export const readCompactString = (reader: Reader): string => reader.string(true);
