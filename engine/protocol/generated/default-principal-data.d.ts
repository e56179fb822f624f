// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface DefaultPrincipalData {
  /** string, versions 0+ */
  type: string;
  /** string, versions 0+ */
  name: string;
  /** bool, versions 0+ */
  tokenAuthenticated: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDefaultPrincipalData(reader: Reader, version: number): DefaultPrincipalData;
export declare function encodeDefaultPrincipalData(writer: Writer, message: Init<DefaultPrincipalData>, version: number): void;
export { decodeDefaultPrincipalData as decode, encodeDefaultPrincipalData as encode };
