// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, NodeId, Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 0;
export declare const lowestVersion: 0;
export declare const highestVersion: 4;

export interface RegisterBrokerRecord {
  /** int32, versions 0+ */
  brokerId: NodeId;
  /** bool, versions 2+, default false */
  isMigratingZkBroker: boolean;
  /** uuid, versions 0+ */
  incarnationId: Uuid;
  /** int64, versions 0+ */
  brokerEpoch: bigint;
  /** []BrokerEndpoint, versions 0+ */
  endPoints: BrokerEndpoint[];
  /** []BrokerFeature, versions 0+ */
  features: BrokerFeature[];
  /** string, versions 0+, nullable 0+ */
  rack: string | null;
  /** bool, versions 0+, default true */
  fenced: boolean;
  /** bool, versions 1+, default false */
  inControlledShutdown: boolean;
  /** []uuid, versions 3+, tag 0 */
  logDirs: DirectoryId[];
  /** []uuid, versions 4+, nullable 4+, tag 1, default null */
  cordonedLogDirs: Uuid[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface BrokerEndpoint {
  /** string, versions 0+ */
  name: string;
  /** string, versions 0+ */
  host: string;
  /** uint16, versions 0+ */
  port: number;
  /** int16, versions 0+ */
  securityProtocol: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface BrokerFeature {
  /** string, versions 0+ */
  name: string;
  /** int16, versions 0+ */
  minSupportedVersion: number;
  /** int16, versions 0+ */
  maxSupportedVersion: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeRegisterBrokerRecord(reader: Reader, version: number): RegisterBrokerRecord;
export declare function encodeRegisterBrokerRecord(writer: Writer, message: Init<RegisterBrokerRecord>, version: number): void;
export { decodeRegisterBrokerRecord as decode, encodeRegisterBrokerRecord as encode };
