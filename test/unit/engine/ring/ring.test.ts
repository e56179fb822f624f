import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRing, RingConsumer, RingProducer, releaseEvery } from '#engine/ring/ring.ts';
import fc from '../../../support/fast-check.ts';

function pair(slots: number, firstIndex = 0) {
  const ring = createRing(slots, firstIndex);
  return { producer: new RingProducer(ring), consumer: new RingConsumer(ring) };
}

test('nothing is seen before it is published, and everything afterwards', () => {
  const { producer, consumer } = pair(8);
  for (let i = 0; i < 3; i++) producer.words[producer.reserve()] = 100 + i;
  assert.equal(consumer.peek(), -1);
  assert.equal(producer.publish(), true);
  assert.equal(producer.publish(), false);
  for (let i = 0; i < 3; i++) {
    assert.equal(consumer.words[consumer.peek()], 100 + i);
    consumer.advance();
  }
  assert.equal(consumer.peek(), -1);
});

test('a full ring answers -1, and takes more once slots were given back', () => {
  const { producer, consumer } = pair(8);
  for (let i = 0; i < 8; i++) assert.ok(producer.reserve() >= 0);
  assert.equal(producer.reserve(), -1);
  assert.equal(producer.freeSlots(), 0);
  producer.publish();
  assert.ok(consumer.peek() >= 0);
  consumer.advance();
  consumer.release();
  assert.equal(producer.freeSlots(), 1);
  assert.ok(producer.reserve() >= 0);
  assert.equal(producer.reserve(), -1);
});

test('a consumer keeps fewer slots than the limits allow for, and none of a drained ring', () => {
  const slots = 64;
  const { producer, consumer } = pair(slots);
  for (let i = 0; i < slots; i++) producer.reserve();
  producer.publish();
  for (let read = 1; read <= slots; read++) {
    assert.ok(consumer.peek() >= 0);
    consumer.advance();
    assert.ok(read - producer.freeSlots() < releaseEvery(slots), `${read} read, ${producer.freeSlots()} given back`);
  }
  assert.equal(consumer.peek(), -1);
  assert.equal(producer.freeSlots(), slots);
});

test('any order of batches arrives as it was sent, wherever the int32 index wraps', () => {
  const step = fc.record({ push: fc.integer({ min: 0, max: 6 }), pull: fc.integer({ min: 0, max: 6 }) });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), fc.array(step, { maxLength: 40 }), (before, steps) => {
      const { producer, consumer } = pair(8, 0x7fffffff - before);
      let sent = 0;
      let received = 0;
      for (const { push, pull } of steps) {
        for (let i = 0; i < push; i++) {
          const position = producer.reserve();
          assert.equal(position < 0, sent - received >= 8 - unreleased(), 'full exactly when it is full');
          if (position < 0) break;
          producer.words[position] = sent++;
        }
        producer.publish();
        for (let i = 0; i < pull; i++) {
          const position = consumer.peek();
          if (position < 0) break;
          assert.equal(consumer.words[position], received++);
          consumer.advance();
        }
      }
      // With 8 slots every advance gives its slot back at once.
      function unreleased(): number {
        return releaseEvery(8) - 1;
      }
    }),
  );
});

test('advance without a descriptor, and an index out of range, are our own bugs', () => {
  const { producer, consumer } = pair(8);
  assert.throws(() => consumer.advance(), /advance without peek/);
  consumer.words[0] = 100;
  assert.throws(() => consumer.peek(), /tail ran past/);
  producer.words[32] = 5;
  assert.throws(() => producer.freeSlots(), /head ran past/);
  assert.throws(() => createRing(12), /power of two/);
});
