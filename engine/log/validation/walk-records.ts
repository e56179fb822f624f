import type { RecordWalk } from '../../base/record-walk.ts';

/**
 * One pass over the records of a batch: framing, dense offsets, sizes, headers; and the extremes that the rest of the
 * checks need. It allocates nothing, and is the hottest loop of a produce: varints of one and two bytes, which almost
 * all are, are read in line. They stay in their zig-zag form, where an even number 2n is n and 1 is -1. Every read stays
 * within the record, by what is checked before: after a field there is at least a byte for each that has to follow.
 */

const walked = { minTimestampDelta: 0, maxTimestampDelta: 0, nullKeys: 0 };

/** The twin of native-bindings/records.c. */
export const plainRecordWalk: RecordWalk = { walked, walk: walkRecords };

/** Zig-zag form of the length of a field that is null. */
const nullLength = 1;
/** A record without key, value and headers: attributes and five varints. */
const leastRecordBytes = 6;
const maxVarintBytes = 5;
const maxVarlongBytes = 10;

/** Position after the number that `readRest` or `readLongRest` read. */
let after = 0;
/** Where a number is that did not end: behind every record. */
const nowhere = 0x7fff_ffff;

function walkRecords(bytes: Uint8Array, start: number, end: number, count: number): string | null {
  let at = start;
  let minDelta = Number.POSITIVE_INFINITY;
  let maxDelta = Number.NEGATIVE_INFINITY;
  let nullKeys = 0;
  for (let index = 0; index < count; index++) {
    if (at >= end) return 'record count';
    let zigzag = bytes[at++];
    if (zigzag >= 0x80) {
      zigzag = readRest(bytes, at, end, zigzag);
      at = after;
    }
    const recordEnd = at + (zigzag >>> 1);
    if ((zigzag & 1) !== 0 || zigzag < 2 * leastRecordBytes || recordEnd > end) return 'record length';
    // The attributes of a record have no meaning yet.
    zigzag = bytes[++at];
    at++;
    if (zigzag >= 0x80) {
      zigzag = readLongRest(bytes, at, recordEnd - 4, zigzag);
      if ((at = after) === nowhere) return 'timestamp delta';
    }
    const delta = zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    if (delta < minDelta) minDelta = delta;
    if (delta > maxDelta) maxDelta = delta;
    zigzag = bytes[at++];
    if (zigzag >= 0x80) {
      zigzag = readRest(bytes, at, recordEnd - 3, zigzag);
      if ((at = after) === nowhere) return 'offset delta';
    }
    if (zigzag !== 2 * index) return 'offset delta';
    zigzag = bytes[at++];
    if (zigzag >= 0x80) {
      zigzag = readRest(bytes, at, recordEnd - 2, zigzag);
      if ((at = after) === nowhere) return 'key length';
    }
    if (zigzag === nullLength) nullKeys++;
    else if ((zigzag & 1) === 0) at += zigzag >>> 1;
    else return 'key length';
    if (at + 2 > recordEnd) return 'key length';
    zigzag = bytes[at++];
    if (zigzag >= 0x80) {
      zigzag = readRest(bytes, at, recordEnd - 1, zigzag);
      if ((at = after) === nowhere) return 'value length';
    }
    if ((zigzag & 1) === 0) at += zigzag >>> 1;
    else if (zigzag !== nullLength) return 'value length';
    if (at >= recordEnd) return 'value length';
    if (bytes[at] === 0) at++;
    else at = skipHeaders(bytes, at, recordEnd);
    if (at !== recordEnd) return 'record length';
  }
  if (at !== end) return 'bytes after the last record';
  walked.minTimestampDelta = minDelta;
  walked.maxTimestampDelta = maxDelta;
  walked.nullKeys = nullKeys;
  return null;
}

/** Position after the headers and their count; `nowhere` if broken. A claimed count costs no more than the bytes there. */
function skipHeaders(bytes: Uint8Array, start: number, end: number): number {
  const count = readVarint(bytes, start, end);
  if ((count & 1) !== 0) return nowhere;
  let at = after;
  for (let left = count >>> 1; left > 0; left--) {
    if (at >= end) return nowhere;
    const keyLength = readVarint(bytes, at, end);
    if ((keyLength & 1) !== 0) return nowhere;
    at = after + (keyLength >>> 1);
    const valueLength = readVarint(bytes, at, end);
    if ((valueLength & 1) === 0) at = after + (valueLength >>> 1);
    else if (valueLength === nullLength) at = after;
    else return nowhere;
  }
  return at;
}

/** A varint in its zig-zag form; sets `after`. */
function readVarint(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) {
    after = nowhere;
    return 0;
  }
  const first = bytes[at];
  if (first < 0x80) {
    after = at + 1;
    return first;
  }
  return readRest(bytes, at + 1, end, first);
}

/** The rest of a varint whose first byte says that there is more, all of it before `end`; sets `after`. */
function readRest(bytes: Uint8Array, at: number, end: number, first: number): number {
  const second = at < end ? bytes[at] : 0x80;
  if (second < 0x80) {
    after = at + 1;
    return (first & 0x7f) | (second << 7);
  }
  const stop = Math.min(end, at + maxVarintBytes - 1);
  let value = first & 0x7f;
  for (let position = at, shift = 7; position < stop; position++, shift += 7) {
    const byte = bytes[position];
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) {
      // 2^31 and more is beyond every length and offset here.
      after = value < 0 ? nowhere : position + 1;
      return value;
    }
  }
  after = nowhere;
  return 0;
}

/** The same for a varlong: exact up to 2^53 and rounded beyond. */
function readLongRest(bytes: Uint8Array, at: number, end: number, first: number): number {
  const second = at < end ? bytes[at] : 0x80;
  if (second < 0x80) {
    after = at + 1;
    return (first & 0x7f) | (second << 7);
  }
  const stop = Math.min(end, at + maxVarlongBytes - 1);
  let value = first & 0x7f;
  let scale = 0x80;
  for (let position = at; position < stop; position++) {
    const byte = bytes[position];
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) {
      after = position + 1;
      return value;
    }
    scale *= 0x80;
  }
  after = nowhere;
  return 0;
}
