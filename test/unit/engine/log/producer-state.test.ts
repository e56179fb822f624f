import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeProducerSnapshot, encodeProducerSnapshot } from '../../../../engine/log/producer-snapshot.ts';
import { ProducerState, type ProducerVerdict } from '../../../../engine/log/producer-state.ts';
import type { BatchOptions } from '../../../../engine/protocol/records/batch-builder.ts';
import { checksum } from '../../../../native-bindings/checksum.ts';
import { type TestBatch, testBatch, testMarker } from '../../../support/log-fixture.ts';

const lastSequenceOfAll = 0x7fffffff;

class Producers {
  readonly state: ProducerState;
  nextOffset = 0;

  constructor(maxProducers = 100) {
    this.state = new ProducerState(maxProducers);
  }

  verdict(batch: TestBatch): ProducerVerdict {
    return this.state.check(this.#bytes(batch), 0, 'client');
  }

  append(batch: TestBatch): ProducerVerdict {
    const bytes = this.#bytes(batch);
    const verdict = this.state.check(bytes, 0, 'client');
    if (verdict !== 'ok') return verdict;
    this.state.apply(bytes, 0);
    this.nextOffset += batch.count ?? 1;
    return 'ok';
  }

  marker(kind: 'abort' | 'commit', coordinatorEpoch: number, options: BatchOptions, transactionVersion = 1) {
    const bytes = testMarker(kind, coordinatorEpoch, { producerId: 7n, ...options, baseOffset: this.nextOffset });
    const verdict = this.state.check(bytes, 0, 'coordinator', transactionVersion);
    if (verdict !== 'ok') return verdict;
    this.nextOffset++;
    return this.state.apply(bytes, 0);
  }

  #bytes(batch: TestBatch): Uint8Array {
    return testBatch({ producerId: 7n, producerEpoch: 0, ...batch, baseOffset: this.nextOffset });
  }
}

test('sequences must follow each other, and begin anywhere for a producer that is not known', () => {
  const producers = new Producers();
  assert.equal(producers.append({ baseSequence: 5, count: 3 }), 'ok');
  assert.equal(producers.verdict({ baseSequence: 9 }), 'out-of-order-sequence-number');
  assert.equal(producers.verdict({ baseSequence: 7, count: 2 }), 'out-of-order-sequence-number');
  assert.equal(producers.append({ baseSequence: 8 }), 'ok');
  assert.equal(producers.append({ producerId: -1n, producerEpoch: -1, baseSequence: -1 }), 'ok');
});

test('the five newest batches are told from new ones, with the offsets that they were given', () => {
  const producers = new Producers();
  for (let i = 0; i < 7; i++) assert.equal(producers.append({ baseSequence: i * 2, count: 2, timestampMs: i }), 'ok');
  for (let i = 2; i < 7; i++) {
    assert.equal(producers.verdict({ baseSequence: i * 2, count: 2 }), 'duplicate');
    assert.equal(producers.state.duplicateBaseOffset, i * 2);
    assert.equal(producers.state.duplicateLastOffset, i * 2 + 1);
    assert.equal(producers.state.duplicateTimestampMs, i);
  }
  assert.equal(producers.verdict({ baseSequence: 2, count: 2 }), 'out-of-order-sequence-number');
  assert.equal(producers.verdict({ baseSequence: 12, count: 1 }), 'out-of-order-sequence-number');
});

test('sequences go on at 0 after 2^31 - 1, within a batch and between two', () => {
  const producers = new Producers();
  assert.equal(producers.append({ baseSequence: lastSequenceOfAll - 1, count: 4 }), 'ok');
  assert.equal(producers.verdict({ baseSequence: lastSequenceOfAll - 1, count: 4 }), 'duplicate');
  assert.equal(producers.append({ baseSequence: 2 }), 'ok');
  const others = new Producers();
  assert.equal(others.append({ baseSequence: lastSequenceOfAll }), 'ok');
  assert.equal(others.append({ baseSequence: 0 }), 'ok');
});

test('an older epoch is refused; a newer one begins at sequence 0', () => {
  const producers = new Producers();
  assert.equal(producers.append({ producerEpoch: 3, baseSequence: 0 }), 'ok');
  assert.equal(producers.verdict({ producerEpoch: 2, baseSequence: 1 }), 'invalid-producer-epoch');
  assert.equal(producers.verdict({ producerEpoch: 4, baseSequence: 1 }), 'out-of-order-sequence-number');
  assert.equal(producers.append({ producerEpoch: 4, baseSequence: 0 }), 'ok');
  assert.equal(producers.verdict({ producerEpoch: 3, baseSequence: 0 }), 'invalid-producer-epoch');
});

test('an open transaction holds back the first unstable offset until its marker is below the high watermark', () => {
  const producers = new Producers();
  producers.append({ producerId: -1n, producerEpoch: -1, baseSequence: -1 });
  assert.equal(producers.state.firstUnstableOffset, -1);
  producers.append({ isTransactional: true, baseSequence: 0, count: 2 });
  producers.append({ isTransactional: true, producerId: 8n, baseSequence: 0 });
  assert.equal(producers.verdict({ baseSequence: 2 }), 'invalid-txn-state');
  assert.equal(producers.state.firstUnstableOffset, 1);
  const aborted = producers.marker('abort', 0, { producerEpoch: 0 });
  assert.deepEqual(aborted, { producerId: 7, firstOffset: 1, lastOffset: 4, lastStableOffset: 3 });
  assert.equal(producers.state.firstUnstableOffset, 1);
  producers.state.highWatermarkMoved(4);
  assert.equal(producers.state.firstUnstableOffset, 1);
  producers.state.highWatermarkMoved(5);
  assert.equal(producers.state.firstUnstableOffset, 3);
  assert.equal(producers.marker('commit', 0, { producerId: 8n, producerEpoch: 0 }), null);
  producers.state.highWatermarkMoved(6);
  assert.equal(producers.state.firstUnstableOffset, -1);
});

test('markers are fenced by coordinator epoch and by producer epoch', () => {
  const producers = new Producers();
  producers.append({ isTransactional: true, producerEpoch: 2, baseSequence: 0 });
  assert.equal(producers.marker('commit', 0, { producerEpoch: 1 }), 'invalid-producer-epoch');
  assert.equal(producers.marker('commit', 0, { producerEpoch: 2 }, 2), 'invalid-producer-epoch');
  assert.equal(producers.marker('commit', 5, { producerEpoch: 3 }, 2), null);
  assert.equal(producers.marker('commit', 5, { producerEpoch: 3 }, 2), null);
  assert.equal(producers.marker('commit', 4, { producerEpoch: 4 }, 2), 'transaction-coordinator-fenced');
  assert.equal(producers.verdict({ producerEpoch: 2, baseSequence: 1 }), 'invalid-producer-epoch');
});

test('a snapshot carries what is needed to go on, and a broken one is refused', () => {
  const producers = new Producers();
  producers.append({ baseSequence: 0, count: 3 });
  producers.append({ producerId: 8n, producerEpoch: 2, isTransactional: true, baseSequence: 0 });
  producers.append({ producerId: 0x7fff_ffff_ffff_fff1n, baseSequence: 0 });
  const bytes = encodeProducerSnapshot(producers.state.entries(), checksum);
  const entries = decodeProducerSnapshot(bytes, checksum);
  assert.ok(entries !== null);
  const restored = new Producers();
  restored.nextOffset = producers.nextOffset;
  restored.state.load(entries, producers.nextOffset);
  assert.deepEqual(encodeProducerSnapshot(restored.state.entries(), checksum), bytes);
  assert.equal(restored.state.firstUnstableOffset, 3);
  assert.equal(restored.verdict({ baseSequence: 4 }), 'out-of-order-sequence-number');
  assert.equal(restored.verdict({ baseSequence: 3 }), 'ok');
  assert.equal(restored.verdict({ producerId: 0x7fff_ffff_ffff_fff1n, baseSequence: 0 }), 'duplicate');
  for (let at = 0; at < bytes.length; at++) {
    const broken = bytes.slice();
    broken[at] ^= 0x40;
    assert.equal(decodeProducerSnapshot(broken, checksum), null);
    assert.equal(decodeProducerSnapshot(bytes.subarray(0, at), checksum), null);
  }
});

test('producers expire, but not in the middle of a transaction; at the cap the idlest are forgotten', () => {
  const producers = new Producers(16);
  producers.append({ baseSequence: 0, timestampMs: 1000 });
  producers.append({ producerId: 8n, isTransactional: true, baseSequence: 0, timestampMs: 1000 });
  producers.append({ producerId: 9n, baseSequence: 0, timestampMs: 5000 });
  assert.equal(producers.state.removeExpired(6000, 5000), 1);
  assert.deepEqual([...producers.state.entries().keys()], [8, 9]);
  for (let id = 100; id < 200; id++) producers.append({ producerId: BigInt(id), baseSequence: 0 });
  assert.ok(producers.state.size <= 16);
  assert.ok(producers.state.entryOf(8) !== undefined);
  assert.ok(producers.state.entryOf(199) !== undefined);
});
