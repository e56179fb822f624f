import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CheckpointRequests } from '#engine/node/partitions/checkpoint-requests.ts';

test('one write is under way at a time, and who comes meanwhile is answered by the next', () => {
  let asked = 0;
  const answers: string[] = [];
  const requests = new CheckpointRequests(() => {
    asked += 1;
  });
  requests.write(() => answers.push('a'));
  requests.write(() => answers.push('b'));
  requests.write(() => answers.push('c'));
  assert.equal(asked, 1);
  requests.written();
  assert.deepEqual(answers, ['a']);
  assert.equal(asked, 2);
  requests.written();
  assert.deepEqual(answers, ['a', 'b', 'c']);
  assert.equal(asked, 2);
  requests.write(() => answers.push('d'));
  assert.equal(asked, 3);
  requests.written();
  assert.deepEqual(answers.at(-1), 'd');
});
