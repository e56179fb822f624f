// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 49;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface AlterClientQuotasResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []EntryData, versions 0+ */
  entries: EntryData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface EntityData {
  /** string, versions 0+ */
  entityType: string;
  /** string, versions 0+, nullable 0+ */
  entityName: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface EntryData {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  /** []EntityData, versions 0+ */
  entity: EntityData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAlterClientQuotasResponse(reader: Reader, version: number): AlterClientQuotasResponse;
export declare function encodeAlterClientQuotasResponse(writer: Writer, message: Init<AlterClientQuotasResponse>, version: number): void;
export { decodeAlterClientQuotasResponse as decode, encodeAlterClientQuotasResponse as encode };
