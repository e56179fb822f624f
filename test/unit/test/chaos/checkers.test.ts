/** The checkers against histories that are made up: a good one, and the same with one thing broken. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkHistory } from '../../../chaos/checkers/all.ts';
import type { FindingKind, History, Poll, ReplicaLog, Send } from '../../../chaos/history.ts';

const send = (producer: number, partition: number, values: readonly string[], offset: number): Send => ({
  producer,
  partition,
  values,
  startMs: 0,
  endMs: 1,
  outcome: { kind: 'acknowledged', offset },
});
const poll = (session: number, partition: number, ...records: readonly (readonly [number, string])[]): Poll => ({
  consumer: 'one',
  session,
  partition,
  atMs: 1,
  records: records.map(([offset, value]) => ({ offset, value })),
});
const log = (nodeId: number, digests: Readonly<Record<number, string>>, endOffset = 4): ReplicaLog => ({
  nodeId,
  partition: 0,
  startOffset: 0,
  endOffset,
  batches: new Map(Object.entries(digests).map(([offset, digest]) => [Number(offset), digest])),
});
const reads = (...values: readonly string[]) => values.map((value, offset) => ({ offset, value }));

const good: History = {
  sends: [
    send(1, 0, ['a', 'b'], 0),
    send(2, 0, ['x'], 2),
    { ...send(1, 0, ['c'], 3), outcome: { kind: 'unknown', error: 'no answer' } },
    { ...send(2, 0, ['y'], 0), outcome: { kind: 'refused', error: 'NOT_ENOUGH_REPLICAS' } },
    send(2, 1, ['z'], 0),
  ],
  polls: [poll(1, 0, [0, 'a'], [1, 'b']), poll(1, 0, [2, 'x'], [3, 'c']), poll(2, 0, [0, 'a']), poll(1, 1, [0, 'z'])],
  finalReads: new Map([
    [0, reads('a', 'b', 'x', 'c')],
    [1, reads('z')],
  ]),
  replicas: [log(1, { 0: 'd', 2: 'e' }), log(2, { 0: 'd', 2: 'e' }), log(3, { 0: 'd', 2: 'e' })],
};

const kinds = (history: History) => checkHistory(history).map(({ kind }) => kind);
const found = (change: Partial<History>, ...expected: FindingKind[]) => {
  assert.deepEqual(kinds({ ...good, ...change }), expected);
};
const finalReads = (...values: readonly string[]) => new Map([...good.finalReads, [0, reads(...values)] as const]);
const withoutReplicas = { replicas: [], polls: [] };

test('a good history has no findings', () => {
  assert.deepEqual(checkHistory(good), []);
});

test('what was acknowledged and is not there is lost, or unseen at the end', () => {
  found({ ...withoutReplicas, sends: [...good.sends, send(3, 0, ['q'], 1)] }, 'lost', 'inconsistent-offset');
  found({ ...withoutReplicas, sends: [...good.sends, send(3, 0, ['q'], 4)] }, 'unseen');
  found({ ...withoutReplicas, sends: [...good.sends, send(3, 7, ['q'], 0)] }, 'unseen');
  found({ ...withoutReplicas, sends: [...good.sends, send(3, 0, ['q'], -1)] }, 'lost');
});

test('an unknown outcome may be there or not', () => {
  found({ ...withoutReplicas, finalReads: finalReads('a', 'b', 'x') });
});

test('a value at two offsets is a duplicate', () => {
  found({ ...withoutReplicas, finalReads: finalReads('a', 'b', 'x', 'c', 'c') }, 'duplicate');
});

test('two values at one offset are inconsistent, wherever they were seen', () => {
  found({ polls: [poll(1, 0, [0, 'c'])] }, 'inconsistent-offset');
  found({ sends: good.sends.with(1, send(2, 0, ['x'], 3)) }, 'inconsistent-offset');
});

test('order within a producer is kept, between producers there is none', () => {
  const told = { kind: 'acknowledged', offset: -1 } as const;
  const sends = good.sends.map((each) => ({ ...each, outcome: each.values[0] === 'y' ? each.outcome : told }));
  found({ ...withoutReplicas, sends, finalReads: finalReads('a', 'c', 'x', 'b') }, 'reordered');
  found({ ...withoutReplicas, sends, finalReads: finalReads('x', 'a', 'b', 'c') });
});

test('a consumer neither goes back nor passes over what is there', () => {
  found({ polls: [poll(1, 0, [0, 'a'], [1, 'b']), poll(1, 0, [1, 'b'])] }, 'poll-back');
  found({ polls: [poll(1, 0, [0, 'a']), poll(1, 0, [2, 'x'])] }, 'poll-skip');
  found({ polls: [poll(1, 0, [0, 'a']), poll(2, 0, [2, 'x'])] });
  const holes = new Map([...good.finalReads, [0, good.finalReads.get(0)!.toSpliced(1, 1)] as const]);
  const sends = good.sends.with(0, send(1, 0, ['a'], 0));
  found({ sends, finalReads: holes, polls: [poll(1, 0, [0, 'a'], [2, 'x'])] });
});

test('nothing is there that was not sent, or that was refused', () => {
  found({ ...withoutReplicas, finalReads: finalReads('a', 'b', 'x', 'c', 'nobody') }, 'phantom');
  found({ ...withoutReplicas, finalReads: finalReads('a', 'b', 'x', 'c', 'y') }, 'refused-but-written');
  found({ polls: [poll(1, 1, [1, 'a'])] }, 'phantom');
});

test('replicas hold the same, up to the same end', () => {
  found({ replicas: [log(1, { 0: 'd', 2: 'e' }), log(2, { 0: 'd', 2: 'f' })] }, 'diverged');
  found({ replicas: [log(1, { 0: 'd', 2: 'e' }), log(2, { 0: 'd' }, 2)] }, 'diverged');
  found({ replicas: [log(1, { 0: 'd', 2: 'e' }), log(2, { 0: 'd', 1: 'g', 2: 'e' })] }, 'diverged');
  const trimmed = { ...log(2, { 2: 'e' }), startOffset: 2 };
  found({ replicas: [log(1, { 0: 'd', 2: 'e' }), trimmed] });
});
