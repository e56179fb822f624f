/** Records whose framing lies. With fewer than 64 bytes in all, every varint of these batches is a single byte. */
import { writeVarint } from '../../engine/protocol/records/varints.ts';
import { batchOf, code, type HostileCase, onTopic, sealed } from './hostile-batches.ts';
import { plainRecords } from './record-samples.ts';

/** Positions in the batch, of the first record's fields and the second's offset. */
export const firstRecord = 61;
const timestampDelta = firstRecord + 2;
export const offsetDelta = firstRecord + 3;
export const keyLength = firstRecord + 4;

/** A varint of one byte. */
export function oneByte(value: number): number {
  const into = new Uint8Array(5);
  writeVarint(into, 0, value);
  return into[0];
}

export function tinyBatch(nowMs: number): Uint8Array {
  return batchOf(plainRecords(2, 10, nowMs));
}

export function recordCases(nowMs: number): HostileCase[] {
  const whole = tinyBatch(nowMs);
  const valueLength = keyLength + 1 + whole[keyLength] / 2;
  const headerCount = firstRecord + whole[firstRecord] / 2;
  const secondOffsetDelta = headerCount + 1 + 3;
  const put = (at: number, value: number) => sealed(whole.slice(), (bytes) => (bytes[at] = oneByte(value)));
  const add = (at: number, more: number) => sealed(whole.slice(), (bytes) => (bytes[at] += 2 * more));
  return onTopic('plain', [
    ['record length -1', put(firstRecord, -1), code.INVALID],
    ['record length 0', put(firstRecord, 0), code.INVALID],
    ['record length 3', put(firstRecord, 3), code.INVALID],
    ['record length 60', put(firstRecord, 60), code.INVALID],
    ['record length one more', add(firstRecord, 1), code.INVALID],
    ['record length one fewer', add(firstRecord, -1), code.INVALID],
    ['record length beyond the batch', sealed(whole.slice(), (bytes) => bytes.set([0xfe, 0x7f], 61)), code.INVALID],
    ['record attributes', put(firstRecord + 1, -5), code.OK],
    // Apache keeps offsets that repeat or jump, as long as nothing is recompressed.
    ['first offset delta 1', put(offsetDelta, 1), code.OK, code.INVALID],
    ['first offset delta -1', put(offsetDelta, -1), code.OK, code.INVALID],
    ['second offset delta 0', put(secondOffsetDelta, 0), code.OK, code.INVALID],
    ['second offset delta 5', put(secondOffsetDelta, 5), code.OK, code.INVALID],
    ['key length -2', put(keyLength, -2), code.INVALID],
    ['key length 60', put(keyLength, 60), code.INVALID],
    ['key length one more', add(keyLength, 1), code.INVALID],
    ['value length -2', put(valueLength, -2), code.INVALID],
    ['value length 60', put(valueLength, 60), code.INVALID],
    ['header count -1', put(headerCount, -1), code.INVALID],
    ['header count 1', put(headerCount, 1), code.INVALID],
    ['header count 60', put(headerCount, 60), code.INVALID],
    ['varint without end', sealed(whole.slice(), (bytes) => bytes.fill(0xff, firstRecord)), code.UNKNOWN, code.INVALID],
    ['second varint without end', sealed(whole.slice(), (b) => b.fill(0xff, timestampDelta, 78)), code.INVALID],
  ]);
}
