import { BrokerSessions } from '../../engine/controller/broker-sessions.ts';
import { rulesOfDefinitions } from '../../engine/controller/config-definitions.ts';
import type { Decision, DecisionContext } from '../../engine/controller/decision.ts';
import { parseBrokerConfig } from '../../engine/metadata/config/broker-config.ts';
import { MetadataImage } from '../../engine/metadata/image/metadata-image.ts';
import type { SupportedRange } from '../../engine/metadata/image/states.ts';
import { type MetadataRecord, recordKey } from '../../engine/metadata/metadata-record.ts';
import { SeededRandom } from './seeded-random.ts';

export const directory1 = 'moKf96qFXlheT5A2kpuclQ';

export const supportedFeatures: readonly SupportedRange[] = [
  ['metadata.version', 7, 30],
  ['kraft.version', 0, 1],
  ['transaction.version', 0, 2],
  ['group.version', 0, 1],
  ['eligible.leader.replicas.version', 0, 1],
  ['share.version', 0, 1],
  ['streams.version', 0, 1],
].map(([name, min, max]) => ({
  name: String(name),
  minSupportedVersion: Number(min),
  maxSupportedVersion: Number(max),
}));

export const serverProperties = new Map([
  ['process.roles', 'broker,controller'],
  ['node.id', '1'],
  ['controller.quorum.voters', '1@127.0.0.1:9093'],
  ['listeners', 'PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093'],
  ['controller.listener.names', 'CONTROLLER'],
  ['log.dirs', '/tmp/millrace-unit'],
  ['num.partitions', '3'],
]);

export const bootstrapLevels: readonly MetadataRecord[] = [
  ['metadata.version', 30],
  ['eligible.leader.replicas.version', 1],
  ['group.version', 1],
  ['share.version', 1],
  ['streams.version', 1],
  ['transaction.version', 2],
].map(([name, featureLevel]) => ({ apiKey: recordKey.featureLevel, version: 0, message: { name, featureLevel } }));

export function brokerRecord(id: number, fenced: boolean, epoch: number): MetadataRecord {
  const message = {
    brokerId: id,
    isMigratingZkBroker: false,
    incarnationId: 'OLW_-dMFRtW3H0fKVauU7w',
    brokerEpoch: BigInt(epoch),
    endPoints: [{ name: 'PLAINTEXT', host: '127.0.0.1', port: 9092, securityProtocol: 0 }],
    features: supportedFeatures,
    rack: null,
    fenced,
    inControlledShutdown: false,
    logDirs: [directory1],
    cordonedLogDirs: [],
  };
  return { apiKey: recordKey.registerBroker, version: 4, message };
}

export const settings = {
  nodeId: 1,
  clusterId: '4L6g3nShT-eMCtK--X86sw',
  defaultPartitions: 3,
  defaultReplicationFactor: 1,
  deleteTopicEnable: true,
  minInsyncReplicas: 1,
  uncleanLeaderElectionEnable: false,
  balanceIntervalMs: 300_000,
  uncleanElectionIntervalMs: 300_000,
  configuredVoters: [],
  supportedFeatures,
};

/** An image with one unfenced broker, and decisions against it that are applied at once. */
export class DecisionFixture {
  readonly image = new MetadataImage();
  readonly records: MetadataRecord[] = [];
  readonly configs = rulesOfDefinitions(parseBrokerConfig(serverProperties));
  readonly random: SeededRandom;
  readonly sessions = new BrokerSessions(9000);

  constructor(seed = 7) {
    this.random = new SeededRandom(seed);
    const minInsync = { resourceType: 4, resourceName: '', name: 'min.insync.replicas', value: '1' };
    this.apply([...bootstrapLevels, { apiKey: recordKey.config, version: 0, message: minInsync }]);
    this.apply([brokerRecord(1, false, 7)]);
  }

  context(version: number): DecisionContext {
    return {
      image: this.image.written,
      configs: this.configs,
      settings,
      sessions: this.sessions,
      random: this.random,
      nextOffset: this.records.length,
      nowMs: 0,
      version,
    };
  }

  apply(records: readonly MetadataRecord[]): void {
    for (const record of records) {
      this.image.replay(record, this.records.length);
      this.records.push(record);
    }
    this.image.commit(this.records.length, 1, 0);
  }

  run<Q, R>(
    decide: (context: DecisionContext, request: Q) => Decision<R>,
    version: number,
    request: object,
  ): Decision<R> {
    const decision = decide(this.context(version), request as Q);
    this.apply(decision.records);
    return decision;
  }
}

/** A topic of CreateTopics whose replicas are placed by hand. */
export function assignedTopic(
  name: string,
  assignments: readonly (readonly number[])[],
  configs: Readonly<Record<string, string>>,
) {
  return {
    name,
    numPartitions: -1,
    replicationFactor: -1,
    assignments: assignments.map((brokerIds, partitionIndex) => ({ partitionIndex, brokerIds })),
    configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
  };
}
