import { Reader } from '../../engine/protocol/reader.ts';
import type { MessageCodec } from '../../engine/protocol/types.ts';
import { Writer } from '../../engine/protocol/writer.ts';
import { fileNameOf } from '../../tools/generate/file-name.ts';
import type { Message } from '../../tools/generate/schema.ts';

/** The generated codec of any message, also of those in no table of loaders. */
export async function codecOf(message: Message): Promise<MessageCodec> {
  const url = new URL(`../../engine/protocol/generated/${fileNameOf(message.name)}.js`, import.meta.url);
  return (await import(url.href)) as MessageCodec;
}

export function encodeToBytes(codec: MessageCodec, message: object, version: number): Uint8Array {
  const writer = new Writer();
  codec.encode(writer, message, version);
  return writer.toBytes();
}

/** Decodes all of `bytes`. */
export function decodeAll(codec: MessageCodec, bytes: Uint8Array, version: number): object {
  const reader = new Reader(bytes);
  const message = codec.decode(reader, version);
  reader.expectEnd();
  return message;
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** For comparisons: views of a Buffer are Buffers, which none takes for plain bytes. */
export function normal(value: unknown): unknown {
  if (value instanceof Uint8Array) return Array.from(value);
  if (Array.isArray(value)) return value.map(normal);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, normal(field)]));
}
