// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 62;
export declare const lowestVersion: 0;
export declare const highestVersion: 4;

export interface BrokerRegistrationResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** int64, versions 0+, default -1 */
  brokerEpoch: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeBrokerRegistrationResponse(reader: Reader, version: number): BrokerRegistrationResponse;
export declare function encodeBrokerRegistrationResponse(writer: Writer, message: Init<BrokerRegistrationResponse>, version: number): void;
export { decodeBrokerRegistrationResponse as decode, encodeBrokerRegistrationResponse as encode };
