// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 49;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface AlterClientQuotasRequest {
  /** []EntryData, versions 0+ */
  entries: EntryData[];
  /** bool, versions 0+ */
  validateOnly: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface EntityData {
  /** string, versions 0+ */
  entityType: string;
  /** string, versions 0+, nullable 0+ */
  entityName: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OpData {
  /** string, versions 0+ */
  key: string;
  /** float64, versions 0+ */
  value: number;
  /** bool, versions 0+ */
  remove: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface EntryData {
  /** []EntityData, versions 0+ */
  entity: EntityData[];
  /** []OpData, versions 0+ */
  ops: OpData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAlterClientQuotasRequest(reader: Reader, version: number): AlterClientQuotasRequest;
export declare function encodeAlterClientQuotasRequest(writer: Writer, message: Init<AlterClientQuotasRequest>, version: number): void;
export { decodeAlterClientQuotasRequest as decode, encodeAlterClientQuotasRequest as encode };
