import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zeroUuid } from '../../../../engine/base/brands.ts';
import { createTopics } from '../../../../engine/controller/apis/19-create-topics.ts';
import { deleteTopics } from '../../../../engine/controller/apis/20-delete-topics.ts';
import { createPartitions } from '../../../../engine/controller/apis/37-create-partitions.ts';
import { DecisionFixture } from '../../../support/controller-fixture.ts';

function fixtureWith(names: readonly string[]): DecisionFixture {
  const fixture = new DecisionFixture();
  const topics = names.map((name) => ({
    name,
    numPartitions: 4,
    replicationFactor: 1,
    assignments: [],
    configs: [{ name: 'flush.ms', value: '9' }],
  }));
  fixture.run(createTopics, 7, { topics, timeoutMs: 1, validateOnly: false });
  return fixture;
}

const byName = (name: string) => ({ name, topicId: zeroUuid });

describe('DeleteTopics', () => {
  it('deletes by name and by id, and the configs with the topic', () => {
    const fixture = fixtureWith(['a', 'b']);
    const id = fixture.image.committed.topicByName('b')?.id ?? '';
    const topics = [byName('a'), { name: null, topicId: id }];
    const { response } = fixture.run(deleteTopics, 6, { topics, topicNames: [] });
    assert.deepEqual(
      response.responses?.map(({ name, errorCode }) => [name, errorCode]),
      [
        ['a', 0],
        ['b', 0],
      ],
    );
    assert.equal(fixture.image.committed.topics.size, 0);
    assert.equal(fixture.image.committed.configs(2, 'a').size, 0);
  });

  it('takes names in old versions', () => {
    const fixture = fixtureWith(['a']);
    const { response } = fixture.run(deleteTopics, 4, { topics: [], topicNames: ['nope', 'a'] });
    assert.deepEqual(
      response.responses?.map(({ name, errorCode }) => [name, errorCode]),
      [
        ['nope', 3],
        ['a', 0],
      ],
    );
  });

  it('refuses as Kafka does', () => {
    const fixture = fixtureWith(['a', 'b']);
    const known = fixture.image.committed.topicByName('a')?.id ?? '';
    const unknown = '4c1KPCVpSTa61qW8FvTZiw';
    const cases: readonly (readonly [object[], readonly (readonly [string | null, number, string | null])[]])[] = [
      [[byName('nope')], [['nope', 3, 'This server does not host this topic-partition.']]],
      [[byName('__cluster_metadata')], [['__cluster_metadata', 3, 'This server does not host this topic-partition.']]],
      [[{ name: null, topicId: unknown }], [[null, 100, 'This server does not host this topic ID.']]],
      [[{ name: null, topicId: zeroUuid }], [[null, 42, 'Neither topic name nor id were specified.']]],
      [[{ name: 'a', topicId: known }], [['a', 42, 'You may not specify both topic name and topic id.']]],
      [
        [byName('a'), byName('a'), byName('b')],
        [
          ['b', 0, null],
          ['a', 42, 'Duplicate topic name.'],
        ],
      ],
      [
        [
          { name: null, topicId: unknown },
          { name: null, topicId: unknown },
        ],
        [[null, 42, 'Duplicate topic id.']],
      ],
    ];
    for (const [topics, expected] of cases) {
      const { response } = fixture.run(deleteTopics, 6, { topics, topicNames: [] });
      const results = response.responses?.map(({ name, errorCode, errorMessage }) => [name, errorCode, errorMessage]);
      assert.deepEqual(results, expected);
    }
    assert.deepEqual(
      [...fixture.image.committed.topics.values()].map(({ name }) => name),
      ['a'],
    );
  });
});

describe('CreatePartitions', () => {
  type Wanted = readonly [name: string, count: number, assignments?: readonly (readonly number[])[]];
  const request = (wanted: readonly Wanted[]) => ({
    topics: wanted.map(([name, count, assignments]) => ({
      name,
      count,
      assignments: assignments?.map((brokerIds) => ({ brokerIds })) ?? null,
    })),
    timeoutMs: 1,
    validateOnly: false,
  });

  it('adds partitions after those there are', () => {
    const fixture = fixtureWith(['a']);
    fixture.run(createPartitions, 3, request([['a', 6]]));
    fixture.run(createPartitions, 3, request([['a', 7, [[1]]]]));
    const topic = fixture.image.committed.topicByName('a');
    assert.equal(fixture.image.committed.partitions(topic?.id ?? '')?.count, 7);
  });

  it('refuses as Kafka does', () => {
    const size = 'Attempted to add 2 additional partition(s), but only 1 assignment(s) were specified.';
    const fewer = (count: number) => `The topic a currently has 4 partition(s); ${count} would not be an increase.`;
    const unknownBroker = 'The manual partition assignment includes broker 2, but no such broker is registered.';
    const cases: readonly (readonly [readonly Wanted[], readonly (readonly [string, number, string | null])[]])[] = [
      [[['a', 4]], [['a', 37, 'Topic already has 4 partition(s).']]],
      [[['a', 3]], [['a', 37, fewer(3)]]],
      [[['a', -1]], [['a', 37, fewer(-1)]]],
      [[['nope', 3]], [['nope', 3, null]]],
      [[['a', 6, [[1]]]], [['a', 39, size]]],
      [[['a', 5, [[2]]]], [['a', 39, unknownBroker]]],
      [[['a', 5, [[1, 1]]]], [['a', 39, 'The manual partition assignment includes the broker 1 more than once.']]],
      [[['a', 5, [[]]]], [['a', 39, 'The manual partition assignment includes an empty replica list.']]],
      [
        [
          ['a', 8],
          ['a', 9],
          ['b', 5],
        ],
        [
          ['a', 42, 'Duplicate topic name.'],
          ['b', 0, null],
        ],
      ],
      [[['a', 20_000]], [['a', 44, 'Unable to perform excessively large batch operation.']]],
    ];
    const fixture = fixtureWith(['a', 'b']);
    for (const [wanted, expected] of cases) {
      const { response } = fixture.run(createPartitions, 3, request(wanted));
      const results = response.results?.map(({ name, errorCode, errorMessage }) => [name, errorCode, errorMessage]);
      assert.deepEqual(results, expected);
    }
  });
});
