import { apiRow } from '../../protocol/api-table.ts';
import { errorCode } from '../../protocol/errors.ts';
import {
  decodeDefaultPrincipalData,
  encodeDefaultPrincipalData,
} from '../../protocol/generated/default-principal-data.js';
import { encodeEnvelopeRequest } from '../../protocol/generated/envelope-request.js';
import { decodeEnvelopeResponse } from '../../protocol/generated/envelope-response.js';
import { encodeRequestHeader } from '../../protocol/generated/request-header.js';
import { nullWhereBroken } from '../../protocol/null-where-broken.ts';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import { Reader } from '../../protocol/reader.ts';
import { Writer } from '../../protocol/writer.ts';
import { addressBytes } from './host-address.ts';

export const envelopeVersion = 0;

/** A client's request that a broker passes on (KIP-590). */
export interface PassedOn {
  readonly apiKey: number;
  readonly version: number;
  readonly clientId: string | null;
  readonly principal: string;
  readonly host: string;
  readonly body: Uint8Array;
}

/** Each Envelope has one request, and is answered on a connection that keeps the order: the number tells nobody apart. */
const correlationId = 0;
const principalVersion = 0;
const loopback = Uint8Array.of(127, 0, 0, 1);

/** The body of an Envelope around a request. */
export function sealEnvelope({ apiKey, version, clientId, principal, host, body }: PassedOn): Uint8Array {
  const inner = new Writer();
  const header = { requestApiKey: apiKey, requestApiVersion: version, correlationId, clientId };
  encodeRequestHeader(inner, header, apiRow(apiKey)!.requestHeaderVersion(version));
  inner.raw(body);
  const envelope = {
    requestData: inner.toBytes(),
    requestPrincipal: principalBytes(principal),
    clientHostAddress: addressBytes(host) ?? loopback,
  };
  const writer = new Writer();
  encodeEnvelopeRequest(writer, envelope, envelopeVersion);
  return writer.toBytes();
}

export interface OpenedEnvelope {
  readonly errorCode: number;
  /** The response's body without header, where the code is 0. */
  readonly body: Uint8Array | null;
}

/** What an Envelope's answer holds; an answer that makes no sense is of no use to the client either. */
export function openEnvelopeAnswer(bytes: Uint8Array, apiKey: number, version: number): OpenedEnvelope {
  try {
    const answer = decodeEnvelopeResponse(new Reader(bytes), envelopeVersion);
    if (answer.errorCode !== errorCode.NONE || answer.responseData === null) {
      return { errorCode: answer.errorCode || errorCode.UNKNOWN_SERVER_ERROR, body: null };
    }
    const reader = new Reader(answer.responseData);
    const answeredId = reader.int32();
    if (apiRow(apiKey)!.responseHeaderVersion(version) === 1) reader.skipTags();
    if (answeredId !== correlationId) return { errorCode: errorCode.UNKNOWN_SERVER_ERROR, body: null };
    return { errorCode: errorCode.NONE, body: answer.responseData.slice(reader.position) };
  } catch (error) {
    if (error instanceof ProtocolError) return { errorCode: errorCode.UNKNOWN_SERVER_ERROR, body: null };
    throw error;
  }
}

/** A principal (`User:name`) in the form of Kafka's own builder: a version, then the message. */
function principalBytes(principal: string): Uint8Array {
  const colon = principal.indexOf(':');
  const named = { type: principal.slice(0, colon), name: principal.slice(colon + 1), tokenAuthenticated: false };
  const writer = new Writer();
  writer.int16(principalVersion);
  encodeDefaultPrincipalData(writer, named, principalVersion);
  return writer.toBytes();
}

/** Null: nobody whom this node could know. */
export function principalFrom(bytes: Uint8Array): string | null {
  return nullWhereBroken(() => {
    const reader = new Reader(bytes);
    if (reader.int16() !== principalVersion) return null;
    const { type, name } = decodeDefaultPrincipalData(reader, principalVersion);
    return `${type}:${name}`;
  });
}
