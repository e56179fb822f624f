/** The stories at a metadata.version from before eligible leaders: other records, and other rules for an ISR. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ApacheKafka, startApacheKafka } from '../support/apache-broker.ts';
import { apacheKafkaClasspath, requireApacheKafka } from '../support/apache-kafka.ts';
import { type ControllerStory, tellStory } from '../support/controller-story.ts';
import { QuorumNode, quorumPlaces } from '../support/quorum-processes.ts';
import { controllerStories } from './controller-stories.ts';

/** No session is over before its story is. */
const properties = { 'broker.session.timeout.ms': '600000' };
const release = ['--release-version', '3.9-IV0'];
/** What has nothing to do with the version, or asks for features that came later. */
const leftOut = [
  'registrations are refused for what they say',
  'features are supported by every node, or not at all',
  'configs of other nodes are taken',
];

let apache: ApacheKafka;
let node: QuorumNode | undefined;

before(async () => {
  if (apacheKafkaClasspath() === null) return;
  const places = await quorumPlaces(1);
  node = new QuorumNode(places[0]!, places, properties);
  await node.format(release);
  [apache] = await Promise.all([
    startApacheKafka({ properties, moreFormatFlags: release }),
    node.start().running.serving(),
  ]);
});

after(async () => {
  await Promise.all([apache?.stop(), node?.end()]);
});

/** Last, for there is no way back. */
const upgrade = async (story: ControllerStory): Promise<void> => {
  const update = async (feature: string, maxVersionLevel: number, upgradeType: number) => {
    const featureUpdates = [{ feature, maxVersionLevel, upgradeType }];
    const request = { timeoutMs: 10_000, featureUpdates, validateOnly: false };
    await story.ask(`update ${feature} to ${maxVersionLevel}`, 57, 2, request);
  };
  await story.start(11, 12);
  await story.createTopic('t', [[11, 12]], { 'min.insync.replicas': '2' });
  await update('eligible.leader.replicas.version', 1, 1);
  await update('metadata.version', 26, 1);
  await update('metadata.version', 21, 2);
  await story.heartbeat(12, { wantFence: true });
  await update('eligible.leader.replicas.version', 1, 1);
  await story.heartbeat(12);
  await story.alterPartition(11, [{ topic: 't', leaderEpoch: 0, partitionEpoch: 1, isr: [11, 12] }]);
  await story.heartbeat(12, { wantFence: true });
  await story.heartbeat(11, { wantFence: true });
  await update('metadata.version', 30, 1);
  await story.heartbeat(11);
  await story.alterPartition(11, [{ topic: 't', leaderEpoch: 2, partitionEpoch: 5, isr: [11] }]);
  await update('eligible.leader.replicas.version', 0, 2);
  await story.heartbeat(12);
  await story.heartbeat(11, { wantFence: true });
};

for (const [title, story] of Object.entries({ ...controllerStories, 'a cluster is upgraded': upgrade })) {
  if (leftOut.includes(title)) continue;
  test(`at metadata.version 3.9 a controller does what Apache Kafka's does: ${title}`, async (t) => {
    if (!requireApacheKafka(t) || node === undefined) return;
    const theirs = await tellStory(story, apache.controllerPort, apache.logDirectory);
    const ours = await tellStory(story, node.place.controllerPort, node.running.directory);
    assert.deepEqual(ours.told, theirs.told);
    assert.deepEqual(ours.records, theirs.records);
  });
}
