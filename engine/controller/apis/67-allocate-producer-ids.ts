import { type MetadataRecord, recordKey } from '../../metadata/metadata-record.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { AllocateProducerIdsRequest } from '../../protocol/generated/allocate-producer-ids-request.js';
import type { AllocateProducerIdsResponse } from '../../protocol/generated/allocate-producer-ids-response.js';
import type { Init } from '../../protocol/types.ts';
import { answer, currentBroker, type Decision, type DecisionContext, decide } from '../decision.ts';
import { controllerLimits } from '../limits.ts';

type Response = Init<AllocateProducerIdsResponse>;

const mostProducerId = 2n ** 63n - 1n;

/** AllocateProducerIds (KIP-730): a block of ids for one broker, never handed out again. */
export function allocateProducerIds(context: DecisionContext, request: AllocateProducerIdsRequest): Decision<Response> {
  const { brokerId, brokerEpoch } = request;
  const refuse = (code: number) =>
    answer({ throttleTimeMs: 0, errorCode: code, producerIdStart: 0n, producerIdLen: 0 });
  if (currentBroker(context, request) === undefined) return refuse(errorCode.STALE_BROKER_EPOCH);
  const start = context.image.producerIds()?.nextProducerId ?? 0n;
  const length = controllerLimits.producerIdBlock;
  if (start > mostProducerId - BigInt(length)) return refuse(errorCode.UNKNOWN_SERVER_ERROR);
  const record: MetadataRecord = {
    apiKey: recordKey.producerIds,
    version: 0,
    message: { brokerId, brokerEpoch, nextProducerId: start + BigInt(length) },
  };
  return decide([record], { throttleTimeMs: 0, errorCode: 0, producerIdStart: start, producerIdLen: length });
}
