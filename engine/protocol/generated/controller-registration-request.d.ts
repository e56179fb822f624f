// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId, Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 70;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ControllerRegistrationRequest {
  /** int32, versions 0+ */
  controllerId: NodeId;
  /** uuid, versions 0+ */
  incarnationId: Uuid;
  /** bool, versions 0+ */
  zkMigrationReady: boolean;
  /** []Listener, versions 0+ */
  listeners: Listener[];
  /** []Feature, versions 0+ */
  features: Feature[];
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

export declare function decodeControllerRegistrationRequest(reader: Reader, version: number): ControllerRegistrationRequest;
export declare function encodeControllerRegistrationRequest(writer: Writer, message: Init<ControllerRegistrationRequest>, version: number): void;
export { decodeControllerRegistrationRequest as decode, encodeControllerRegistrationRequest as encode };
