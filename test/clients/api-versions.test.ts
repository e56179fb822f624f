/** What a node names in ApiVersions is what it serves, in the version ranges of Apache Kafka. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ApiVersionsResponse } from '#engine/protocol/generated/api-versions-response.js';
import { apiKey, apiTable } from '../../engine/protocol/api-table.ts';
import { startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { startMillrace } from '../support/millrace.ts';
import { ClosedByBroker, WireClient } from '../support/wire-client.ts';

const tools = new ApacheTools();
after(() => tools.close());

/** Everything that is served, with its lowest and highest version; a new API is added here when it works. */
const served: Readonly<Record<string, readonly [number, number]>> = {
  Produce: [0, 13],
  Fetch: [4, 18],
  ListOffsets: [1, 11],
  Metadata: [0, 13],
  OffsetCommit: [2, 10],
  OffsetFetch: [1, 10],
  FindCoordinator: [0, 6],
  JoinGroup: [0, 9],
  Heartbeat: [0, 4],
  LeaveGroup: [0, 5],
  SyncGroup: [0, 5],
  DescribeGroups: [0, 6],
  ListGroups: [0, 5],
  ApiVersions: [0, 4],
  CreateTopics: [2, 7],
  DeleteTopics: [1, 6],
  DeleteRecords: [0, 2],
  InitProducerId: [0, 5],
  OffsetForLeaderEpoch: [2, 4],
  DescribeConfigs: [1, 4],
  AlterConfigs: [0, 2],
  AlterReplicaLogDirs: [1, 2],
  DescribeLogDirs: [1, 5],
  CreatePartitions: [0, 3],
  DeleteGroups: [0, 2],
  IncrementalAlterConfigs: [0, 1],
  OffsetDelete: [0, 0],
  DescribeQuorum: [0, 2],
  AddRaftVoter: [0, 1],
  RemoveRaftVoter: [0, 0],
  UpdateFeatures: [0, 2],
  DescribeCluster: [0, 2],
  DescribeProducers: [0, 0],
  UnregisterBroker: [0, 0],
  ElectLeaders: [0, 2],
  AlterPartitionReassignments: [0, 1],
  ListPartitionReassignments: [0, 0],
  ListConfigResources: [0, 1],
  DescribeTopicPartitions: [0, 0],
};

test('ApiVersions names what is served and nothing else', async (t) => {
  const node = await startMillrace({}, t);
  const client = await WireClient.connect(node.port);
  t.after(() => client.close());
  const names = new Map(apiTable.map(({ key, name }) => [key, name]));
  for (let version = 0; version <= 4; version++) {
    const request = { clientSoftwareName: 'test', clientSoftwareVersion: '1' };
    const response = (await client.call(apiKey.ApiVersions, version, request)) as ApiVersionsResponse;
    const named = response.apiKeys.map((api) => [names.get(api.apiKey), [api.minVersion, api.maxVersion]]);
    assert.deepEqual(Object.fromEntries(named), served, `version ${version}`);
  }
});

test('a version of ApiVersions that is too new is answered, other strange requests end the connection', async (t) => {
  const node = await startMillrace({}, t);
  const connect = async (): Promise<WireClient> => {
    const client = await WireClient.connect(node.port);
    t.after(() => client.close());
    return client;
  };
  const frame = await (await connect()).callRaw(apiKey.ApiVersions, 99, 2, new Uint8Array(0));
  // Error code, one API: ApiVersions, 0 to 4.
  assert.equal(frame.subarray(4).toString('hex'), '002300000001001200000004');
  const refused = [
    [apiKey.EndTxn, 3],
    [apiKey.Metadata, 99],
    [apiKey.Fetch, 3],
    [9999, 0],
  ] as const;
  for (const [key, version] of refused) {
    await assert.rejects((await connect()).callRaw(key, version, 1, new Uint8Array(64)), ClosedByBroker);
  }
  const again = (await (await connect()).call(apiKey.ApiVersions, 0, {})) as ApiVersionsResponse;
  assert.equal(again.errorCode, 0);
});

test('BrokerApiVersionsCommand shows the ranges that it shows of Apache Kafka', async (t) => {
  if (!requireApacheKafka(t)) return;
  const node = await startMillrace({}, t);
  const apache = await startApacheKafka();
  t.after(() => apache.stop());
  const show = async (bootstrap: string): Promise<Map<string, string>> => {
    const text = await tools.output(tool.brokerApiVersions, ['--bootstrap-server', bootstrap]);
    const lines = text.matchAll(/^\t(\w+)\(\d+\): (.+?),?$/gm);
    return new Map([...lines].map(([, name, range]) => [name, range]));
  };
  const [ours, theirs] = [await show(node.bootstrap), await show(apache.bootstrap)];
  assert.deepEqual([...ours.keys()], [...theirs.keys()]);
  for (const [name, range] of ours) {
    assert.equal(range, name in served ? theirs.get(name) : 'UNSUPPORTED', name);
  }
});
