/** What a listener serves, as it says itself, with what is needed to speak it. */
import { type ApiRow, apiRow } from '#engine/protocol/api-table.ts';
import type { ApiVersionsResponse } from '#engine/protocol/generated/api-versions-response.js';
import { ProtocolError } from '#engine/protocol/protocol-error.ts';
import { Reader } from '#engine/protocol/reader.ts';
import type { MessageCodec } from '#engine/protocol/types.ts';
import { Writer } from '#engine/protocol/writer.ts';
import { readSchema } from '../../../tools/generate/output.ts';
import type { Message } from '../../../tools/generate/schema.ts';
import { normal } from '../../golden/generated-codec.ts';
import { FuzzFailure, hex } from './target.ts';

export interface ServedApi {
  readonly row: ApiRow;
  readonly minVersion: number;
  readonly maxVersion: number;
  readonly requestSchema: Message;
  readonly request: MessageCodec;
  readonly response: MessageCodec;
}

const { messages } = readSchema();

export async function servedApis({ apiKeys }: ApiVersionsResponse): Promise<Map<number, ServedApi>> {
  const served = new Map<number, ServedApi>();
  for (const { apiKey, minVersion, maxVersion } of apiKeys) {
    const row = apiRow(apiKey)!;
    const [request, response] = await Promise.all([row.loadRequest(), row.loadResponse()]);
    const requestSchema = messages.find(({ kind, key }) => kind === 'request' && key === apiKey)!;
    served.set(apiKey, { row, minVersion, maxVersion, requestSchema, request, response });
  }
  return served;
}

export function encodeBody(codec: MessageCodec, message: object, version: number): Uint8Array {
  const writer = new Writer();
  codec.encode(writer, message, version);
  return writer.toBytes();
}

/** A frame without its size. */
export function requestOf(row: ApiRow, version: number, correlationId: number, body: Uint8Array): Buffer {
  const clientId = Buffer.from('fuzz');
  const head = Buffer.alloc(10 + clientId.length + (row.requestHeaderVersion(version) >= 2 ? 1 : 0));
  head.writeInt16BE(row.key, 0);
  head.writeInt16BE(version, 2);
  head.writeInt32BE(correlationId, 4);
  head.writeInt16BE(clientId.length, 8);
  head.set(clientId, 10);
  return Buffer.concat([head, body]);
}

/** Frames as they go over the wire. */
export function withSize(frame: Uint8Array, size: number = frame.length): Buffer {
  const sized = Buffer.alloc(4 + frame.length);
  sized.writeInt32BE(size, 0);
  sized.set(frame, 4);
  return sized;
}

/** `made`: by an encoder of ours; `answer`: by a node, which may quote what it was sent; `foreign`: by anybody. */
export type Origin = 'made' | 'answer' | 'foreign';

export interface Read {
  readonly message: object;
  /** It can be written: broken UTF-8 grows when it is read, perhaps beyond what a field holds; tags may be out of order. */
  readonly canBeWritten: boolean;
}

/**
 * What `bytes` say, and whether they say it again when written: the same bytes, or, where theirs were not in the form
 * that an encoder chooses (long varints, tags that repeat defaults, broken UTF-8), bytes that mean the same.
 * Undefined: no such message, which only foreign bytes may come to.
 */
export function readAndCompare(
  codec: MessageCodec,
  bytes: Uint8Array,
  version: number,
  origin: Origin,
): Read | undefined {
  const reader = new Reader(bytes);
  let message: object;
  try {
    message = codec.decode(reader, version);
  } catch (error) {
    if (error instanceof ProtocolError && origin === 'foreign') return undefined;
    throw new FuzzFailure(`decoding ${hex(bytes)} in version ${version}`, { cause: error });
  }
  let again: Uint8Array;
  try {
    again = encodeBody(codec, message, version);
  } catch (error) {
    const isKnown = error instanceof ProtocolError && (error.reason === 'bad-tag' || error.reason === 'bad-length');
    if (isKnown && origin !== 'made') return { message, canBeWritten: false };
    throw new FuzzFailure(`encoding what ${hex(bytes)} means in version ${version}`, { cause: error });
  }
  if (Buffer.compare(again, bytes.subarray(0, reader.position)) === 0) return { message, canBeWritten: true };
  if (origin === 'made') throw new FuzzFailure(`other bytes: ${hex(bytes)} became ${hex(again)} in version ${version}`);
  const meant = JSON.stringify(normal(message), asText);
  if (JSON.stringify(normal(codec.decode(new Reader(again), version)), asText) !== meant) {
    throw new FuzzFailure(`another meaning: ${hex(bytes)} became ${hex(again)} in version ${version}`);
  }
  return { message, canBeWritten: true };
}

function asText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
