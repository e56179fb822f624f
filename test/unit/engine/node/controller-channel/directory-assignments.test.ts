import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { directoryAssignmentLimits as limits } from '#engine/base/limits.ts';
import { DirectoryAssignments } from '#engine/node/controller-channel/directory-assignments.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import {
  type AssignReplicasToDirsRequest,
  decodeAssignReplicasToDirsRequest,
} from '#engine/protocol/generated/assign-replicas-to-dirs-request.js';
import { encodeAssignReplicasToDirsResponse } from '#engine/protocol/generated/assign-replicas-to-dirs-response.js';
import { Reader } from '#engine/protocol/reader.ts';
import { Writer } from '#engine/protocol/writer.ts';
import { FakeBroker } from '../../../../support/fake-broker-services.ts';
import { MemoryLogger } from '../../../../support/memory-logger.ts';
import { SteppedClock } from '../../../../support/stepped-clock.ts';

const first = 'moKf96qFXlheT5A2kpuclQ';
const second = '7QcLxkTZSFyaXNMz7lZTKg';
const unassigned = 'AAAAAAAAAAAAAAAAAAAAAQ';
const placed = { leader: 1, replicas: [2, 1], isr: [1], directories: [unassigned, unassigned] };

class Fixture {
  readonly broker = new FakeBroker();
  readonly clock = new SteppedClock();
  readonly asked: { request: AssignReplicasToDirsRequest; answer: (body: Uint8Array | null) => void }[] = [];
  readonly failures: unknown[] = [];
  readonly assignments = new DirectoryAssignments({
    nodeId: 1,
    metadata: this.broker.metadata,
    clock: this.clock,
    logger: new MemoryLogger(),
    directoryIds: [first, undefined, second],
    brokerEpoch: () => 40,
    send: (key, version, body, answer) => {
      assert.deepEqual([key, version], [apiKey.AssignReplicasToDirs, 0]);
      this.asked.push({ request: decodeAssignReplicasToDirsRequest(new Reader(body), 0), answer });
    },
    failed: (error) => this.failures.push(error),
  });

  async pass(): Promise<void> {
    this.clock.advance(limits.intervalMs);
    for (let turns = 0; turns < 20; turns++) await turn();
    assert.deepEqual(this.failures, []);
  }

  lies(topic: string, partition: number, directory: number): void {
    this.broker.metadata.runtime.setLogDirectory(this.broker.rowOf(topic, partition), directory);
  }

  told(): object[] {
    return this.asked.map(({ request }) => ({
      broker: [request.brokerId, request.brokerEpoch],
      directories: request.directories.map(({ id, topics }) => [
        id,
        topics.map(({ topicId, partitions }) => [topicId, partitions.map(({ partitionIndex }) => partitionIndex)]),
      ]),
    }));
  }
}

function answer(errorCode: number): Uint8Array {
  const writer = new Writer();
  encodeAssignReplicasToDirsResponse(writer, { errorCode, directories: [] }, 0);
  return writer.toBytes();
}

test('what lies elsewhere than the image says is told, and nothing else', async () => {
  const fixture = new Fixture();
  const a = fixture.broker.addTopic('a', { partitions: 4, state: placed });
  const b = fixture.broker.addTopic('b', { state: placed });
  fixture.broker.addTopic('known', { state: { ...placed, directories: [unassigned, second] } });
  fixture.broker.addTopic('others', { state: { ...placed, replicas: [2, 3] } });
  fixture.assignments.start();
  await fixture.pass();
  assert.deepEqual(fixture.asked, [], 'there are no logs yet');
  for (const partition of [0, 2]) fixture.lies('a', partition, 0);
  fixture.lies('a', 1, 2);
  fixture.lies('a', 3, 1);
  fixture.lies('b', 0, 2);
  fixture.lies('known', 0, 2);
  fixture.lies('others', 0, 0);
  await fixture.pass();
  assert.deepEqual(fixture.told(), [
    {
      broker: [1, 40n],
      directories: [
        [first, [[a, [0, 2]]]],
        [
          second,
          [
            [a, [1]],
            [b, [0]],
          ],
        ],
      ],
    },
  ]);
});

test('one request at a time, and again until the image has it', async () => {
  const fixture = new Fixture();
  fixture.broker.addTopic('a', { state: placed });
  fixture.lies('a', 0, 0);
  fixture.assignments.start();
  await fixture.pass();
  await fixture.pass();
  assert.equal(fixture.asked.length, 1);
  for (const reply of [answer(77), null, Uint8Array.of(1), answer(0)]) {
    fixture.asked.splice(0)[0]!.answer(reply);
    assert.equal(fixture.asked.length, 0);
    await fixture.pass();
    assert.equal(fixture.asked.length, 1);
  }
  fixture.assignments.close();
  fixture.asked.splice(0)[0]!.answer(null);
  await fixture.pass();
  assert.equal(fixture.asked.length, 0);
});

test('many are told in several requests', async () => {
  const fixture = new Fixture();
  const count = limits.partitionsPerRequest + 10;
  fixture.broker.addTopic('a', { partitions: count, state: placed });
  for (let partition = 0; partition < count; partition++) fixture.lies('a', partition, 0);
  fixture.assignments.start();
  const told: number[] = [];
  for (let looks = 0; looks < 2; looks++) {
    await fixture.pass();
    const [{ request, answer: reply }] = fixture.asked.splice(0) as [(typeof fixture.asked)[number]];
    told.push(...request.directories[0]!.topics[0]!.partitions.map(({ partitionIndex }) => partitionIndex));
    reply(answer(0));
  }
  assert.deepEqual(told, [...Array(count).keys()]);
});
