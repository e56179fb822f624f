import type { Bench } from 'tinybench';
import { ringLimitsFor } from '../../engine/base/limits.ts';
import { Arena, arenaClass } from '../../engine/ring/arena.ts';
import { descriptorWord } from '../../engine/ring/layout.ts';
import { PeerSender } from '../../engine/ring/peer-sender.ts';
import { createRing, RingConsumer, RingProducer } from '../../engine/ring/ring.ts';

/** What a batch owned by another shard costs on its way there and back, without the waking up. */
export function register(bench: Bench): void {
  const limits = ringLimitsFor(2);
  const ring = createRing(limits.slots);
  const producer = new RingProducer(ring);
  const consumer = new RingConsumer(ring);
  bench.add('descriptor: reserve, publish, peek, advance', () => {
    producer.words[producer.reserve()] = 16;
    producer.publish();
    consumer.peek();
    consumer.advance();
  });
  const requests = createRing(limits.slots);
  const sender = new PeerSender(requests, limits.credits, limits.controlSlots);
  const receiver = new RingConsumer(requests);
  bench.add('request on a credit, and its release', () => {
    sender.reserveRequest();
    sender.publish();
    const token = receiver.words[receiver.peek() + descriptorWord.token];
    receiver.advance();
    sender.release(token);
  });
  const reservedSlabs = [1, 1, 1, 1];
  const sizes = { slabs: 8, smallestBytes: 1024, largestBytes: 4 << 20, reservedSlabs };
  const arena = new Arena({ ...sizes, holders: 3, self: 0 });
  bench.add('chunk of 64 KB: allocate, hold, two releases', () => {
    const chunk = arena.alloc(65_536, arenaClass.ingress);
    arena.hold(chunk, 1);
    arena.release(chunk, 1);
    arena.release(chunk, 0);
  });
}
