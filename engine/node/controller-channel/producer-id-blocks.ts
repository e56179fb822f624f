import type { NodeId } from '../../base/brands.ts';
import type { ProducerIdBlock } from '../../broker/producer-ids.ts';
import type { ClusterView } from '../../metadata/delta.ts';
import { brokerEpochOf } from '../../metadata/queries/broker-epoch.ts';
import { errorCode } from '../../protocol/errors.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import { Reader } from '../../protocol/reader.ts';
import { Writer } from '../../protocol/writer.ts';
import type { Forwarder } from './forwarder.ts';

const version = 0;

/** Asks the controller for a block of producer ids in this broker's name (KIP-730). */
export async function allocateProducerIds(
  nodeId: NodeId,
  cluster: ClusterView,
  forwarder: Forwarder,
): Promise<ProducerIdBlock> {
  const brokerEpoch = brokerEpochOf(cluster, nodeId);
  // Before the broker is registered nobody would take its epoch.
  if (brokerEpoch < 0) return { errorCode: errorCode.BROKER_ID_NOT_REGISTERED, firstId: 0n, count: 0 };
  const [{ encodeAllocateProducerIdsRequest }, { decodeAllocateProducerIdsResponse }] = await Promise.all([
    import('../../protocol/generated/allocate-producer-ids-request.js'),
    import('../../protocol/generated/allocate-producer-ids-response.js'),
  ]);
  const writer = new Writer();
  encodeAllocateProducerIdsRequest(writer, { brokerId: nodeId, brokerEpoch: BigInt(brokerEpoch) }, version);
  return new Promise((resolve, reject) => {
    const key = apiKey.AllocateProducerIds;
    forwarder.sendOwn(key, version, writer.toBytes(), (body) => {
      try {
        if (body === null) {
          resolve({ errorCode: errorCode.REQUEST_TIMED_OUT, firstId: 0n, count: 0 });
          return;
        }
        const answer = decodeAllocateProducerIdsResponse(new Reader(body), version);
        resolve({ errorCode: answer.errorCode, firstId: answer.producerIdStart, count: answer.producerIdLen });
      } catch (error) {
        reject(error);
      }
    });
  });
}
