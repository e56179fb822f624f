// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, NodeId, Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 17;
export declare const lowestVersion: 0;
export declare const highestVersion: 3;

export interface BrokerRegistrationChangeRecord {
  /** int32, versions 0+ */
  brokerId: NodeId;
  /** int64, versions 0+ */
  brokerEpoch: bigint;
  /** int8, versions 0+, tag 0 */
  fenced: number;
  /** int8, versions 1+, tag 1 */
  inControlledShutdown: number;
  /** []uuid, versions 2+, tag 2 */
  logDirs: DirectoryId[];
  /** []uuid, versions 3+, nullable 3+, tag 3, default null */
  cordonedLogDirs: Uuid[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeBrokerRegistrationChangeRecord(reader: Reader, version: number): BrokerRegistrationChangeRecord;
export declare function encodeBrokerRegistrationChangeRecord(writer: Writer, message: Init<BrokerRegistrationChangeRecord>, version: number): void;
export { decodeBrokerRegistrationChangeRecord as decode, encodeBrokerRegistrationChangeRecord as encode };
