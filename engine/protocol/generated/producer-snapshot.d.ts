// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 1;
export declare const highestVersion: 1;

export interface ProducerSnapshot {
  /** uint32, versions 1 */
  crc: number;
  /** []ProducerEntry, versions 1 */
  producerEntries: ProducerEntry[];
}

export interface ProducerEntry {
  /** int64, versions 1 */
  producerId: ProducerId;
  /** int16, versions 1 */
  epoch: number;
  /** int32, versions 1 */
  lastSequence: number;
  /** int64, versions 1 */
  lastOffset: bigint;
  /** int32, versions 1 */
  offsetDelta: number;
  /** int64, versions 1 */
  timestamp: bigint;
  /** int32, versions 1 */
  coordinatorEpoch: number;
  /** int64, versions 1 */
  currentTxnFirstOffset: bigint;
}

export declare function decodeProducerSnapshot(reader: Reader, version: number): ProducerSnapshot;
export declare function encodeProducerSnapshot(writer: Writer, message: Init<ProducerSnapshot>, version: number): void;
export { decodeProducerSnapshot as decode, encodeProducerSnapshot as encode };
