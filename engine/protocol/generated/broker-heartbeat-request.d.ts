// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId, Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 63;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface BrokerHeartbeatRequest {
  /** int32, versions 0+ */
  brokerId: NodeId;
  /** int64, versions 0+, default -1 */
  brokerEpoch: bigint;
  /** int64, versions 0+ */
  currentMetadataOffset: bigint;
  /** bool, versions 0+ */
  wantFence: boolean;
  /** bool, versions 0+ */
  wantShutDown: boolean;
  /** []uuid, versions 1+, tag 0 */
  offlineLogDirs: Uuid[];
  /** []uuid, versions 2+, nullable 2+, tag 1, default null */
  cordonedLogDirs: Uuid[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeBrokerHeartbeatRequest(reader: Reader, version: number): BrokerHeartbeatRequest;
export declare function encodeBrokerHeartbeatRequest(writer: Writer, message: Init<BrokerHeartbeatRequest>, version: number): void;
export { decodeBrokerHeartbeatRequest as decode, encodeBrokerHeartbeatRequest as encode };
