/** Clients that make groups, ids and members without end, or large ones, come to a limit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupLimits } from '#engine/base/limits.ts';
import type { GroupCall } from '#engine/protocol/group-calls.ts';
import { calls, GroupStory } from './group-story.ts';

function joining(story: GroupStory, name: string, more: object = {}, metadataBytes = 0): GroupCall {
  const call = calls.join!(story.client(name), { version: '3' }, name);
  assert.ok(call.api === 'joinGroup');
  const protocols = [{ name: 'range', metadata: new Uint8Array(metadataBytes), unknownTaggedFields: [] }];
  return { ...call, request: { ...call.request, protocols, ...more } };
}

test('a member with too much to say is refused, and so is one more when all say much', () => {
  const story = new GroupStory();
  story.call('huge', joining(story, 'huge', {}, groupLimits.memberBytes + 1));
  assert.match(story.lines.join(), /refused INVALID_REQUEST/);
  const most = Math.floor(groupLimits.memberBytesPerPartition / (groupLimits.memberBytes - 100));
  for (let n = 0; n < most; n++)
    story.call(`m${n}`, joining(story, `m${n}`, { groupId: `g${n % 3}` }, groupLimits.memberBytes - 100));
  assert.doesNotMatch(story.lines.join(), /COORDINATOR_NOT_AVAILABLE/);
  story.call('last', joining(story, 'last', {}, groupLimits.memberBytes - 100));
  assert.match(story.lines.join(), /last join refused COORDINATOR_NOT_AVAILABLE/);
  // Who was put out makes room.
  story.advance(1_000_000);
  story.call('late', joining(story, 'late', {}, groupLimits.memberBytes - 100));
  assert.doesNotMatch(story.lines.join(), /late join refused/);
});

test('ids that are given out and groups that are made have an end', () => {
  const story = new GroupStory();
  const joinByNew = (name: string, groupId: string): void => {
    const call = joining(story, name, { groupId });
    assert.ok(call.api === 'joinGroup');
    story.call(name, { ...call, caller: { ...call.caller, version: 9 } });
    story.client(name).memberId = '';
  };
  for (let n = 0; n < groupLimits.pendingJoins; n++) joinByNew('a', 'g');
  joinByNew('b', 'g');
  assert.match(story.lines.at(-1)!, /b join refused GROUP_MAX_SIZE_REACHED/);
  for (let n = story.machine.groups.size; n < groupLimits.groupsPerPartition; n++) joinByNew('c', `made-${n}`);
  assert.equal(story.machine.groups.size, groupLimits.groupsPerPartition);
  joinByNew('d', 'one more');
  assert.match(story.lines.at(-1)!, /d join refused COORDINATOR_NOT_AVAILABLE/);
  // They are left over when nobody joined with an id, and nobody committed: so they go.
  story.config = { ...story.config, maxSessionTimeoutMs: 20_000 };
  story.advance(200_000);
  assert.equal(story.machine.groups.size, 0);
});
