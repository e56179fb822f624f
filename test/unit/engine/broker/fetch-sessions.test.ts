import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FetchPartition, type FetchSession, FetchSessionCache } from '#engine/broker/fetch-sessions.ts';
import { SeededRandom } from '../../../support/seeded-random.ts';

const evictionMs = 1000;

function cache(slots: number, shard = 0, shards = 1): FetchSessionCache {
  return new FetchSessionCache({ slots, evictionMs }, new SeededRandom(7), shard, shards);
}

function create(sessions: FetchSessionCache, nowMs: number, privileged = false): FetchSession {
  const session = sessions.create(false, privileged, nowMs);
  assert.ok(session !== undefined);
  return session;
}

test('ids are positive, different, and name their shard', () => {
  const sessions = cache(500, 2, 3);
  const ids = new Set<number>();
  for (let i = 0; i < 500; i++) ids.add(create(sessions, 0).id);
  assert.equal(ids.size, 500);
  for (const id of ids) assert.ok(id > 0 && id <= 0x7fffffff && id % 3 === 2);
});

test('a full cache takes the place of the stalest, and of none that is not stale', () => {
  const sessions = cache(2);
  const first = create(sessions, 0);
  const second = create(sessions, 10);
  assert.equal(sessions.create(false, false, evictionMs), undefined);
  const third = create(sessions, evictionMs + 1);
  assert.equal(sessions.get(first.id), undefined);
  assert.equal(sessions.get(second.id), second);
  assert.equal(sessions.get(third.id), third);
  assert.equal(sessions.evictions, 1);
});

test('every use counts, also of a session that gets no records (KAFKA-9137)', () => {
  const sessions = cache(2);
  const used = create(sessions, 0);
  const unused = create(sessions, 1);
  sessions.touch(used, evictionMs);
  create(sessions, evictionMs + 2);
  assert.equal(sessions.get(used.id), used);
  assert.equal(sessions.get(unused.id), undefined);
});

test('a follower takes the place of a client that is not stale, never of a follower', () => {
  const sessions = cache(2);
  const follower = create(sessions, 0, true);
  const client = create(sessions, 0);
  const another = create(sessions, 1, true);
  assert.equal(sessions.get(client.id), undefined);
  assert.equal(sessions.create(false, true, 2), undefined);
  assert.equal(sessions.create(false, false, 2), undefined);
  assert.deepEqual([sessions.get(follower.id), sessions.get(another.id)], [follower, another]);
});

test('removed sessions are gone and leave room', () => {
  const sessions = cache(1);
  const first = create(sessions, 0);
  sessions.remove(first.id);
  assert.equal(sessions.size, 0);
  create(sessions, 0);
});

test('a partition that got records goes behind the others', () => {
  const session = create(cache(1), 0);
  const partitions = [0, 1, 2].map((index) => new FetchPartition('a', new Uint8Array(0), index));
  for (const partition of partitions) session.set(partition);
  session.moveToEnd(partitions[0]!);
  assert.deepEqual(
    [...session.partitions.values()].map(({ partition }) => partition),
    [1, 2, 0],
  );
  session.partitions.clear();
  session.moveToEnd(partitions[0]!);
  assert.equal(session.partitions.size, 0);
});

test('a session goes on at another shard as it was, where there is room for it', () => {
  const old = cache(2, 0, 2);
  const session = create(old, 0);
  for (const number of [3, 1, 2]) session.set(new FetchPartition('topic', new Uint8Array(0), number));
  session.nextEpoch = 7;
  const moved = structuredClone(old.take(session.id)!);
  assert.equal(old.get(session.id), undefined);
  assert.equal(old.take(session.id), undefined);
  const next = cache(1, 1, 2);
  next.adopt(moved, 50);
  const found = next.get(session.id)!;
  assert.equal(found.nextEpoch, 7);
  assert.equal(found.lastUsedMs, 50);
  assert.deepEqual(
    [...found.partitions.values()].map(({ partition }) => partition),
    [3, 1, 2],
  );
  const full = cache(1, 1, 2);
  const kept = create(full, 0);
  full.adopt(moved, 50);
  assert.equal(full.get(session.id), undefined);
  assert.equal(full.get(kept.id), kept);
});
