// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 72;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface PushTelemetryRequest {
  /** uuid, versions 0+ */
  clientInstanceId: Uuid;
  /** int32, versions 0+ */
  subscriptionId: number;
  /** bool, versions 0+ */
  terminating: boolean;
  /** int8, versions 0+ */
  compressionType: number;
  /** bytes, versions 0+ */
  metrics: Uint8Array;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodePushTelemetryRequest(reader: Reader, version: number): PushTelemetryRequest;
export declare function encodePushTelemetryRequest(writer: Writer, message: Init<PushTelemetryRequest>, version: number): void;
export { decodePushTelemetryRequest as decode, encodePushTelemetryRequest as encode };
