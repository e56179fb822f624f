// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 72;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface PushTelemetryResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodePushTelemetryResponse(reader: Reader, version: number): PushTelemetryResponse;
export declare function encodePushTelemetryResponse(writer: Writer, message: Init<PushTelemetryResponse>, version: number): void;
export { decodePushTelemetryResponse as decode, encodePushTelemetryResponse as encode };
