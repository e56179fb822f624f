/**
 * Tales of groups: each file in scripts/ is a list of commands, every one followed by what the machine did.
 * MILLRACE_REWRITE=1 records anew; read the diff.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { GroupConfig } from '#engine/groups/types.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { calls, GroupStory, identity, type Words } from './group-story.ts';

const folder = new URL('./scripts/', import.meta.url);
const noTags = { unknownTaggedFields: [] };

function wordsOf(parts: readonly string[]): Words {
  return Object.fromEntries(parts.map((part) => part.split('=') as [string, string]));
}

/** `t-0`, or `t-0=5`. */
function partitionOf(text: string): { topic: string; partition: number; offset: bigint } {
  const [, topic, partition, offset] = /^(.+)-(\d+)(?:=(-?\d+))?$/.exec(text)!;
  return { topic: topic!, partition: Number(partition), offset: BigInt(offset ?? 0) };
}

function commit(story: GroupStory, name: string, parts: readonly string[]): void {
  const [offset, ...more] = parts;
  const words = wordsOf(more);
  const { topic, partition, offset: committedOffset } = partitionOf(offset!);
  const { generationId, ...member } = identity(story.client(name), words);
  const committed = { partitionIndex: partition, committedOffset, committedLeaderEpoch: -1 };
  const partitions = [{ ...committed, committedMetadata: words.metadata ?? null, ...noTags }];
  const topics = [{ name: topic, topicId: 'AAAAAAAAAAAAAAAAAAAAAA', partitions, ...noTags }];
  const retentionTimeMs = BigInt(words.keep ?? -1);
  const request = { ...member, generationIdOrMemberEpoch: generationId, retentionTimeMs, topics, ...noTags };
  story.call(name, { api: 'offsetCommit', request, version: Number(words.version ?? 9) });
}

function fetch(story: GroupStory, groupId: string, parts: readonly string[]): void {
  const topics = parts.map((part) => {
    const { topic, partition } = partitionOf(part);
    return { name: topic, topicId: 'AAAAAAAAAAAAAAAAAAAAAA', partitionIndexes: [partition], ...noTags };
  });
  const request = { groupId, memberId: null, memberEpoch: -1, topics: parts.length === 0 ? null : topics, ...noTags };
  story.call('admin', { api: 'offsetFetch', request, requireStable: false });
}

function deleteOffsets(story: GroupStory, groupId: string, parts: readonly string[]): void {
  const topics = parts.map((part) => {
    const { topic, partition } = partitionOf(part);
    return { name: topic, partitions: [{ partitionIndex: partition, ...noTags }], ...noTags };
  });
  story.call('admin', { api: 'offsetDelete', request: { groupId, topics, ...noTags } });
}

function run(story: GroupStory, command: string) {
  const [name, ...words] = command.split(' ');
  const [first, ...rest] = words;
  switch (name) {
    case 'set':
      story.config = { ...story.config, ...numbers(words) };
      return;
    case 'advance':
      return story.advance(Number(first));
    case 'hold':
      story.holds = true;
      return;
    case 'release':
      return story.release(first === undefined ? 0 : errorCode[first as keyof typeof errorCode]);
    case 'restart':
      return story.restart();
    case 'unload':
      return story.unload();
    case 'forget-topic':
      story.machine.topicsDeleted(words, story.now);
      return story.settle();
    case 'commit':
      return commit(story, first!, rest);
    case 'fetch':
      return fetch(story, first!, rest);
    case 'delete-offsets':
      return deleteOffsets(story, first!, rest);
    case 'describe':
      return story.call('admin', { api: 'describeGroups', groupIds: words });
    case 'list': {
      const filter = (given: string | undefined): string[] => (given === undefined ? [] : given.split(','));
      const { states, types } = wordsOf(words);
      return story.call('admin', { api: 'listGroups', statesFilter: filter(states), typesFilter: filter(types) });
    }
    case 'delete':
      return story.call('admin', { api: 'deleteGroups', groupIds: words });
    default: {
      const call = calls[name!];
      assert(call !== undefined, `unknown command ${name}`);
      story.call(first!, call(story.client(first!), wordsOf(rest), first!));
    }
  }
}

function numbers(words: readonly string[]): Partial<GroupConfig> {
  return Object.fromEntries(Object.entries(wordsOf(words)).map(([key, value]) => [key, Number(value)]));
}

function replay(script: string): string {
  const story = new GroupStory();
  const out: string[] = [];
  for (const line of script.split('\n')) {
    if (line.startsWith('  ')) continue;
    out.push(line);
    if (line === '' || line.startsWith('#')) continue;
    run(story, line);
    out.push(...story.lines.splice(0).map((each) => `  ${each}`));
  }
  return out.join('\n');
}

for (const name of readdirSync(folder).sort()) {
  test(`the tale of ${name}`, () => {
    const file = new URL(name, folder);
    const recorded = readFileSync(file, 'utf8');
    const replayed = replay(recorded);
    if (process.env.MILLRACE_REWRITE === '1') writeFileSync(file, replayed);
    else assert.equal(replayed, recorded);
  });
}
