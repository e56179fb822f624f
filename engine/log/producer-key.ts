import { readInt32, readUint32, writeInt32, writeInt64 } from '../protocol/records/big-endian.ts';

/** A producer id as a map key: a number where that is exact, which is every id that a Kafka controller hands out. */
export type ProducerKey = number | bigint;

export function readProducerKey(bytes: Uint8Array, at: number): ProducerKey {
  const high = readInt32(bytes, at);
  const low = readUint32(bytes, at + 4);
  if (high >= -0x200000 && high < 0x200000) return high * 4294967296 + low;
  return (BigInt(high) << 32n) | BigInt(low);
}

export function writeProducerKey(bytes: Uint8Array, at: number, key: ProducerKey): void {
  if (typeof key === 'number') {
    writeInt64(bytes, at, key);
    return;
  }
  writeInt32(bytes, at, Number(BigInt.asIntN(32, key >> 32n)));
  writeInt32(bytes, at + 4, Number(BigInt.asIntN(32, key)));
}
