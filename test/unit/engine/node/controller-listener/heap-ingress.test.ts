import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controllerListenerLimits } from '#engine/base/limits.ts';
import { IngressBuffer } from '#engine/net/ingress-buffer.ts';
import { HeapIngress } from '#engine/node/controller-listener/heap-ingress.ts';

function receive(buffer: IngressBuffer, bytes: Uint8Array): boolean {
  const landing = buffer.landing();
  landing.set(bytes.subarray(0, landing.length));
  const length = Math.min(bytes.length, landing.length);
  buffer.received(length);
  return buffer.planLanding(length, false);
}

test('a frame that comes in pieces lies whole in one buffer, and its bytes are given back', () => {
  const memory = new HeapIngress(0, () => {});
  const buffer = new IngressBuffer(memory);
  const frame = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
  for (let sent = 0; sent < frame.length; ) {
    const before = buffer.available;
    assert.ok(receive(buffer, frame.subarray(sent, sent + 50_000)));
    sent += buffer.available - before;
  }
  assert.deepEqual(buffer.block!.bytes.subarray(buffer.start, buffer.end), frame);
  assert.ok(memory.usedHeapBytes >= frame.length && memory.usedHeapBytes <= 3 * frame.length);
  buffer.release();
  assert.equal(memory.usedHeapBytes, 0);
});

test('bytes that come one by one are copied a few times each, not with every one that follows', () => {
  class CountingIngress extends HeapIngress {
    copiedBytes = 0;
    override countCopied(bytes: number): void {
      this.copiedBytes += bytes;
    }
  }
  const memory = new CountingIngress(0, () => {});
  const buffer = new IngressBuffer(memory);
  const frameBytes = 20_000;
  for (let sent = 0; sent < frameBytes; sent++) assert.ok(receive(buffer, Uint8Array.of(sent === 2 ? 78 : 32)));
  assert.equal(buffer.available, frameBytes);
  assert.ok(memory.copiedBytes <= 4 * frameBytes, `${memory.copiedBytes} bytes were copied for ${frameBytes}`);
  assert.ok(memory.usedHeapBytes <= 3 * frameBytes, `${memory.usedHeapBytes} bytes are held for ${frameBytes}`);
});

test('two connections never share what they received', () => {
  const memory = new HeapIngress(0, () => {});
  const [one, other] = [new IngressBuffer(memory), new IngressBuffer(memory)];
  receive(one, new Uint8Array(100).fill(1));
  receive(other, new Uint8Array(100).fill(2));
  assert.ok(one.block!.bytes.subarray(one.start, one.end).every((byte) => byte === 1));
  assert.ok(other.block!.bytes.subarray(other.start, other.end).every((byte) => byte === 2));
});

test('without budget a connection waits, and tries again only when bytes have been given back', () => {
  let turns = 0;
  const memory = new HeapIngress(100_000, () => {
    turns += 1;
  });
  assert.ok(memory.reserveHeap(100_000));
  const buffer = new IngressBuffer(memory);
  const frame = new Uint8Array(200_000);
  assert.equal(receive(buffer, frame.subarray(0, 60_000)), false, 'a piece that fills its buffer waits for budget');
  let tries = 0;
  memory.whenFreed(() => {
    tries += 1;
  });
  memory.retryWaiting();
  assert.equal(tries, 0);
  memory.unreserveHeap(100_000);
  assert.equal(turns, 1);
  memory.retryWaiting();
  memory.retryWaiting();
  assert.equal(tries, 1);
});

test('the budget is queued.max.request.bytes where that is set', () => {
  const unset = new HeapIngress(-1, () => {});
  assert.ok(unset.reserveHeap(controllerListenerLimits.requestBytes));
  assert.equal(unset.reserveHeap(1), false);
  const set = new HeapIngress(10, () => {});
  assert.ok(set.reserveHeap(10));
  assert.equal(set.reserveHeap(1), false);
});
