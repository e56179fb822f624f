/** The load client against a server that answers when the test wants it to. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { produceFrames } from '../../../../bench/load/frames.ts';
import { type Round, runClient } from '../../../../bench/load/run-client.ts';
import { startSink } from '../../../../bench/sink/sink.ts';
import type { Target } from '../../../../bench/target.ts';
import { findProgram } from '../../../support/find-program.ts';
import { skipForWant } from '../../../support/skip.ts';

const topic = { name: 'bench', id: 'AAAAAAAAAAAAAAAAAAAAAQ', partitions: 3 };
const shape = { recordBytes: 10, records: 1 };
const usual = { threads: 1, acks: -1, gather: 1, maxBytes: Number.MAX_SAFE_INTEGER };

test('at a rate every request that was due is sent and counted, however many threads', async (t) => {
  if (findProgram('cc') === null && !skipForWant(t, 'a C compiler')) return;
  for (const threads of [1, 3]) {
    const frames = await produceFrames({ topic, connections: 20, shape, acks: -1 });
    const sink = await startSink(frames);
    try {
      const load = { ...usual, threads, connections: 20, inFlight: 5, warmUpMs: 100, durationMs: 400, rate: 50 };
      const round = await runClient(sink, frames, load);
      // 20 connections of 50 a second: 400 between the warm-up and the end, both of which may be due moments.
      assert.ok(round.requests >= 399 && round.requests <= 401, `${round.requests} requests`);
      assert.ok(round.allRequests >= 499 && round.allRequests <= 501, `${round.allRequests} requests`);
    } finally {
      await sink.stop();
    }
  }
});

test('a request that a stall held up counts from when it was due, not from when it could be sent', async (t) => {
  if (findProgram('cc') === null && !skipForWant(t, 'a C compiler')) return;
  const stallMs = 400;
  const round = await againstStall(t, stallMs, { durationMs: stallMs, rate: 100 });
  // One request in flight, and no answer before all were due: sent one after the other after the stall, they would each be quick.
  assert.equal(round.requests, 41);
  // Timers of Node may be a millisecond early.
  assert.ok(round.latencyUs.max >= (stallMs - 1) * 1000, `${round.latencyUs.max} us at most`);
  assert.ok(round.latencyUs.p50 >= (stallMs / 2 - 20) * 1000, `${round.latencyUs.p50} us for half of them`);
});

test('a run in which nothing was answered goes on until something is', async (t) => {
  if (findProgram('cc') === null && !skipForWant(t, 'a C compiler')) return;
  const round = await againstStall(t, 400, { warmUpMs: 20, durationMs: 20 });
  assert.equal(round.requests, 1);
  // From the end of the warm-up to that answer, not to the end that was asked for.
  assert.ok(round.seconds > 0.2, `${round.seconds} s`);
});

test('without answers each connection has its turn, and what is sent after the warm-up is counted', async (t) => {
  if (findProgram('cc') === null && !skipForWant(t, 'a C compiler')) return;
  const frames = await produceFrames({ topic, connections: 3, shape, acks: 0 });
  const sink = await startSink(frames);
  try {
    const load = { ...usual, acks: 0, connections: 3, inFlight: 1, warmUpMs: 1000, durationMs: 1000 };
    const round = await runClient(sink, frames, load);
    assert.ok(round.requests > 0 && round.allRequests > round.requests, JSON.stringify(round));
    assert.ok(round.seconds > 0 && round.seconds <= 1.1, `${round.seconds} s`);
    assert.equal(round.bytesSent, round.requests * frames.frames[0].bytes.length);
  } finally {
    await sink.stop();
  }
});

test('without answers a rate is kept, too', async (t) => {
  if (findProgram('cc') === null && !skipForWant(t, 'a C compiler')) return;
  const frames = await produceFrames({ topic, connections: 3, shape, acks: 0 });
  const sink = await startSink(frames);
  try {
    const load = { ...usual, acks: 0, connections: 3, inFlight: 1, warmUpMs: 0, durationMs: 200, rate: 100 };
    const round = await runClient(sink, frames, load);
    // 100 a second of each connection, the first at once, the others after it.
    assert.ok(round.requests >= 60 && round.requests <= 62, `${round.requests} requests`);
  } finally {
    await sink.stop();
  }
});

/** One connection with one request in flight, to a server that answers nothing until so long after the first request. */
async function againstStall(
  t: TestContext,
  stallMs: number,
  load: { readonly durationMs: number; readonly warmUpMs?: number; readonly rate?: number },
): Promise<Round> {
  const frames = await produceFrames({ topic, connections: 1, shape, acks: -1 });
  const server = createServer((socket) => answerAfter(socket, stallMs, frames.answers[0]));
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const target: Target = {
    name: 'sink',
    port: address.port,
    pid: process.pid,
    startMs: null,
    stop: () => Promise.resolve(''),
  };
  return runClient(target, frames, { ...usual, warmUpMs: 0, ...load, connections: 1, inFlight: 1 });
}

function answerAfter(socket: Socket, stallMs: number, answer: Buffer): void {
  let bytes = Buffer.alloc(0);
  let owed = 0;
  let isOpen = false;
  // The client goes when it has counted what it wants, whatever is on its way to it.
  socket.on('error', (error: NodeJS.ErrnoException) => assert.ok(['ECONNRESET', 'EPIPE'].includes(error.code ?? '')));
  const answerAll = () => {
    for (; owed > 0; owed--) socket.write(answer);
  };
  socket.once('data', () =>
    setTimeout(() => {
      isOpen = true;
      answerAll();
    }, stallMs),
  );
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (; bytes.length >= 4 && bytes.length >= bytes.readUInt32BE(0) + 4; owed++)
      bytes = bytes.subarray(bytes.readUInt32BE(0) + 4);
    if (isOpen) answerAll();
  });
}

test('connections take the nodes of a cluster in turn, each with frames for what its node leads', async (t) => {
  if (findProgram('cc') === null && !skipForWant(t, 'a C compiler')) return;
  const frames = await produceFrames({ topic, connections: 4, shape, acks: -1, nodes: 3 });
  const sent = Map.groupBy(frames.frames, ({ connection }) => connection);
  const ofOneNode = new Set([...sent.get(0)!, ...sent.get(3)!].map(({ bytes }) => bytes));
  assert.deepEqual([ofOneNode.size, sent.get(1)!.length, sent.get(2)!.length], [1, 1, 1]);
  const sinks = await Promise.all([0, 1, 2].map(() => startSink(frames)));
  try {
    const [first, ...others] = sinks;
    const load = { ...usual, connections: 4, inFlight: 2, warmUpMs: 50, durationMs: 200, rate: 100 };
    const round = await runClient({ port: first.port, pid: first.pid, others }, frames, load);
    assert.ok(round.requests > 0 && round.brokerCpuSeconds >= 0, JSON.stringify(round));
  } finally {
    for (const sink of sinks) await sink.stop();
  }
});
