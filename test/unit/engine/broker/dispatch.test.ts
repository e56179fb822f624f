import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiHandler, type DispatchedConnection, Dispatcher, decodedRow } from '#engine/broker/dispatch.ts';
import type { Request } from '#engine/broker/request.ts';
import { type ApiRow, apiRow } from '#engine/protocol/api-table.ts';
import { ProtocolError } from '#engine/protocol/protocol-error.ts';
import { Writer } from '#engine/protocol/writer.ts';
import { FakeExchange } from '../../../support/fake-broker-services.ts';
import { MemoryLogger } from '../../../support/memory-logger.ts';

const produce = apiRow(0)!;
const metadata = apiRow(3)!;
const offsetCommit = apiRow(8)!;
const apiVersions = apiRow(18)!;
const apiVersionsKey = 18;

/** A connection's requests in order, as engine/net would start them: one that can't start holds back the rest. */
class FakeConnection implements DispatchedConnection {
  readonly peer = {
    listenerName: 'PLAINTEXT',
    host: 'h',
    principal: 'User:ANONYMOUS',
    clientSoftwareName: '',
    clientSoftwareVersion: '',
    onClose: undefined,
  };
  readonly inFlight: FakeExchange[] = [];
  readonly waiting: FakeExchange[] = [];
  private readonly dispatcher: Dispatcher;

  constructor(dispatcher: Dispatcher) {
    this.dispatcher = dispatcher;
  }

  newestBefore(exchange: FakeExchange): FakeExchange | undefined {
    const open = this.inFlight.filter((one) => one !== exchange && one.reply === undefined);
    return open.at(-1);
  }

  proceed(): void {
    while (this.waiting.length > 0) {
      const exchange = this.waiting[0]!;
      this.inFlight.push(exchange);
      if (!this.dispatcher.start(exchange, this)) {
        this.inFlight.pop();
        return;
      }
      this.waiting.shift();
    }
  }

  send(...frames: Uint8Array[]): FakeExchange[] {
    const exchanges = frames.map((frame) => new FakeExchange(frame));
    this.waiting.push(...exchanges);
    this.proceed();
    return exchanges;
  }
}

function frame(key: number, version: number, body: Uint8Array = new Uint8Array(0), headerVersion = 1): Uint8Array {
  const writer = new Writer();
  writer.int16(key);
  writer.int16(version);
  writer.int32(7);
  writer.nullableString('me', false);
  if (headerVersion === 2) writer.int8(0);
  return Buffer.concat([writer.toBytes(), body]);
}

/** A handler that keeps what it was given, until a test answers it. */
function keeper(api: ApiRow, overlaps: boolean) {
  const started: Request[] = [];
  const handler: ApiHandler = {
    api,
    overlaps,
    start(request) {
      started.push(request);
      return true;
    },
  };
  return { handler, started };
}

function setUp(...rows: ApiHandler[]) {
  const logger = new MemoryLogger();
  const tooNew: Request[] = [];
  const answerUnsupportedApiVersions = (request: Request): void => {
    tooNew.push(request);
  };
  const dispatcher = new Dispatcher({ rows, logger, apiVersionsKey, answerUnsupportedApiVersions });
  return { connection: new FakeConnection(dispatcher), logger, tooNew };
}

test('requests that overlap start together; any other waits for all before it, and holds back what follows', () => {
  const produces = keeper(produce, true);
  const others = keeper(metadata, false);
  const { connection } = setUp(produces.handler, others.handler);
  connection.send(frame(0, 3), frame(0, 3), frame(3, 1), frame(0, 3));
  assert.deepEqual([produces.started.length, others.started.length], [2, 0]);
  produces.started[1]!.answerBody([]);
  connection.proceed();
  assert.equal(others.started.length, 0);
  produces.started[0]!.answerBody([]);
  connection.proceed();
  assert.deepEqual([produces.started.length, others.started.length], [2, 1]);
  others.started[0]!.answerBody([]);
  connection.proceed();
  assert.equal(produces.started.length, 3);
});

test('requests of two APIs that overlap, each its own, wait for each other', () => {
  const produces = keeper(produce, true);
  const commits = keeper(offsetCommit, true);
  const { connection } = setUp(produces.handler, commits.handler);
  connection.send(frame(0, 3), frame(8, 2), frame(8, 2), frame(0, 3));
  assert.deepEqual([produces.started.length, commits.started.length], [1, 0]);
  produces.started[0]!.answerBody([]);
  connection.proceed();
  assert.deepEqual([produces.started.length, commits.started.length], [1, 2]);
  for (const commit of commits.started) commit.answerBody([]);
  connection.proceed();
  assert.deepEqual([produces.started.length, commits.started.length], [2, 2]);
});

test('the header is read for the handler: version, correlation id, client, body', () => {
  const kept = keeper(metadata, false);
  const { connection } = setUp(kept.handler);
  connection.send(frame(3, 9, Buffer.from([1, 2, 3]), 2));
  const [request] = kept.started;
  assert.deepEqual([request!.version, request!.correlationId, request!.clientId], [9, 7, 'me']);
  assert.equal(request!.exchange.end - request!.bodyStart, 3);
});

test('unknown apis and versions give the connection up, and say why', () => {
  const cases: [Uint8Array, RegExp][] = [
    [frame(4, 0), /invalid api key 4/],
    [frame(-1, 0), /invalid api key -1/],
    [frame(200, 0), /invalid api key 200/],
    [frame(3, 14), /invalid version 14 of Metadata/],
    [frame(3, -1), /invalid version -1 of Metadata/],
  ];
  for (const [bytes, reason] of cases) {
    const kept = keeper(metadata, false);
    const { connection } = setUp(kept.handler);
    const [exchange] = connection.send(bytes);
    assert.match(exchange!.abortReason!, reason);
    assert.equal(kept.started.length, 0);
  }
});

test('an ApiVersions that is too new is answered all the same, whatever its header', () => {
  const kept = keeper(apiVersions, false);
  const { connection, tooNew } = setUp(kept.handler);
  const bytes = Buffer.from([0, 18, 0x7f, 0xff, 0, 0, 0, 7]);
  const [exchange] = connection.send(bytes);
  assert.equal(exchange!.abortReason, undefined);
  assert.deepEqual([tooNew[0]!.version, tooNew[0]!.correlationId], [0, 7]);
  assert.equal(kept.started.length, 0);
});

test('headers that are cut short are malformed, at every byte', () => {
  const whole = frame(3, 9, new Uint8Array(0), 2);
  for (let length = 0; length < whole.length; length++) {
    const { connection, logger } = setUp(keeper(metadata, false).handler);
    const [exchange] = connection.send(whole.subarray(0, length));
    assert.match(exchange!.abortReason!, /malformed/, `${length} bytes`);
    assert.equal(logger.lines.length, 0);
  }
});

test('a handler that throws loses its connection, once, and is logged; a malformed body is not', () => {
  const throwing = (error: Error): ApiHandler => ({
    api: metadata,
    overlaps: false,
    start() {
      throw error;
    },
  });
  const broken = setUp(throwing(new Error('a bug')));
  assert.match(broken.connection.send(frame(3, 1))[0]!.abortReason!, /unexpectedly/);
  assert.equal(broken.logger.lines.length, 1);
  const malformed = setUp(throwing(new ProtocolError('truncated', 'short')));
  assert.match(malformed.connection.send(frame(3, 1))[0]!.abortReason!, /malformed.*short/);
  assert.equal(malformed.logger.lines.length, 0);
});

test('a codec that is being loaded holds back what follows on the connection', async () => {
  const order: string[] = [];
  const failed: unknown[] = [];
  const decoded = decodedRow<object, object>(
    metadata,
    (_request, _context, respond) => {
      order.push('metadata');
      respond({ topics: [] });
    },
    (_context, error) => failed.push(error),
  );
  const after: ApiHandler = {
    api: produce,
    overlaps: true,
    start(request) {
      order.push('produce');
      request.answerBody([]);
      return true;
    },
  };
  const { connection } = setUp(decoded, after);
  const [first, second] = connection.send(frame(3, 1, Buffer.from([0, 0, 0, 0])), frame(0, 3));
  assert.deepEqual(order, []);
  await Promise.all([first!.finished, second!.finished]);
  assert.deepEqual(order, ['metadata', 'produce']);
  // Size, correlation id, no brokers, controller id, no topics.
  assert.equal(first!.reply!.length, 4 + 4 + 4 + 4 + 4);
  // The second time nothing is waited for, and bytes behind the body are ignored.
  const [third] = connection.send(frame(3, 1, Buffer.from([0, 0, 0, 0, 9, 9, 9])));
  assert.ok(third!.reply !== undefined);
  assert.deepEqual(failed, []);
});

test('codecs that cannot be loaded, and answers that cannot be written, fail their request', async () => {
  const failures: unknown[] = [];
  const failing = new Promise<void>((resolve) => {
    const api = { ...metadata, loadRequest: () => Promise.reject(new Error('no file')) };
    const row = decodedRow<object, object>(
      api,
      () => assert.fail('was handled'),
      (_context, error) => {
        failures.push(error);
        resolve();
      },
    );
    setUp(row).connection.send(frame(3, 1, Buffer.from([0, 0, 0, 0])));
  });
  await failing;
  const unwritable = new Promise<void>((resolve) => {
    const row = decodedRow<object, object>(
      metadata,
      (_request, _context, respond) => respond({ topics: [{ name: null }] }),
      (_context, error) => {
        failures.push(error);
        resolve();
      },
    );
    setUp(row).connection.send(frame(3, 1, Buffer.from([0, 0, 0, 0])));
  });
  await unwritable;
  assert.deepEqual(
    failures.map((error) => error instanceof Error),
    [true, true],
  );
});
