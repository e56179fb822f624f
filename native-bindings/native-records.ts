import { loadNative } from './load-native.ts';

/** What records.c exports. */
export interface NativeRecords {
  crc32c(bytes: Uint8Array, initial: number): number;
  /** The same as it is done where polynomials are not multiplied four at a time. */
  crc32cByInstruction(bytes: Uint8Array, initial: number): number;
  /** The number of the fault, or 0 with `walked` filled in. */
  walk(bytes: Uint8Array, start: number, end: number, count: number): number;
  readonly walked: Float64Array;
}

/** null where it was not built: see build.ts. */
export const nativeRecords = loadNative<NativeRecords>('#native/build/records.node');
