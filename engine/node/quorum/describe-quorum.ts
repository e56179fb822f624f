import { errorCode } from '../../protocol/errors.ts';
import type { DescribeQuorumRequest } from '../../protocol/generated/describe-quorum-request.js';
import type { DescribeQuorumResponse } from '../../protocol/generated/describe-quorum-response.js';
import { nullWhereBroken } from '../../protocol/null-where-broken.ts';
import { Reader } from '../../protocol/reader.ts';
import type { Init } from '../../protocol/types.ts';
import { Writer } from '../../protocol/writer.ts';
import type { MetadataLog, QuorumReplica } from './metadata-log.ts';
import { metadataTopicName } from './partition-raft-log.ts';

/** Versions since which answers have the times of fetches, and directory ids and where the voters are. */
const timesSince = 1;
const directoriesSince = 2;

/**
 * DescribeQuorum, versions 0 to 2: the state of `__cluster_metadata` as its leader knows it. Null: the request could
 * not be read, or names what is too long to be told back.
 */
export async function describeQuorumApi(
  log: Pick<MetadataLog, 'describeQuorum'>,
  version: number,
  body: Uint8Array,
): Promise<Uint8Array | null> {
  const [{ decodeDescribeQuorumRequest }, { encodeDescribeQuorumResponse }] = await Promise.all([
    import('../../protocol/generated/describe-quorum-request.js'),
    import('../../protocol/generated/describe-quorum-response.js'),
  ]);
  return nullWhereBroken(() => {
    const writer = new Writer();
    const request = decodeDescribeQuorumRequest(new Reader(body), version);
    encodeDescribeQuorumResponse(writer, describe(log, request, version), version);
    return writer.toBytes();
  });
}

function describe(
  log: Pick<MetadataLog, 'describeQuorum'>,
  { topics }: DescribeQuorumRequest,
  version: number,
): Init<DescribeQuorumResponse> {
  const description = log.describeQuorum();
  const asked = topics.length === 1 && topics[0]!.topicName === metadataTopicName && topics[0]!.partitions.length === 1;
  if (!asked || topics[0]!.partitions[0]!.partitionIndex !== 0) {
    const unknown = topics.map(({ topicName, partitions }) => ({
      topicName,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: errorCode.UNKNOWN_TOPIC_OR_PARTITION,
      })),
    }));
    return { topics: unknown };
  }
  if (description === null) return { errorCode: errorCode.NOT_LEADER_OR_FOLLOWER };
  const partition = {
    partitionIndex: 0,
    leaderId: description.leaderId,
    leaderEpoch: description.leaderEpoch,
    highWatermark: BigInt(description.highWatermark),
    currentVoters: description.voters.map((replica) => wireReplica(replica, version)),
    observers: description.observers.map((replica) => wireReplica(replica, version)),
  };
  if (version < directoriesSince) return { topics: [{ topicName: metadataTopicName, partitions: [partition] }] };
  const nodes = description.nodes.map(({ id, listeners }) => ({ nodeId: id, listeners: [...listeners] }));
  return { topics: [{ topicName: metadataTopicName, partitions: [partition] }], nodes };
}

function wireReplica(replica: QuorumReplica, version: number) {
  return {
    replicaId: replica.id,
    ...(version >= directoriesSince ? { replicaDirectoryId: replica.directoryId } : {}),
    logEndOffset: BigInt(replica.logEndOffset),
    ...(version >= timesSince
      ? {
          lastFetchTimestamp: BigInt(replica.lastFetchTimestampMs),
          lastCaughtUpTimestamp: BigInt(replica.lastCaughtUpTimestampMs),
        }
      : {}),
  };
}
