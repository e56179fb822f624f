// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 71;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface GetTelemetrySubscriptionsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** uuid, versions 0+ */
  clientInstanceId: Uuid;
  /** int32, versions 0+ */
  subscriptionId: number;
  /** []int8, versions 0+ */
  acceptedCompressionTypes: number[];
  /** int32, versions 0+ */
  pushIntervalMs: number;
  /** int32, versions 0+ */
  telemetryMaxBytes: number;
  /** bool, versions 0+ */
  deltaTemporality: boolean;
  /** []string, versions 0+ */
  requestedMetrics: string[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeGetTelemetrySubscriptionsResponse(reader: Reader, version: number): GetTelemetrySubscriptionsResponse;
export declare function encodeGetTelemetrySubscriptionsResponse(writer: Writer, message: Init<GetTelemetrySubscriptionsResponse>, version: number): void;
export { decodeGetTelemetrySubscriptionsResponse as decode, encodeGetTelemetrySubscriptionsResponse as encode };
