import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LeaderEpochs } from '../../../../engine/log/leader-epochs.ts';
import { encodeText } from '../../../../engine/log/text-lines.ts';

function epochsOf(...entries: [epoch: number, startOffset: number][]): LeaderEpochs {
  const epochs = new LeaderEpochs();
  for (const [epoch, startOffset] of entries) epochs.assign(epoch, startOffset);
  return epochs;
}

test('the end of an epoch is the start of the next one, that of the newest the log end', () => {
  const epochs = epochsOf([2, 10], [3, 20], [6, 30]);
  assert.deepEqual(epochs.endOffsetFor(6, 45), { epoch: 6, endOffset: 45 });
  assert.deepEqual(epochs.endOffsetFor(3, 45), { epoch: 3, endOffset: 30 });
  assert.deepEqual(epochs.endOffsetFor(5, 45), { epoch: 3, endOffset: 30 });
  assert.deepEqual(epochs.endOffsetFor(1, 45), { epoch: 1, endOffset: 10 });
  assert.deepEqual(epochs.endOffsetFor(7, 45), { epoch: -1, endOffset: -1 });
  assert.deepEqual(epochs.endOffsetFor(-1, 45), { epoch: -1, endOffset: -1 });
  assert.deepEqual(
    [9, 10, 19, 20, 100].map((offset) => epochs.epochForOffset(offset)),
    [-1, 2, 2, 3, 6],
  );
});

test('an entry that contradicts a new one is dropped', () => {
  const epochs = epochsOf([1, 0], [2, 10], [3, 20]);
  epochs.assign(4, 15);
  assert.deepEqual(epochs.entries(), [
    { epoch: 1, startOffset: 0 },
    { epoch: 2, startOffset: 10 },
    { epoch: 4, startOffset: 15 },
  ]);
});

test('truncation cuts at both ends and keeps the epoch that holds the start', () => {
  const epochs = epochsOf([1, 0], [2, 10], [3, 20]);
  epochs.truncateFromEnd(20);
  assert.equal(epochs.latestEpoch, 2);
  epochs.truncateFromStart(14);
  assert.deepEqual(epochs.entries(), [{ epoch: 2, startOffset: 14 }]);
  epochs.truncateFromEnd(14);
  assert.equal(epochs.latestEpoch, -1);
});

test('the file is read back, and anything else is refused', () => {
  const epochs = epochsOf([1, 0], [2, 10]);
  assert.deepEqual(epochs.toFile(), encodeText('0\n2\n1 0\n2 10\n'));
  assert.deepEqual(LeaderEpochs.fromFile(epochs.toFile())?.entries(), epochs.entries());
  for (const bad of [
    '',
    '0\n',
    '1\n0\n',
    '0\n2\n1 0\n',
    '0\n1\n1 x\n',
    '0\n2\n2 0\n1 5\n',
    '0\n1\n1 -5\n',
    '0\n1\n1\n',
    '\u0000',
  ]) {
    assert.equal(LeaderEpochs.fromFile(encodeText(bad)), null, JSON.stringify(bad));
  }
});
