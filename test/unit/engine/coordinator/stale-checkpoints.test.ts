import assert from 'node:assert/strict';
import { test } from 'node:test';
import { upkeepLimits } from '../../../../engine/base/limits.ts';
import { StaleCheckpoints } from '../../../../engine/coordinator/stale-checkpoints.ts';

const none = new Map<string, never>();
const made = (name: string) => ({
  createdTopics: new Map([[`id-${name}`, { id: `id-${name}`, name }]]),
  removedTopics: none,
});
const gone = (...names: string[]) => ({
  createdTopics: none,
  removedTopics: new Map(names.map((name) => [name, { topic: { id: name, name }, partitions: undefined }])),
});
const never = (): void => assert.fail('nothing is held');

test('a topic that is made under the name of a deleted one waits until the checkpoint files are without it', async () => {
  const written: string[][] = [];
  const stale = new StaleCheckpoints(async (topics) => void written.push([...topics]));
  assert.ok(stale.mayPublish(made('a'), never));
  assert.ok(stale.mayPublish(gone('a', 'b'), never));
  assert.ok(stale.mayPublish(made('c'), never));
  const again = made('a');
  await new Promise<void>((resolve) => assert.equal(stale.mayPublish(again, resolve), false));
  assert.deepEqual(written, [['a']]);
  assert.ok(stale.mayPublish(again, never), 'it goes on when it is asked again');
  assert.ok(stale.mayPublish(made('a'), never), 'and is not held a second time');
});

test('deleted and made again in one image waits as well', async () => {
  const stale = new StaleCheckpoints(async () => {});
  const both = { ...gone('a'), createdTopics: made('a').createdTopics };
  await new Promise<void>((resolve) => assert.equal(stale.mayPublish(both, resolve), false));
  assert.ok(stale.mayPublish(both, never));
});

test('names of deleted topics are not kept for ever', () => {
  const written: number[] = [];
  const stale = new StaleCheckpoints(async (topics) => void written.push(topics.size));
  const names = Array.from({ length: upkeepLimits.removedTopics }, (_, index) => `t${index}`);
  assert.ok(stale.mayPublish(gone(...names), never));
  assert.deepEqual(written, []);
  assert.ok(stale.mayPublish(gone('one-more'), never));
  assert.deepEqual(written, [names.length + 1]);
});
