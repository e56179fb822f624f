// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 33;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface AlterConfigsRequest {
  /** []AlterConfigsResource, versions 0+ */
  resources: AlterConfigsResource[];
  /** bool, versions 0+ */
  validateOnly: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AlterableConfig {
  /** string, versions 0+ */
  name: string;
  /** string, versions 0+, nullable 0+ */
  value: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AlterConfigsResource {
  /** int8, versions 0+ */
  resourceType: number;
  /** string, versions 0+ */
  resourceName: string;
  /** []AlterableConfig, versions 0+ */
  configs: AlterableConfig[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAlterConfigsRequest(reader: Reader, version: number): AlterConfigsRequest;
export declare function encodeAlterConfigsRequest(writer: Writer, message: Init<AlterConfigsRequest>, version: number): void;
export { decodeAlterConfigsRequest as decode, encodeAlterConfigsRequest as encode };
