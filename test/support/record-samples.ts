/** Records for tests of batches: as plain data, and as the Java helper takes them. */

import { BatchBuilder, type BatchOptions } from '../../engine/protocol/records/batch-builder.ts';
import fc from './fast-check.ts';
import { type JavaRecord, toBase64 } from './java-batches.ts';

export interface SampleRecord {
  readonly timestampMs: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly { readonly name: string; readonly value: Uint8Array | null }[];
}

const text = new TextEncoder();

export function utf8(value: string): Uint8Array {
  return text.encode(value);
}

/** `count` records of one second each, keyed, with values of `valueBytes`. */
export function plainRecords(count: number, valueBytes = 100, firstTimestampMs = 1_700_000_000_000): SampleRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    timestampMs: firstTimestampMs + index,
    key: utf8(`key-${index}`),
    value: Uint8Array.from({ length: valueBytes }, (_unused, at) => 97 + ((at * (index + 7)) % 26)),
    headers: [],
  }));
}

export function builderWith(records: readonly SampleRecord[], options: BatchOptions = {}): BatchBuilder {
  const builder = new BatchBuilder(options);
  for (const { timestampMs, key, value, headers } of records) {
    builder.append(
      timestampMs,
      key,
      value,
      headers.map((header) => ({ key: utf8(header.name), value: header.value })),
    );
  }
  return builder;
}

export function forJava(records: readonly SampleRecord[]): JavaRecord[] {
  return records.map(({ timestampMs, key, value, headers }) => ({
    timestampMs,
    key: toBase64(key),
    value: toBase64(value),
    headers: headers.map((header) => ({ key: header.name, value: toBase64(header.value) })),
  }));
}

const smallBytes = fc.option(fc.uint8Array({ maxLength: 300 }));

/** fast-check's records have no prototype unless asked, and deepEqual minds. */
const ordinary = { noNullPrototype: true } as const;

export const sampleRecord: fc.Arbitrary<SampleRecord> = fc.record(
  {
    timestampMs: fc.oneof(fc.integer({ min: 0, max: 2_000_000_000 }), fc.integer({ min: 0, max: 2 ** 50 })),
    key: smallBytes,
    value: smallBytes,
    headers: fc.array(fc.record({ name: fc.string({ maxLength: 10 }), value: smallBytes }, ordinary), { maxLength: 4 }),
  },
  ordinary,
);

export const sampleRecords: fc.Arbitrary<SampleRecord[]> = fc.array(sampleRecord, { minLength: 1, maxLength: 20 });
