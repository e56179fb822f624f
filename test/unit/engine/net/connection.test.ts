import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectionFixture, requestFrame } from '../../../support/connection-fixture.ts';
import fc from '../../../support/fast-check.ts';

const mib = 1024 * 1024;

function bodies(fixture: ConnectionFixture): [number, number][] {
  return fixture.requests.map((bytes) => [bytes[0]!, bytes.length]);
}

test('frames cut at every byte boundary are the same frames', async () => {
  const stream = Buffer.concat([requestFrame(1, 10), requestFrame(2, 1), requestFrame(3, 25)]);
  for (let cut = 0; cut <= stream.length; cut++) {
    const fixture = new ConnectionFixture({ echoes: true });
    fixture.transport.deliver(stream.subarray(0, cut));
    fixture.transport.deliver(stream.subarray(cut));
    await fixture.turn();
    assert.deepEqual(bodies(fixture), [
      [1, 10],
      [2, 1],
      [3, 25],
    ]);
    assert.equal(fixture.heldCounts, 0, `cut at ${cut}`);
  }
});

test('frames of any sizes in reads of any sizes arrive whole, in order, and leave nothing behind', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 600_000 })), { maxLength: 12 }),
      fc.array(fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 300_000 })), {
        minLength: 1,
        maxLength: 20,
      }),
      async (sizes, reads) => {
        const fixture = new ConnectionFixture({ echoes: true });
        const stream = Buffer.concat(sizes.map((size, index) => requestFrame(index, size)));
        for (let at = 0, read = 0; at < stream.length; read++) {
          const length = Math.max(reads[read % reads.length]!, Math.ceil(stream.length / 2000));
          fixture.transport.deliver(stream.subarray(at, at + length));
          at += length;
          await fixture.turn();
        }
        assert.deepEqual(
          bodies(fixture),
          sizes.map((size, index) => [index, size]),
        );
        for (const [index, bytes] of fixture.requests.entries()) assert.ok(bytes.every((byte) => byte === index));
        assert.deepEqual(Buffer.concat(fixture.transport.written), Buffer.concat(fixture.requests));
        fixture.transport.destroy();
        assert.deepEqual([fixture.heldCounts, fixture.heapKib], [0, 0]);
      },
    ),
    { numRuns: 40 },
  );
});

test('a frame beyond the largest chunk lies on the heap, under the budget, and is given back', async () => {
  const fixture = new ConnectionFixture();
  const frame = requestFrame(7, 9 * mib);
  for (let at = 0; at < frame.length; at += 100_000) fixture.transport.deliver(frame.subarray(at, at + 100_000));
  await fixture.turn();
  assert.deepEqual(bodies(fixture), [[7, 9 * mib]]);
  assert.ok(fixture.requests[0]!.every((byte) => byte === 7));
  assert.ok(fixture.heapKib >= 9 * 1024);
  const [exchange] = fixture.started;
  assert.equal(exchange!.chunk, -1);
  exchange!.answer([Buffer.from('done')]);
  await fixture.turn();
  fixture.transport.destroy();
  assert.deepEqual([fixture.heapKib, fixture.heldCounts], [0, 0]);
});

test('frames of about the largest chunk arrive, whatever the reads and whatever came before', async () => {
  for (const before of [10, 300_000, 2 * mib]) {
    for (const quarters of [1, 2, 3, 4, 5, 6, 8, 11]) {
      for (const readBytes of [64 * 1024, 1_000_000, 20 * mib]) {
        const fixture = new ConnectionFixture({ echoes: true });
        const stream = Buffer.concat([
          requestFrame(1, before),
          requestFrame(2, quarters * mib - 4),
          requestFrame(3, 9),
        ]);
        for (let at = 0; at < stream.length; at += readBytes) {
          fixture.transport.deliver(stream.subarray(at, at + readBytes));
          // There is memory for all of it, so that nobody would ever resume a reading that pauses.
          assert.ok(!fixture.transport.isPaused, `a frame of ${quarters} MiB, reads of ${readBytes}`);
          await fixture.turn();
        }
        const expected = [before, quarters * mib - 4, 9].map((size, index) => [index + 1, size]);
        assert.deepEqual(bodies(fixture), expected, `reads of ${readBytes}`);
        fixture.transport.destroy();
        assert.deepEqual([fixture.heldCounts, fixture.heapKib], [0, 0]);
      }
    }
  }
});

test('where the budget is used up, reading pauses until there is room', async () => {
  const fixture = new ConnectionFixture({ heapBudgetBytes: 1 });
  const word = new Int32Array(fixture.heapWord);
  word[0] = 1000;
  const frame = requestFrame(7, 9 * mib);
  for (let at = 0; at < frame.length; at += 1_000_000) fixture.transport.deliver(frame.subarray(at, at + 1_000_000));
  await fixture.turn();
  assert.ok(fixture.transport.isPaused);
  // However many turns pass: a connection that was told to wait takes nothing more.
  for (let i = 0; i < 20; i++) await fixture.turn();
  assert.ok(fixture.transport.isPaused);
  assert.equal(fixture.requests.length, 0);
  word[0] = 0;
  for (let i = 0; i < 20; i++) await fixture.turn();
  assert.deepEqual(bodies(fixture), [[7, 9 * mib]]);
});

test('a claimed size costs nothing, and one that is out of bounds costs the connection', async () => {
  const claims: [number, RegExp | undefined][] = [
    [0x7fffffff, /invalid receive \(size = 2147483647/],
    [-1, /invalid receive \(size = -1/],
    [1001, /invalid receive \(size = 1001/],
    [1000, undefined],
  ];
  for (const [size, reason] of claims) {
    const fixture = new ConnectionFixture({ requestMaxBytes: 1000 });
    const head = Buffer.alloc(4);
    head.writeInt32BE(size);
    fixture.transport.deliver(head);
    await fixture.turn();
    assert.equal(fixture.transport.isDestroyed, reason !== undefined, String(size));
    if (reason !== undefined) assert.match(fixture.closedFor!, reason);
  }
  const patient = new ConnectionFixture({ requestMaxBytes: 0x7fffffff });
  patient.transport.deliver(Buffer.from([0x7f, 0xff, 0xff, 0xff, 1, 2, 3]));
  await patient.turn();
  assert.equal(patient.transport.isDestroyed, false);
  assert.ok(patient.arena.stats().usedBytesByClass[0]! <= patient.memory.landingBytes + 1024);
  assert.equal(patient.heapKib, 0);
});

test('what is held of an incomplete frame goes by what has come', async () => {
  const fixture = new ConnectionFixture();
  const frame = requestFrame(5, 3 * mib);
  const step = 500;
  for (let at = 0; at < 30_000; at += step) {
    fixture.transport.deliver(frame.subarray(at, at + step));
    const held = fixture.arena.stats().usedBytesByClass[0]! - fixture.memory.landingBytes;
    if (at + step < 16_384) assert.ok(held <= 4 * (at + step) + 1024, `${held} bytes for ${at + step}`);
    else assert.ok(held <= 256 * 1024);
  }
  await fixture.turn();
  assert.equal(fixture.requests.length, 0);
});

test('a trickle of single bytes stays small until the frame is there', async () => {
  const fixture = new ConnectionFixture({ echoes: true });
  const frame = requestFrame(5, 3000);
  for (const byte of frame) fixture.transport.deliver(Buffer.of(byte));
  await fixture.turn();
  assert.deepEqual(bodies(fixture), [[5, 3000]]);
  assert.equal(fixture.heldCounts, 0);
});

test('a request that may not start pauses the reading, and nothing is lost', async () => {
  let may = false;
  const fixture = new ConnectionFixture({ mayStart: () => may, echoes: true });
  const sent = 400;
  for (let i = 0; i < sent; i++) fixture.transport.deliver(requestFrame(i, 5000));
  await fixture.turn();
  assert.equal(fixture.requests.length, 0);
  assert.ok(fixture.transport.isPaused);
  assert.ok(fixture.arena.stats().usedBytesByClass[0]! < mib, 'a blocked connection holds little');
  may = true;
  fixture.connection.proceed();
  for (let i = 0; i < 20; i++) await fixture.turn();
  assert.deepEqual(
    bodies(fixture),
    Array.from({ length: sent }, (_, i) => [i & 0xff, 5000]),
  );
});

test('whole frames that wait are started after their sender has gone, and then the connection goes', async () => {
  let may = false;
  const fixture = new ConnectionFixture({ mayStart: () => may });
  const last = requestFrame(3, 100);
  fixture.transport.deliver(Buffer.concat([requestFrame(1, 100), requestFrame(2, 100), last.subarray(0, 50)]));
  await fixture.turn();
  fixture.connection.ended();
  await fixture.turn();
  assert.deepEqual([fixture.requests.length, fixture.transport.isDestroyed], [0, false]);
  may = true;
  fixture.connection.proceed();
  await fixture.turn();
  assert.deepEqual(bodies(fixture), [
    [1, 100],
    [2, 100],
  ]);
  assert.ok(fixture.transport.isDestroyed);
  for (const exchange of fixture.started) exchange.answer([]);
  assert.deepEqual([fixture.heldCounts, fixture.heapKib], [0, 0]);
});

test('a sender that goes with nothing left to start is let go at once', async () => {
  const fixture = new ConnectionFixture();
  fixture.transport.deliver(requestFrame(1, 100));
  await fixture.turn();
  fixture.connection.ended();
  assert.equal(fixture.closedFor, 'closed by the peer');
  fixture.started[0]!.answer([]);
  assert.equal(fixture.heldCounts, 0);
});

test('replies leave in the order of the requests', async () => {
  const fixture = new ConnectionFixture();
  for (let i = 0; i < 4; i++) fixture.transport.deliver(requestFrame(i, 8));
  for (const index of [2, 1, 3]) fixture.started[index]!.answer([Buffer.of(index)]);
  await fixture.turn();
  assert.equal(fixture.transport.written.length, 0);
  fixture.started[0]!.answer([Buffer.of(0)]);
  await fixture.turn();
  assert.deepEqual([...Buffer.concat(fixture.transport.written)], [0, 1, 2, 3]);
});

test('a reply without parts is a place in the order and no bytes', async () => {
  const fixture = new ConnectionFixture();
  for (let i = 0; i < 2; i++) fixture.transport.deliver(requestFrame(i, 8));
  fixture.started[1]!.answer([Buffer.of(1)]);
  let sent: boolean | undefined;
  fixture.started[0]!.answer([], (failed) => {
    sent = !failed;
  });
  await fixture.turn();
  assert.equal(sent, true);
  assert.deepEqual([...Buffer.concat(fixture.transport.written)], [1]);
});

test('a peer that does not read has no further requests started', async () => {
  const fixture = new ConnectionFixture({ echoes: true });
  fixture.transport.holdsWrites = true;
  const size = 2 * mib;
  for (let i = 0; i < 12; i++) {
    fixture.transport.deliver(requestFrame(i, size));
    await fixture.turn();
  }
  const before = fixture.requests.length;
  assert.ok(before < 12, `${before} were started`);
  fixture.transport.takeWrites();
  for (let i = 0; i < 50; i++) await fixture.turn();
  assert.deepEqual(
    bodies(fixture),
    Array.from({ length: 12 }, (_, i) => [i, size]),
  );
});

test('a connection that goes in mid-flight gives nothing back that others hold, and all that is its own', async () => {
  const fixture = new ConnectionFixture();
  for (let i = 0; i < 3; i++) fixture.transport.deliver(requestFrame(i, 50_000));
  fixture.transport.deliver(requestFrame(9, 50_000).subarray(0, 20_000));
  const fates: boolean[] = [];
  fixture.started[1]!.answer([Buffer.of(1)], (failed) => fates.push(failed));
  fixture.transport.destroy();
  assert.deepEqual(fates, [true]);
  assert.ok(fixture.heldCounts > 0, 'requests under way keep their bytes');
  for (const index of [0, 2]) {
    const exchange = fixture.started[index]!;
    assert.ok(exchange.bytes.subarray(exchange.start, exchange.end).every((byte) => byte === index));
    exchange.answer([Buffer.of(index)], (failed) => fates.push(failed));
  }
  assert.deepEqual(fates, [true, true, true]);
  assert.equal(fixture.heldCounts, 0);
  assert.equal(fixture.transport.written.length, 0);
  assert.equal(fixture.closedFor, 'closed');
});

test('a request that is given up closes the connection', async () => {
  const fixture = new ConnectionFixture();
  for (let i = 0; i < 2; i++) fixture.transport.deliver(requestFrame(i, 8));
  fixture.started[0]!.abort('nonsense');
  assert.ok(fixture.transport.isDestroyed);
  assert.equal(fixture.closedFor, 'nonsense');
  fixture.started[1]!.answer([Buffer.of(1)]);
  await fixture.turn();
  assert.equal(fixture.transport.written.length, 0);
  assert.equal(fixture.heldCounts, 0);
});
