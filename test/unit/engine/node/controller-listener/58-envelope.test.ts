import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApiHandler } from '#engine/broker/dispatch.ts';
import { type Peer, Request } from '#engine/broker/request.ts';
import { sealEnvelope } from '#engine/node/controller-channel/envelope.ts';
import { envelopeHandler } from '#engine/node/controller-listener/58-envelope.ts';
import { apiRow } from '#engine/protocol/api-table.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import { encodeCreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import { encodeEnvelopeRequest } from '#engine/protocol/generated/envelope-request.js';
import { decodeEnvelopeResponse, type EnvelopeResponse } from '#engine/protocol/generated/envelope-response.js';
import { Reader } from '#engine/protocol/reader.ts';
import { Writer } from '#engine/protocol/writer.ts';

const inner = {
  apiKey: apiKey.CreateTopics,
  version: 7,
  clientId: 'admin',
  principal: 'User:alice',
  host: '10.1.2.3',
  body: Uint8Array.of(1, 2, 3),
};

class Fixture {
  readonly served: Request[] = [];
  readonly failed: unknown[] = [];
  aborted: string | undefined;
  /** What the inner request's row does. */
  serve: (request: Request, resume: () => void) => boolean = () => true;
  response: Promise<EnvelopeResponse>;
  readonly #handler: ApiHandler;
  #respond!: (response: EnvelopeResponse) => void;

  constructor() {
    const start = (request: Request, resume: () => void): boolean => {
      this.served.push(request);
      return this.serve(request, resume);
    };
    const row = (key: number): ApiHandler => ({ api: apiRow(key)!, overlaps: false, start });
    const rows = [row(apiKey.CreateTopics), row(apiKey.BrokerHeartbeat)];
    this.#handler = envelopeHandler(apiRow(apiKey.Envelope)!, rows, (_request, error) => this.failed.push(error));
    this.response = new Promise((resolve) => {
      this.#respond = resolve;
    });
  }

  start(body: Uint8Array): this {
    const answer = (parts: readonly Uint8Array[]): void => {
      const bytes = Buffer.concat(parts);
      assert.equal(bytes.readInt32BE(0), bytes.length - 4);
      assert.equal(bytes.readInt32BE(4), 77);
      this.#respond(decodeEnvelopeResponse(new Reader(bytes, 9), 0));
    };
    const exchange = {
      bytes: body,
      chunk: -1,
      start: 0,
      end: body.length,
      receivedAtMs: 5,
      overlapsKey: apiKey.Envelope,
      isOfReplica: false,
      answer,
      abort: (reason: string) => {
        this.aborted = reason;
      },
      releaseRequest() {},
    };
    const peer: Peer = {
      listenerName: 'CONTROLLER',
      host: '127.0.0.1',
      principal: 'User:broker',
      clientSoftwareName: 'x',
      clientSoftwareVersion: 'y',
      onClose: undefined,
    };
    this.#handler.start(new Request(exchange, peer, apiRow(apiKey.Envelope)!, 0, 77, null, 0), () => {});
    return this;
  }
}

/** The body of an Envelope whose parts are as given. */
function envelope(parts: { requestData?: Uint8Array; requestPrincipal?: Uint8Array | null; address?: Uint8Array }) {
  const writer = new Writer();
  const principal = Buffer.concat([Buffer.from([0, 0, 5]), Buffer.from('User'), Buffer.from([2, 65, 0, 0])]);
  const { requestData = new Uint8Array(0), requestPrincipal = principal, address = Uint8Array.of(1, 2, 3, 4) } = parts;
  encodeEnvelopeRequest(writer, { requestData, requestPrincipal, clientHostAddress: address }, 0);
  return writer.toBytes();
}

async function codeOf(body: Uint8Array): Promise<number> {
  const fixture = new Fixture().start(body);
  const response = await fixture.response;
  assert.deepEqual([fixture.served, response.responseData, fixture.failed], [[], null, []]);
  return response.errorCode;
}

const answerTo = (request: Request, code: number): void => {
  request.answerEncoded((writer) => {
    encodeCreateTopicsResponse(writer, { topics: [{ name: 't', errorCode: code }] }, request.version);
  });
};

describe('Envelope on the controller', () => {
  it('serves the request as the client itself would have made it, and embeds the answer with its header', async () => {
    const fixture = new Fixture();
    fixture.serve = (request) => {
      answerTo(request, 36);
      return true;
    };
    const { errorCode: code, responseData } = await fixture.start(sealEnvelope(inner)).response;
    const [request] = fixture.served;
    assert.deepEqual(
      [request?.version, request?.clientId, request?.peer.principal, request?.peer.host, request?.peer.listenerName],
      [7, 'admin', 'User:alice', '10.1.2.3', 'CONTROLLER'],
    );
    const { bytes, end } = request!.exchange;
    assert.deepEqual([...bytes.subarray(request!.bodyStart, end)], [1, 2, 3]);
    const expected = new Writer();
    encodeCreateTopicsResponse(expected, { topics: [{ name: 't', errorCode: 36 }] }, 7);
    assert.equal(code, 0);
    assert.deepEqual([...responseData!], [0, 0, 0, 0, 0, ...expected.toBytes()]);
  });

  it('a codec that is still loaded makes it start again', async () => {
    const fixture = new Fixture();
    fixture.serve = (request, resume) => {
      if (fixture.served.length === 1) {
        queueMicrotask(resume);
        return false;
      }
      answerTo(request, 0);
      return true;
    };
    assert.equal((await fixture.start(sealEnvelope(inner)).response).errorCode, 0);
    assert.equal(fixture.served.length, 2);
  });

  it('NOT_CONTROLLER anywhere in the answer is said of the Envelope', async () => {
    const fixture = new Fixture();
    fixture.serve = (request) => {
      answerTo(request, errorCode.NOT_CONTROLLER);
      return true;
    };
    const response = await fixture.start(sealEnvelope(inner)).response;
    assert.deepEqual([response.errorCode, response.responseData], [errorCode.NOT_CONTROLLER, null]);
  });

  it('a request that makes no sense is told so, and the connection of the broker stays', async () => {
    const fixture = new Fixture();
    fixture.serve = (request) => {
      request.exchange.abort('malformed');
      return true;
    };
    assert.equal((await fixture.start(sealEnvelope(inner)).response).errorCode, errorCode.INVALID_REQUEST);
    assert.equal(fixture.aborted, undefined);
  });

  it('a failure of ours is told to whoever looks after those', async () => {
    const fixture = new Fixture();
    const error = new Error('ours');
    fixture.serve = () => {
      throw error;
    };
    fixture.start(sealEnvelope(inner));
    assert.deepEqual(fixture.failed, [error]);
  });

  it("refuses with Kafka's codes what cannot be opened", async () => {
    const { INVALID_REQUEST, PRINCIPAL_DESERIALIZATION_FAILURE, UNSUPPORTED_VERSION } = errorCode;
    assert.equal(await codeOf(envelope({ requestPrincipal: null })), PRINCIPAL_DESERIALIZATION_FAILURE);
    assert.equal(await codeOf(envelope({ requestPrincipal: Uint8Array.of(0) })), PRINCIPAL_DESERIALIZATION_FAILURE);
    const newer = Uint8Array.of(0, 1, 2, 65, 2, 65, 0, 0);
    assert.equal(await codeOf(envelope({ requestPrincipal: newer })), PRINCIPAL_DESERIALIZATION_FAILURE);
    assert.equal(await codeOf(envelope({ address: Uint8Array.of(1, 2, 3) })), INVALID_REQUEST);
    assert.equal(await codeOf(envelope({})), INVALID_REQUEST);
    assert.equal(await codeOf(sealEnvelope({ ...inner, version: 99 })), UNSUPPORTED_VERSION);
    assert.equal(await codeOf(sealEnvelope({ ...inner, apiKey: apiKey.BrokerHeartbeat, version: 1 })), INVALID_REQUEST);
    assert.equal(await codeOf(sealEnvelope({ ...inner, apiKey: apiKey.DeleteTopics, version: 6 })), INVALID_REQUEST);
    const nested = sealEnvelope({ ...inner, apiKey: apiKey.Envelope, version: 0, body: sealEnvelope(inner) });
    assert.equal(await codeOf(nested), INVALID_REQUEST);
  });
});
