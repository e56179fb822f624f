// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 22;
export declare const lowestVersion: 0;
export declare const highestVersion: 6;

export interface InitProducerIdResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** int64, versions 0+, default -1 */
  producerId: ProducerId;
  /** int16, versions 0+ */
  producerEpoch: number;
  /** int64, versions 6+, default -1 */
  ongoingTxnProducerId: bigint;
  /** int16, versions 6+, default -1 */
  ongoingTxnProducerEpoch: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeInitProducerIdResponse(reader: Reader, version: number): InitProducerIdResponse;
export declare function encodeInitProducerIdResponse(writer: Writer, message: Init<InitProducerIdResponse>, version: number): void;
export { decodeInitProducerIdResponse as decode, encodeInitProducerIdResponse as encode };
