// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, NodeId, Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 62;
export declare const lowestVersion: 0;
export declare const highestVersion: 4;

export interface BrokerRegistrationRequest {
  /** int32, versions 0+ */
  brokerId: NodeId;
  /** string, versions 0+ */
  clusterId: string;
  /** uuid, versions 0+ */
  incarnationId: Uuid;
  /** []Listener, versions 0+ */
  listeners: Listener[];
  /** []Feature, versions 0+ */
  features: Feature[];
  /** string, versions 0+, nullable 0+ */
  rack: string | null;
  /** bool, versions 1+, default false */
  isMigratingZkBroker: boolean;
  /** []uuid, versions 2+ */
  logDirs: DirectoryId[];
  /** int64, versions 3+, default -1 */
  previousBrokerEpoch: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Listener {
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

export interface Feature {
  /** string, versions 0+ */
  name: string;
  /** int16, versions 0+ */
  minSupportedVersion: number;
  /** int16, versions 0+ */
  maxSupportedVersion: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeBrokerRegistrationRequest(reader: Reader, version: number): BrokerRegistrationRequest;
export declare function encodeBrokerRegistrationRequest(writer: Writer, message: Init<BrokerRegistrationRequest>, version: number): void;
export { decodeBrokerRegistrationRequest as decode, encodeBrokerRegistrationRequest as encode };
