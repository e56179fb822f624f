// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 71;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface GetTelemetrySubscriptionsRequest {
  /** uuid, versions 0+ */
  clientInstanceId: Uuid;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeGetTelemetrySubscriptionsRequest(reader: Reader, version: number): GetTelemetrySubscriptionsRequest;
export declare function encodeGetTelemetrySubscriptionsRequest(writer: Writer, message: Init<GetTelemetrySubscriptionsRequest>, version: number): void;
export { decodeGetTelemetrySubscriptionsRequest as decode, encodeGetTelemetrySubscriptionsRequest as encode };
