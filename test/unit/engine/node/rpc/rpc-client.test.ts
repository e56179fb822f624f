import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { rpcLimits } from '../../../../../engine/base/limits.ts';
import { systemClock } from '../../../../../engine/io/clock.ts';
import { connect } from '../../../../../engine/io/net/connect.ts';
import { RpcClient } from '../../../../../engine/node/rpc/rpc-client.ts';
import { apiKey } from '../../../../../engine/protocol/api-table.ts';
import { FakeTransport } from '../../../../support/fake-transport.ts';
import { SteppedClock } from '../../../../support/stepped-clock.ts';

const maxResponseBytes = 1000;
/** Flexible: its response header has tags. */
const flexible = { key: apiKey.Vote, version: 2 };
const plain = { key: apiKey.Fetch, version: 11 };

function fixture() {
  const clock = new SteppedClock();
  const transports: FakeTransport[] = [];
  const client = new RpcClient({
    connect: (events, connected) => {
      const transport = new FakeTransport(events, connected);
      transports.push(transport);
      return transport;
    },
    clock,
    clientId: 'raft-1',
    maxResponseBytes,
  });
  const answers: [string, string | null][] = [];
  const send = (name: string, timeoutMs = 1000, api: { readonly key: number; readonly version: number } = flexible) =>
    client.send(api.key, api.version, Buffer.from(name), timeoutMs, (answer) =>
      answers.push([name, answer === null ? null : Buffer.from(answer).toString()]),
    );
  return { clock, transports, client, answers, send };
}

function frame(correlationId: number, body: string, tags = Buffer.from([0])): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(4 + tags.length + body.length, 0);
  head.writeInt32BE(correlationId, 4);
  return Buffer.concat([head, tags, Buffer.from(body)]);
}

describe('RpcClient', () => {
  it('gives an attempt to connect up that nobody answers, and tries again', () => {
    const { clock, transports, answers, send } = fixture();
    send('a', 60_000);
    clock.advance(rpcLimits.connectMs);
    assert.deepEqual(answers, [['a', null]]);
    send('b', 60_000);
    clock.advance(rpcLimits.reconnectBackoffMs);
    assert.equal(transports.length, 2);
    transports[1]!.connected();
    // A connection that stands is no attempt any more.
    clock.advance(rpcLimits.connectMs);
    assert.equal(transports[1]!.takeFrames().length, 1);
    assert.equal(answers.length, 1);
  });

  it('connects with the first request, sends what waited, and pipelines', () => {
    const { transports, answers, send } = fixture();
    assert.equal(transports.length, 0);
    send('a');
    send('b');
    const transport = transports[0]!;
    assert.deepEqual(transport.takeFrames(), []);
    transport.connected();
    send('c');
    const frames = transport.takeFrames();
    assert.equal(frames.length, 3);
    const [first] = frames;
    assert.equal(first!.readInt16BE(0), flexible.key);
    assert.equal(first!.readInt16BE(2), flexible.version);
    assert.equal(first!.subarray(10, 16).toString(), 'raft-1');
    assert.equal(first!.subarray(16).toString(), '\0a');
    assert.deepEqual(
      frames.map((each) => each.readInt32BE(4)),
      [0, 1, 2],
    );
    transport.receive(Buffer.concat([frame(0, 'A'), frame(1, 'B', Buffer.from([1, 5, 2, 7, 7])), frame(2, '')]));
    assert.deepEqual(answers, [
      ['a', 'A'],
      ['b', 'B'],
      ['c', ''],
    ]);
    assert.equal(transports.length, 1);
  });

  it('takes frames however the stream is cut', () => {
    for (const cut of [1, 3, 4, 5, 9]) {
      const { transports, answers, send } = fixture();
      send('a');
      send('b');
      transports[0]!.connected();
      const bytes = Buffer.concat([frame(0, 'A'.repeat(100)), frame(1, 'B')]);
      for (let at = 0; at < bytes.length; at += cut) transports[0]!.receive(bytes.subarray(at, at + cut));
      assert.deepEqual(answers, [
        ['a', 'A'.repeat(100)],
        ['b', 'B'],
      ]);
    }
  });

  it('says at once that a refused connection answers nothing, and waits longer and longer before the next', () => {
    const { clock, transports, answers, send } = fixture();
    const gaps: number[] = [];
    let lastMs = 0;
    for (let round = 0; round < 8; round++) {
      send(`r${round}`, 10_000);
      while (transports.length === round) clock.advance(1);
      gaps.push(clock.monotonicMs() - lastMs);
      lastMs = clock.monotonicMs();
      transports[round]!.events.closed(new Error('refused'));
      assert.deepEqual(answers.at(-1), [`r${round}`, null]);
    }
    const max = rpcLimits.reconnectBackoffMaxMs;
    assert.deepEqual(gaps, [0, 1, 50, 100, 200, 400, 800, max]);
  });

  it('forgets its failures with the first answer', () => {
    const { clock, transports, answers, send } = fixture();
    send('a');
    transports[0]!.events.closed(undefined);
    send('b');
    clock.advance(1);
    transports[1]!.events.closed(undefined);
    send('c');
    clock.advance(rpcLimits.reconnectBackoffMs);
    transports[2]!.connected();
    transports[2]!.receive(frame(0, 'C'));
    transports[2]!.events.closed(undefined);
    send('d');
    clock.advance(1);
    assert.equal(transports.length, 4);
    assert.deepEqual(answers, [
      ['a', null],
      ['b', null],
      ['c', 'C'],
    ]);
  });

  it('does not hammer a peer that accepts and hangs up', () => {
    const { clock, transports, send } = fixture();
    for (let round = 0; round < 20; round++) {
      send('a', 1);
      clock.advance(10);
      const transport = transports.at(-1)!;
      if (transport.isDestroyed) continue;
      transport.connected();
      transport.events.ended();
    }
    assert.ok(transports.length <= 4, `${transports.length} connections in 200 ms`);
  });

  it('gives up after the time-out, also while it connects or waits to, and drops the connection', () => {
    const { clock, transports, answers, send } = fixture();
    send('a', 100);
    send('b', 5000);
    clock.advance(99);
    assert.deepEqual(answers, []);
    clock.advance(1);
    assert.deepEqual(answers, [['a', null]]);
    transports[0]!.connected();
    send('c', 100);
    clock.advance(100);
    assert.deepEqual(answers, [
      ['a', null],
      ['b', null],
      ['c', null],
    ]);
    assert.ok(transports[0]!.isDestroyed);
    transports[0]!.receive(frame(0, 'late'));
    transports[0]!.events.closed(undefined);
    assert.equal(answers.length, 3);
  });

  it('ends a connection whose answers are too large, too small, or to nothing that was asked', () => {
    const tooLarge = Buffer.alloc(4);
    tooLarge.writeInt32BE(maxResponseBytes + 1);
    const negative = Buffer.alloc(4, 0xff);
    const cases = [tooLarge, negative, Buffer.from([0, 0, 0, 3]), frame(7, 'x'), frame(0, '', Buffer.alloc(0))];
    for (const bytes of cases) {
      const { transports, answers, send } = fixture();
      send('a');
      transports[0]!.connected();
      transports[0]!.receive(bytes);
      assert.deepEqual(answers, [['a', null]]);
      assert.ok(transports[0]!.isDestroyed);
    }
    const { transports, answers, send } = fixture();
    send('a', 1000, plain);
    transports[0]!.connected();
    transports[0]!.receive(frame(0, '', Buffer.alloc(0)));
    assert.deepEqual(answers, [['a', '']]);
  });

  it('holds no more requests than its limit', () => {
    const { clock, answers, send } = fixture();
    for (let n = 0; n < rpcLimits.pendingRequests; n++) send(`${n}`);
    send('one too many');
    assert.deepEqual(answers, []);
    clock.advance(0);
    assert.deepEqual(answers, [['one too many', null]]);
  });

  it('answers what is under way, and what comes after, with null when it is closed', () => {
    const { clock, transports, client, answers, send } = fixture();
    send('a');
    transports[0]!.connected();
    send('b');
    client.close();
    send('c');
    clock.advance(0);
    assert.deepEqual(answers, [
      ['a', null],
      ['b', null],
      ['c', null],
    ]);
    assert.ok(transports[0]!.isDestroyed);
    clock.advance(10_000);
    assert.equal(transports.length, 1);
  });
});

function listening(t: TestContext, serve: (socket: Socket) => void, port = 0): Promise<Server> {
  const server = createServer(serve);
  t.after(() => server.close());
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

function portOf(server: Server): number {
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
}

describe('RpcClient over sockets', () => {
  it('asks, loses the server, and finds the next one on its port', async (t) => {
    const sockets = new Set<Socket>();
    const echo = (socket: Socket): void => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        // Whole requests in one read each: enough for what this test sends.
        const correlationId = bytes.readInt32BE(8);
        socket.write(frame(correlationId, bytes.subarray(4 + 8 + 2 + 'client'.length + 1).toString()));
      });
    };
    const first = await listening(t, echo);
    const port = portOf(first);
    const client = new RpcClient({
      connect: (events, connected) => connect({ host: '127.0.0.1', port, events, connected }),
      clock: systemClock,
      clientId: 'client',
      maxResponseBytes: 1_000_000,
    });
    t.after(() => client.close());
    const ask = (body: string): Promise<string | null> =>
      new Promise((resolve) => {
        client.send(flexible.key, flexible.version, Buffer.from(body), 10_000, (answer) =>
          resolve(answer === null ? null : Buffer.from(answer).toString()),
        );
      });
    assert.equal(await ask('one'), 'one');
    const closed = new Promise((resolve) => first.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
    assert.equal(await ask('two'), null);
    await listening(t, echo, port);
    assert.equal(await ask('three'), 'three');
    for (const socket of sockets) socket.destroy();
  });
});
