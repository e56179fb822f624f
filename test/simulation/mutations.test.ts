import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMutation } from './mutations/find-mutation.ts';
import { mutations } from './mutations/list.ts';

/** Found by the first few seeds. All of them: `node test/simulation/mutations/run.ts`. */
const quick = [
  'a voter votes for whoever asks, again and again',
  'a minority is enough to commit',
  'a follower takes the leader’s high watermark for its own',
  'a change is acknowledged before it is committed',
];

for (const name of quick) {
  test(`a mutation is found: ${name}`, async () => {
    const mutation = mutations.find((each) => each.name === name);
    assert.ok(mutation !== undefined);
    const { seeds, how } = await findMutation({ ...mutation, seeds: 60 });
    assert.ok(seeds !== null, 'no seed fails');
    assert.notEqual(how, '');
  });
}
