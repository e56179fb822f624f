import { BlockMemory } from '../base/block-memory.ts';
import type { ApiRow } from '../protocol/api-table.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import type { Reader } from '../protocol/reader.ts';
import { Writer } from '../protocol/writer.ts';
import type { FetchHome } from './fetch-home.ts';

/** A request frame and the way its reply takes: engine/net's Exchange, as far as the broker sees it. */
export interface ExchangePort {
  readonly bytes: Uint8Array;
  /** The arena's chunk that the frame lies in, or -1 for the heap. */
  readonly chunk: number;
  readonly start: number;
  readonly end: number;
  readonly receivedAtMs: number;
  /** Requests of this API may start before this one is answered; -1: none. */
  overlapsKey: number;
  /** Set by Fetch: a replica asks, not a consumer. */
  isOfReplica: boolean;
  answer(parts: readonly Uint8Array[], sent?: (failed: boolean) => void): void;
  abort(reason: string): void;
  releaseRequest(): void;
}

/** Who is at the other end of a connection, as far as it has been established. */
export interface Peer {
  readonly listenerName: string;
  readonly host: string;
  /** `User:ANONYMOUS` on a listener without authentication. */
  principal: string;
  clientSoftwareName: string;
  clientSoftwareVersion: string;
  /** Where what it fetches lies; absent where connections stay where they are. */
  home?: FetchHome | undefined;
  /** Gives up what the connection waits for; runs when it is gone. */
  onClose: (() => void) | undefined;
}

/** One request after its header was read. */
export class Request {
  readonly exchange: ExchangePort;
  readonly peer: Peer;
  readonly api: ApiRow;
  readonly version: number;
  readonly correlationId: number;
  readonly clientId: string | null;
  /** Position of the first byte of the body in `exchange.bytes`. */
  readonly bodyStart: number;

  constructor(
    exchange: ExchangePort,
    peer: Peer,
    api: ApiRow,
    version: number,
    correlationId: number,
    clientId: string | null,
    bodyStart: number,
  ) {
    this.exchange = exchange;
    this.peer = peer;
    this.api = api;
    this.version = version;
    this.correlationId = correlationId;
    this.clientId = clientId;
    this.bodyStart = bodyStart;
  }

  /** Bytes before the body of the reply: size, correlation id, and the (empty) tagged fields of header version 1. */
  get replyHeaderBytes(): number {
    return this.api.responseHeaderVersion(this.version) === 0 ? 8 : 9;
  }

  /** Writes size and header of a reply whose body has `bodyBytes`, at the start of `into`. */
  writeReplyHeader(into: Uint8Array, bodyBytes: number): void {
    const size = bodyBytes + this.replyHeaderBytes - 4;
    into[0] = size >>> 24;
    into[1] = size >>> 16;
    into[2] = size >>> 8;
    into[3] = size;
    into[4] = this.correlationId >>> 24;
    into[5] = this.correlationId >>> 16;
    into[6] = this.correlationId >>> 8;
    into[7] = this.correlationId;
    if (this.replyHeaderBytes === 9) into[8] = 0;
  }

  /** Answers with a body given as segments. */
  answerBody(segments: readonly Uint8Array[], sent?: (failed: boolean) => void): void {
    const header = new Uint8Array(this.replyHeaderBytes);
    let bodyBytes = 0;
    for (const segment of segments) bodyBytes += segment.length;
    this.writeReplyHeader(header, bodyBytes);
    this.exchange.answer([header, ...segments], sent);
  }

  /** Answers with a body that `encode` writes. */
  answerEncoded(encode: (writer: Writer) => void): void {
    const writer = shared.reset();
    encode(writer);
    const { sizeBytes } = writer;
    if (sizeBytes > smallReplyBytes) {
      // Its memory goes out with the segments.
      const segments = writer.segments();
      shared = new Writer();
      this.answerBody(segments);
      return;
    }
    const headerBytes = this.replyHeaderBytes;
    const reply = replyMemory.take(headerBytes + sizeBytes);
    this.writeReplyHeader(reply, sizeBytes);
    reply.set(writer.toBytes(), headerBytes);
    this.exchange.answer([reply]);
  }
}

/** Replies up to this size are copied out of the one Writer into memory that many replies share. */
const smallReplyBytes = 2048;
let shared = new Writer();

const replyMemory = new BlockMemory();

export interface RequestHeader {
  readonly apiKey: number;
  readonly version: number;
  readonly correlationId: number;
}

/** The part of the header that all versions share; 8 bytes. */
export function readRequestHeader(reader: Reader): RequestHeader {
  return { apiKey: reader.int16(), version: reader.int16(), correlationId: reader.int32() };
}

/** The rest of a request header of version 1 (client id) or 2 (client id, tagged fields). */
export function readClientId(reader: Reader, headerVersion: number): string | null {
  if (headerVersion === 0) return null;
  const clientId = reader.nullableString(false);
  if (headerVersion >= 2) reader.skipTags();
  return clientId;
}

export function isProtocolError(error: unknown): error is ProtocolError {
  return error instanceof ProtocolError;
}
