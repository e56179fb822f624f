import { joinedBytes } from '../../base/joined-bytes.ts';
import type { ApiHandler } from '../../broker/dispatch.ts';
import { type ExchangePort, type Peer, Request, readClientId, readRequestHeader } from '../../broker/request.ts';
import type { ApiRow } from '../../protocol/api-table.ts';
import { errorCode } from '../../protocol/errors.ts';
import { decodeEnvelopeRequest } from '../../protocol/generated/envelope-request.js';
import { encodeEnvelopeResponse } from '../../protocol/generated/envelope-response.js';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import { Reader } from '../../protocol/reader.ts';
import type { MessageCodec } from '../../protocol/types.ts';
import { principalFrom } from '../controller-channel/envelope.ts';
import { addressText } from '../controller-channel/host-address.ts';
import { hasErrorCode } from '../metrics/error-codes.ts';

/**
 * Envelope, version 0 (KIP-590): a client's request that a broker passes on, with the client's principal and address.
 * It is served as if it had come by this listener; its answer goes back in the Envelope's. An answer that says
 * NOT_CONTROLLER becomes the Envelope's own, for it is the broker that must look for another controller.
 *
 * Several of one connection may be under way: behind a broker are many clients, which do not wait for each other.
 */
export function envelopeHandler(
  api: ApiRow,
  rows: readonly ApiHandler[],
  fail: (request: Request, error: unknown) => void,
): ApiHandler {
  const byKey = new Map(rows.map((row) => [row.api.key, row]));
  return {
    api,
    overlaps: true,
    start(envelope) {
      const opened = open(envelope, byKey);
      if (typeof opened === 'number') answer(envelope, opened, null);
      else serve(envelope, opened, fail);
      return true;
    },
  };
}

interface Opened {
  readonly row: ApiHandler;
  readonly request: Request;
  readonly exchange: InnerExchange;
}

/** The request in an Envelope, or the error code that the Envelope gets. */
function open(envelope: Request, rows: ReadonlyMap<number, ApiHandler>): Opened | number {
  const { exchange, bodyStart, version, peer } = envelope;
  const reader = new Reader(exchange.bytes, bodyStart, exchange.end);
  const { requestData, requestPrincipal, clientHostAddress } = decodeEnvelopeRequest(reader, version);
  const principal = requestPrincipal === null ? null : principalFrom(requestPrincipal);
  if (principal === null) return errorCode.PRINCIPAL_DESERIALIZATION_FAILURE;
  const host = addressText(clientHostAddress);
  if (host === null) return errorCode.INVALID_REQUEST;
  const inner = new InnerExchange(requestData.slice(), exchange);
  try {
    return openRequest(inner, { ...peer, principal, host, onClose: undefined }, rows);
  } catch (error) {
    if (error instanceof ProtocolError) return errorCode.INVALID_REQUEST;
    throw error;
  }
}

function openRequest(exchange: InnerExchange, peer: Peer, rows: ReadonlyMap<number, ApiHandler>): Opened | number {
  const reader = new Reader(exchange.bytes);
  const { apiKey, version, correlationId } = readRequestHeader(reader);
  const row = rows.get(apiKey);
  if (row === undefined || !row.api.forwardable) return errorCode.INVALID_REQUEST;
  const { api } = row;
  if (version < api.minVersion || version > api.maxVersion) return errorCode.UNSUPPORTED_VERSION;
  const clientId = readClientId(reader, api.requestHeaderVersion(version));
  const request = new Request(exchange, peer, api, version, correlationId, clientId, reader.position);
  return { row, request, exchange };
}

function serve(
  envelope: Request,
  { row, request, exchange }: Opened,
  fail: (request: Request, error: unknown) => void,
): void {
  const start = (): void => {
    try {
      row.start(request, start);
    } catch (error) {
      if (error instanceof ProtocolError) answer(envelope, errorCode.INVALID_REQUEST, null);
      else fail(envelope, error);
    }
  };
  const answered = async (reply: Uint8Array): Promise<void> => {
    const isMisdirected = saysNotController(await row.api.loadResponse(), request, reply);
    answer(envelope, isMisdirected ? errorCode.NOT_CONTROLLER : errorCode.NONE, isMisdirected ? null : reply);
  };
  exchange.answered = (reply) => {
    answered(reply).catch((error: unknown) => fail(envelope, error));
  };
  // The connection is the broker's, and has other clients' requests on it.
  exchange.aborted = () => answer(envelope, errorCode.INVALID_REQUEST, null);
  start();
}

function answer(envelope: Request, code: number, responseData: Uint8Array | null): void {
  envelope.answerEncoded((writer) => {
    encodeEnvelopeResponse(writer, { errorCode: code, responseData }, envelope.version);
  });
}

function saysNotController(codec: MessageCodec, request: Request, reply: Uint8Array): boolean {
  // The reply's size is not in it.
  const reader = new Reader(reply, request.replyHeaderBytes - 4);
  return hasErrorCode(codec.decode(reader, request.version), errorCode.NOT_CONTROLLER);
}

/** The way of an inner request's reply: into the Envelope's. */
class InnerExchange implements ExchangePort {
  readonly bytes: Uint8Array;
  readonly chunk = -1;
  readonly start = 0;
  readonly end: number;
  readonly receivedAtMs: number;
  overlapsKey = -1;
  isOfReplica = false;
  /** Gets the reply from its header on. */
  answered: (reply: Uint8Array) => void = () => {};
  /** It makes no sense, or cannot be answered. */
  aborted: () => void = () => {};

  constructor(bytes: Uint8Array, outer: ExchangePort) {
    this.bytes = bytes;
    this.end = bytes.length;
    this.receivedAtMs = outer.receivedAtMs;
  }

  answer(parts: readonly Uint8Array[], sent?: (failed: boolean) => void): void {
    const whole = joinedBytes(parts);
    // Its bytes were copied, whatever becomes of the Envelope's connection.
    sent?.(false);
    this.answered(whole.subarray(sizeBytes));
  }

  abort(): void {
    this.aborted();
  }

  /** They are the Envelope's. */
  releaseRequest(): void {}
}

const sizeBytes = 4;
