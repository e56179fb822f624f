// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 63;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface BrokerHeartbeatResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** bool, versions 0+, default false */
  isCaughtUp: boolean;
  /** bool, versions 0+, default true */
  isFenced: boolean;
  /** bool, versions 0+ */
  shouldShutDown: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeBrokerHeartbeatResponse(reader: Reader, version: number): BrokerHeartbeatResponse;
export declare function encodeBrokerHeartbeatResponse(writer: Writer, message: Init<BrokerHeartbeatResponse>, version: number): void;
export { decodeBrokerHeartbeatResponse as decode, encodeBrokerHeartbeatResponse as encode };
