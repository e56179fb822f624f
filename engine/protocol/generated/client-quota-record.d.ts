// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 14;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ClientQuotaRecord {
  /** []EntityData, versions 0+ */
  entity: EntityData[];
  /** string, versions 0+ */
  key: string;
  /** float64, versions 0+ */
  value: number;
  /** bool, versions 0+ */
  remove: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface EntityData {
  /** string, versions 0+ */
  entityType: string;
  /** string, versions 0+, nullable 0+ */
  entityName: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeClientQuotaRecord(reader: Reader, version: number): ClientQuotaRecord;
export declare function encodeClientQuotaRecord(writer: Writer, message: Init<ClientQuotaRecord>, version: number): void;
export { decodeClientQuotaRecord as decode, encodeClientQuotaRecord as encode };
