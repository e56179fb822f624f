import { Reader } from '../protocol/reader.ts';
import { Writer } from '../protocol/writer.ts';

/** A topic's overrides as they lie in shared memory: count, then key and value, as compact strings. Never on disk. */
export function encodeTopicConfig(values: ReadonlyMap<string, string>): Uint8Array {
  if (values.size === 0) return empty;
  const writer = new Writer();
  writer.uvarint(values.size);
  for (const [key, value] of values) {
    writer.string(key, true);
    writer.string(value, true);
  }
  return writer.toBytes();
}

export function decodeTopicConfig(bytes: Uint8Array): Map<string, string> {
  const values = new Map<string, string>();
  if (bytes.length === 0) return values;
  const reader = new Reader(bytes);
  for (let left = reader.uvarint(); left > 0; left--) {
    const key = reader.string(true);
    values.set(key, reader.string(true));
  }
  return values;
}

const empty = new Uint8Array(0);
