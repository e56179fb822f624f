import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IngressBuffer } from '#engine/net/ingress-buffer.ts';
import { IngressBlock } from '#engine/net/ingress-memory.ts';
import { ConnectionFixture, requestFrame } from '../../../support/connection-fixture.ts';

/** The memory of a fixture, and one buffer over it. */
function setUp(heapBudgetBytes?: number) {
  const fixture = new ConnectionFixture(heapBudgetBytes === undefined ? {} : { heapBudgetBytes });
  const buffer = new IngressBuffer(fixture.memory);
  const receive = (bytes: Uint8Array): boolean => {
    buffer.landing().set(bytes);
    buffer.received(bytes.length);
    return buffer.planLanding(bytes.length, false);
  };
  return { fixture, memory: fixture.memory, buffer, receive };
}

test('an idle connection holds nothing and points at the shared landing place', () => {
  const { fixture, memory, buffer, receive } = setUp();
  const frame = requestFrame(1, 100);
  receive(frame);
  assert.equal(buffer.available, frame.length);
  assert.equal(buffer.frameSize(), 100);
  buffer.consume(frame.length);
  assert.equal(buffer.planLanding(frame.length, false), true);
  assert.equal(fixture.heldCounts, 0);
  assert.equal(buffer.landing().byteOffset, memory.bytes.byteOffset + memory.landingStart);
});

test('one that fills the landing place reads into a chunk of its own next', () => {
  const { fixture, memory, buffer, receive } = setUp();
  const frame = requestFrame(1, 1_000_000);
  receive(frame.subarray(0, memory.landingBytes));
  assert.equal(fixture.heldCounts, 1);
  assert.ok(buffer.landing().length > memory.landingBytes);
  const copied = memory.bytes.slice(buffer.start, buffer.end);
  assert.deepEqual(Buffer.from(copied), frame.subarray(0, memory.landingBytes));
  buffer.release();
  assert.equal(fixture.heldCounts, 0);
});

test('a block of another holder is not written over: what comes next lies elsewhere', () => {
  const { fixture, memory, buffer, receive } = setUp();
  const first = requestFrame(1, memory.landingBytes - 4);
  receive(first);
  const { block, start } = buffer;
  block!.hold();
  buffer.consume(first.length);
  assert.equal(buffer.planLanding(first.length, false), true);
  receive(requestFrame(2, 1000));
  const kept = block!.bytes.subarray(start + 4, start + first.length);
  assert.ok(kept.every((byte) => byte === 1));
  block!.release();
  buffer.release();
  assert.equal(fixture.heldCounts, 0);
});

test('a large frame ends its read, and none is copied when its chunk is full', (t) => {
  const { fixture, memory, buffer, receive } = setUp();
  let copiedBytes = 0;
  t.mock.method(memory, 'countCopied', (bytes: number) => void (copiedBytes += bytes));
  const frame = requestFrame(1, 1_000_000);
  const frames = Buffer.concat(Array.from({ length: 8 }, () => frame));
  let copiedBefore = 0;
  for (let at = 0, frameCount = 0; at < frames.length; ) {
    const length = Math.min(buffer.landing().length, frames.length - at);
    receive(frames.subarray(at, at + length));
    at += length;
    if (buffer.available < frame.length) continue;
    frameCount++;
    assert.equal(buffer.available, frame.length, 'nothing of the next frame lies behind');
    const { block } = buffer;
    block!.hold();
    buffer.consume(frame.length);
    buffer.planLanding(length, false);
    block!.release();
    if (frameCount > 2) assert.ok(copiedBytes - copiedBefore <= 2 * memory.landingBytes, 'only what was landed');
    copiedBefore = copiedBytes;
    assert.ok(block!.size <= 1024 * 1024, `a frame has a chunk of ${block!.size} bytes`);
  }
  buffer.release();
  assert.equal(fixture.heldCounts, 0);
});

test('a whole frame that waits gets no more room', () => {
  const { memory, buffer } = setUp();
  const frame = requestFrame(1, memory.landingBytes - 4);
  buffer.landing().set(frame);
  buffer.received(frame.length);
  assert.equal(buffer.planLanding(frame.length, true), false);
});

test('blocks: heap is counted once, given back with the last hold; bytes that have come are kept over the budget', () => {
  const { fixture, memory } = setUp(1024);
  const block = IngressBlock.onHeap(memory, 10_000, 10_000, undefined, false)!;
  assert.equal(fixture.heapKib, 10);
  assert.equal(block.isSole(), true);
  block.hold();
  assert.equal(block.isSole(), false);
  block.release();
  assert.equal(fixture.heapKib, 10);
  assert.equal(IngressBlock.onHeap(memory, 5000, 5000, undefined, false), undefined);
  const forced = IngressBlock.onHeap(memory, 5000, 5000, undefined, true)!;
  assert.equal(fixture.heapKib, 10);
  forced.release();
  block.release();
  assert.equal(fixture.heapKib, 0);
  assert.equal(IngressBlock.inArena(memory, memory.largestChunkBytes + 1), undefined);
});
