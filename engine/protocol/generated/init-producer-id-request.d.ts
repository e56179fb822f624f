// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 22;
export declare const lowestVersion: 0;
export declare const highestVersion: 6;

export interface InitProducerIdRequest {
  /** string, versions 0+, nullable 0+ */
  transactionalId: string | null;
  /** int32, versions 0+ */
  transactionTimeoutMs: number;
  /** int64, versions 3+, default -1 */
  producerId: ProducerId;
  /** int16, versions 3+, default -1 */
  producerEpoch: number;
  /** bool, versions 6+, default false */
  enable2Pc: boolean;
  /** bool, versions 6+, default false */
  keepPreparedTxn: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeInitProducerIdRequest(reader: Reader, version: number): InitProducerIdRequest;
export declare function encodeInitProducerIdRequest(writer: Writer, message: Init<InitProducerIdRequest>, version: number): void;
export { decodeInitProducerIdRequest as decode, encodeInitProducerIdRequest as encode };
