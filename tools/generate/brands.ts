import type { Field } from './schema.ts';

/** Which fields carry a branded type of engine/base/brands.ts: by wire type, then by the field's name. */
const brands: Record<string, Record<string, string>> = {
  uuid: {
    topicId: 'TopicId',
    topicIds: 'TopicId',
    directoryId: 'DirectoryId',
    directories: 'DirectoryId',
    replicaDirectoryId: 'DirectoryId',
    voterDirectoryId: 'DirectoryId',
    votedDirectoryId: 'DirectoryId',
    logDirs: 'DirectoryId',
  },
  int32: {
    leaderEpoch: 'LeaderEpoch',
    currentLeaderEpoch: 'LeaderEpoch',
    lastFetchedEpoch: 'LeaderEpoch',
    partitionLeaderEpoch: 'LeaderEpoch',
    nodeId: 'NodeId',
    brokerId: 'NodeId',
    leaderId: 'NodeId',
    leader: 'NodeId',
    replicaId: 'NodeId',
    voterId: 'NodeId',
    candidateId: 'NodeId',
    controllerId: 'NodeId',
    replicas: 'NodeId',
    isr: 'NodeId',
    replicaNodes: 'NodeId',
    isrNodes: 'NodeId',
    offlineReplicas: 'NodeId',
  },
  int64: { producerId: 'ProducerId' },
};

export function brandOf(field: Field): string | undefined {
  return field.struct ? undefined : brands[field.type]?.[field.name];
}
