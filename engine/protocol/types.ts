import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** A tagged field (KIP-482) that the schema does not know: kept as it came, and written again at its place. */
export interface UnknownTaggedField {
  readonly tag: number;
  readonly data: Uint8Array;
}

/** The form in which a message is given to its encoder: a field left out has the schema's default. */
export type Init<T> = T extends string | number | bigint | boolean | null | undefined | Uint8Array
  ? T
  : T extends readonly (infer E)[]
    ? readonly Init<E>[]
    : { readonly [K in keyof T]?: Init<T[K]> | undefined };

/** Shared by all messages that have none. */
export const noTaggedFields: readonly UnknownTaggedField[] = Object.freeze([]);
export const emptyBytes: Uint8Array = new Uint8Array(0);
export const emptyList: readonly never[] = Object.freeze([]);

/** A generated module as the tables of loaders see it. */
export interface MessageCodec {
  readonly lowestVersion: number;
  readonly highestVersion: number;
  decode(reader: Reader, version: number): object;
  encode(writer: Writer, message: object, version: number): void;
}

/** From an api key or record type to the import of its codec, which is loaded on first use. */
export type CodecLoaders = Readonly<Record<number, (() => Promise<MessageCodec>) | undefined>>;
