import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { apacheKafkaClasspath, requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';

const tools = new ApacheTools();
let node: Millrace;
const bootstrap = (): string[] => ['--bootstrap-controller', `127.0.0.1:${node.controllerPort}`];

before(async () => {
  if (apacheKafkaClasspath() !== null) node = await startMillrace();
});

after(async () => {
  tools.close();
  await node?.[Symbol.asyncDispose]();
});

test("Apache's quorum tool asks the controller's listener who leads", async (t) => {
  if (!requireApacheKafka(t)) return;
  const status = await tools.output(tool.metadataQuorum, [...bootstrap(), 'describe', '--status']);
  assert.match(status, /LeaderId:\s+1\n/);
  assert.match(status, /CurrentVoters:\s+\[\{"id": 1, "directoryId": "[\w-]{22}"/);
  assert.ok(status.includes(`CONTROLLER://127.0.0.1:${node.controllerPort}`));
  const replicas = await tools.output(tool.metadataQuorum, [...bootstrap(), 'describe', '--replication']);
  assert.match(replicas, /^1\s+[\w-]{22}\s+\d+\s+0\s+.*Leader/m);
});

test("Apache's feature tool asks the controller's listener for levels and changes one", async (t) => {
  if (!requireApacheKafka(t)) return;
  const features = await tools.output(tool.features, [...bootstrap(), 'describe']);
  assert.match(features, /metadata\.version\s+SupportedMinVersion: 3\.3-IV3\s+SupportedMaxVersion: 4\.3-IV0/);
  assert.match(features, /group\.version .* FinalizedVersionLevel: 1/);
  await tools.output(tool.features, [...bootstrap(), 'downgrade', '--feature', 'streams.version=0']);
  const changed = await tools.output(tool.features, [...bootstrap(), 'describe']);
  assert.match(changed, /streams\.version .* FinalizedVersionLevel: 0/);
});

test("Apache's config tool changes and describes brokers by the controller's listener", async (t) => {
  if (!requireApacheKafka(t)) return;
  const all = [...bootstrap(), '--entity-type', 'brokers', '--entity-default'];
  await tools.output(tool.configs, [...all, '--alter', '--add-config', 'log.retention.ms=99999']);
  const shared = await tools.output(tool.configs, [...all, '--describe']);
  assert.match(shared, /log\.retention\.ms=99999 sensitive=false/);
  const one = [...bootstrap(), '--entity-type', 'brokers', '--entity-name', '1'];
  await tools.output(tool.configs, [...one, '--alter', '--add-config', 'message.max.bytes=77777']);
  const own = await tools.output(tool.configs, [...one, '--describe']);
  assert.match(
    own,
    /message\.max\.bytes=77777 sensitive=false synonyms=\{DYNAMIC_BROKER_CONFIG:message\.max\.bytes=77777/,
  );
});

test("Apache's cluster tool finds the controllers by the controller's listener", async (t) => {
  if (!requireApacheKafka(t)) return;
  const id = await tools.output(tool.cluster, ['cluster-id', ...bootstrap()]);
  assert.match(id, /Cluster ID: [\w-]{22}/);
  const endpoints = await tools.output(tool.cluster, ['list-endpoints', ...bootstrap()]);
  assert.match(endpoints, new RegExp(`^1\\s+127\\.0\\.0\\.1\\s+${node.controllerPort}\\s+null\\s+controller`, 'm'));
});
