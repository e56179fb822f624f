import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Leadership } from '#engine/replica/leadership.ts';

const lagMs = 1000;
const racks = [0, 11, 12, 13];

function leadership(epochs: ReadonlyMap<number, number> = new Map([1, 2, 3].map((id) => [id, id * 10]))): Leadership {
  const made = new Leadership(
    1,
    { activeEpoch: (id) => epochs.get(id), isAlive: (id) => epochs.has(id), rackOf: (id) => racks[id] ?? 0 },
    () => lagMs,
  );
  made.assign({ replicas: [1, 2, 3], isr: [1, 2], leaderEpoch: 5, partitionEpoch: 7 }, 100, 0);
  return made;
}

test('the high watermark is what all in sync have, waits for those about to join, and never goes back', () => {
  const made = leadership();
  assert.equal(made.highWatermark(100, 40, 1, 0), 40, 'a follower in sync has not asked yet');
  assert.ok(made.fetched(2, 90, 0, 20, 100, 10));
  assert.equal(made.highWatermark(100, 40, 1, 10), 90);
  // Not in the ISR, but caught up: it may be in it by the time the record is lost elsewhere.
  assert.ok(made.fetched(3, 100, 0, 30, 100, 20));
  assert.ok(made.fetched(2, 110, 0, 20, 110, 30));
  assert.equal(made.highWatermark(110, 90, 1, 30), 100);
  assert.equal(made.highWatermark(110, 100, 1, 30 + lagMs), 110, 'it is not about to join any longer');
  assert.equal(made.highWatermark(110, 200, 1, 30), 200);
  assert.equal(made.highWatermark(110, 90, 3, 30), 90, 'too few are in sync for anything to be committed');
});

test('a replica joins when it has what is committed and what this leader began with, once a request at a time', () => {
  const made = leadership();
  assert.ok(made.fetched(3, 99, 0, 30, 120, 10));
  assert.equal(made.expansion(3, 90), null, 'it lacks records from before this epoch');
  assert.ok(made.fetched(3, 105, 0, 30, 120, 20));
  assert.equal(made.expansion(3, 106), null);
  const change = made.expansion(3, 105);
  assert.deepEqual(change, {
    leaderEpoch: 5,
    partitionEpoch: 7,
    isr: [
      { brokerId: 1, brokerEpoch: 10 },
      { brokerId: 2, brokerEpoch: 20 },
      { brokerId: 3, brokerEpoch: 30 },
    ],
  });
  assert.deepEqual(made.maximalIsr, [1, 2, 3]);
  assert.deepEqual(made.isr, [1, 2]);
  assert.equal(made.expansion(3, 105), null);
  assert.equal(made.shrinking(120, 10 * lagMs), null);
  assert.ok(made.altered(change!, { errorCode: 0, isr: [1, 2, 3], leaderEpoch: 5, partitionEpoch: 8 }));
  assert.deepEqual(made.isr, [1, 2, 3]);
  assert.equal(made.isChanging, false);
});

test('brokers that are fenced, or registered anew since they asked, are not let in', () => {
  const epochs = new Map([
    [1, 10],
    [2, 20],
  ]);
  const made = leadership(epochs);
  assert.ok(made.fetched(3, 110, 0, 30, 110, 10));
  assert.equal(made.expansion(3, 90), null);
  epochs.set(3, 31);
  assert.equal(made.expansion(3, 90), null);
  assert.equal(made.fetched(3, 110, 0, 30, 110, 20), false, 'its fetch comes from its earlier life');
  assert.ok(made.fetched(3, 110, 0, 31, 110, 30));
  assert.notEqual(made.expansion(3, 90), null);
  assert.equal(made.fetched(4, 110, 0, 40, 110, 30), false);
});

test('who is behind for too long is taken out; what an answer tells counts only for what it is about', () => {
  const made = leadership();
  assert.ok(made.fetched(2, 100, 0, 20, 100, 500));
  assert.equal(made.shrinking(100, 10 * lagMs), null, 'it has everything, and need not ask');
  assert.equal(made.shrinking(120, 500 + lagMs), null);
  const change = made.shrinking(120, 501 + lagMs)!;
  assert.deepEqual(
    change.isr.map(({ brokerId }) => brokerId),
    [1],
  );
  assert.deepEqual(made.maximalIsr, [1, 2], 'it may be in it still');
  // The image with the change comes before the answer, and another change is wanted by then.
  const assignment = { replicas: [1, 2, 3], isr: [1], leaderEpoch: 5, partitionEpoch: 8 };
  assert.ok(made.assign(assignment, 120, 2000));
  assert.ok(made.fetched(2, 120, 0, 20, 120, 2000));
  const next = made.expansion(2, 110)!;
  assert.equal(made.altered(change, { errorCode: 0, isr: [1], leaderEpoch: 5, partitionEpoch: 8 }), false);
  made.withdraw(change);
  assert.equal(made.isChanging, true);
  assert.ok(made.assign(assignment, 120, 2000), 'the same image again');
  assert.equal(made.isChanging, true);
  assert.equal(made.assign({ ...assignment, partitionEpoch: 7 }, 120, 2000), false);
  made.withdraw(next);
  assert.deepEqual(made.maximalIsr, [1]);
});

test('a follower that had everything when it last asked is caught up since then', () => {
  const made = leadership();
  assert.ok(made.fetched(2, 100, 0, 20, 150, 1000));
  // In between more came; it has all that there was at its last fetch.
  assert.ok(made.fetched(2, 150, 0, 20, 200, 1900));
  assert.equal(made.shrinking(200, 2000), null);
  assert.notEqual(made.shrinking(200, 2001), null);
});

test('a new epoch of the same leader keeps what is known of its followers, a new leader does not', () => {
  const made = leadership();
  assert.ok(made.fetched(2, 100, 0, 20, 100, 10));
  made.assign({ replicas: [1, 2], isr: [1, 2], leaderEpoch: 6, partitionEpoch: 8 }, 130, 20);
  assert.equal(made.followers.size, 1);
  assert.equal(made.epochStartOffset, 130);
  assert.equal(made.highWatermark(130, 50, 1, 20), 100);
});

test('a consumer is sent to the replica in its rack that is in sync and has what it wants', () => {
  const made = leadership();
  assert.ok(made.fetched(2, 80, 10, 20, 100, 10));
  assert.ok(made.fetched(3, 100, 0, 30, 100, 10));
  assert.equal(made.preferredReplica(11, 50), -1, "the leader's own rack");
  assert.equal(made.preferredReplica(12, 50), 2);
  assert.equal(made.preferredReplica(12, 90), -1, 'it does not have that yet');
  assert.equal(made.preferredReplica(12, 5), -1, 'it does not have that any more');
  assert.equal(made.preferredReplica(13, 50), -1, 'it is not in sync');
  assert.equal(made.preferredReplica(14, 50), -1, 'nobody is in that rack');
});

test('the low watermark is the least start of live replicas, unknown while one of them never asked', () => {
  const epochs = new Map([1, 2, 3].map((id) => [id, id * 10]));
  const leader = leadership(epochs);
  assert.equal(leader.lowWatermark(50), -1);
  assert.equal(leader.fetched(2, 100, 40, 20, 100, 0), true);
  assert.equal(leader.lowWatermark(50), -1);
  assert.equal(leader.fetched(3, 100, 10, 30, 100, 0), true);
  assert.equal(leader.lowWatermark(50), 10);
  epochs.delete(3);
  assert.equal(leader.lowWatermark(50), 40);
  leader.fetched(2, 100, 60, 20, 100, 0);
  assert.equal(leader.lowWatermark(50), 50);
});
