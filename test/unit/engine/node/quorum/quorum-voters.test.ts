import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuorumVoters } from '../../../../../engine/node/quorum/quorum-voters.ts';

test('voters are read as controller.quorum.voters names them', () => {
  const voters = parseQuorumVoters('1@a.example:9093, 2@[::1]:19093', 'CONTROLLER');
  assert.deepEqual(
    voters?.map(({ id, endpoints }) => ({ id, endpoints })),
    [
      { id: 1, endpoints: [{ name: 'CONTROLLER', host: 'a.example', port: 9093 }] },
      { id: 2, endpoints: [{ name: 'CONTROLLER', host: '::1', port: 19093 }] },
    ],
  );
  assert.deepEqual(parseQuorumVoters('', 'CONTROLLER'), []);
  for (const bad of ['a', '1@a', '1@a:x', '@a:1', '1@:1', '1@a:70000', '1@a:1,1@b:2', '-1@a:1', '9999999999@a:1']) {
    assert.equal(parseQuorumVoters(bad, 'CONTROLLER'), null, bad);
  }
});
