// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId, Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 27;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface RegisterControllerRecord {
  /** int32, versions 0+ */
  controllerId: NodeId;
  /** uuid, versions 0+ */
  incarnationId: Uuid;
  /** bool, versions 0+ */
  zkMigrationReady: boolean;
  /** []ControllerEndpoint, versions 0+ */
  endPoints: ControllerEndpoint[];
  /** []ControllerFeature, versions 0+ */
  features: ControllerFeature[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ControllerEndpoint {
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

export interface ControllerFeature {
  /** string, versions 0+ */
  name: string;
  /** int16, versions 0+ */
  minSupportedVersion: number;
  /** int16, versions 0+ */
  maxSupportedVersion: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeRegisterControllerRecord(reader: Reader, version: number): RegisterControllerRecord;
export declare function encodeRegisterControllerRecord(writer: Writer, message: Init<RegisterControllerRecord>, version: number): void;
export { decodeRegisterControllerRecord as decode, encodeRegisterControllerRecord as encode };
