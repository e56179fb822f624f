import type { Offset } from '../../base/brands.ts';
import { controllerChannelLimits as limits } from '../../base/limits.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import { nullWhereBroken } from '../../protocol/null-where-broken.ts';
import { Reader } from '../../protocol/reader.ts';
import { Writer } from '../../protocol/writer.ts';
import { metadataTopicName } from '../quorum/partition-raft-log.ts';
import { brokerRequest, type OwnController } from './channel-requests.ts';
import type { ControllerChannel } from './controller-channel.ts';

const version = 1;

/** Asks the quorum's leader up to where the metadata log is committed; null where it does not say. */
export function leaderHighWatermark(
  channel: ControllerChannel,
  own: OwnController,
  done: (highWatermark: Offset | null) => void,
  failed: (error: unknown) => void,
): void {
  Promise.all([
    import('../../protocol/generated/describe-quorum-request.js'),
    import('../../protocol/generated/describe-quorum-response.js'),
  ]).then(([requests, responses]) => {
    const writer = new Writer();
    const topics = [{ topicName: metadataTopicName, partitions: [{ partitionIndex: 0 }] }];
    requests.encodeDescribeQuorumRequest(writer, { topics }, version);
    const body = writer.toBytes();
    channel.send(
      brokerRequest(own, {
        apiKey: apiKey.DescribeQuorum,
        minVersion: version,
        maxVersion: version,
        timeoutMs: limits.imageWaitMs,
        bytes: body.length,
        context: { principal: 'User:ANONYMOUS', clientId: null, listener: '' },
        response: responses,
        encode: () => body,
        done: (outcome) => done(outcome.kind === 'answered' ? highWatermarkIn(responses, outcome.body) : null),
      }),
    );
  }, failed);
}

type Responses = typeof import('../../protocol/generated/describe-quorum-response.js');

function highWatermarkIn({ decodeDescribeQuorumResponse }: Responses, body: Uint8Array): Offset | null {
  const response = nullWhereBroken(() => decodeDescribeQuorumResponse(new Reader(body), version));
  const partition = response?.topics[0]?.partitions[0];
  return partition === undefined || partition.errorCode !== 0 ? null : Number(partition.highWatermark);
}
