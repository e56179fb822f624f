// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface EndTxnMarker {
  /** int32, versions 0+ */
  coordinatorEpoch: number;
}

export declare function decodeEndTxnMarker(reader: Reader, version: number): EndTxnMarker;
export declare function encodeEndTxnMarker(writer: Writer, message: Init<EndTxnMarker>, version: number): void;
export { decodeEndTxnMarker as decode, encodeEndTxnMarker as encode };
