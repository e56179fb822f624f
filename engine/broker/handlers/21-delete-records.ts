import { errorCode } from '../../protocol/errors.ts';
import type { DeleteRecordsRequest } from '../../protocol/generated/delete-records-request.js';
import type {
  DeleteRecordsPartitionResult,
  DeleteRecordsResponse,
} from '../../protocol/generated/delete-records-response.js';
import type { Init } from '../../protocol/types.ts';
import { askOwners, type OwnerItem, placeOf } from '../ask-owners.ts';
import type { DeleteRecordsAnswer, DeleteRecordsItem } from '../partition-questions.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/**
 * DeleteRecords, versions 0 to 2: moves the start of logs up (KIP-107). -1 is the high watermark. A partition that is
 * named twice is answered once, for the offset named last. Records of internal topics are not deleted this way
 * (INVALID_TOPIC_EXCEPTION), nor those of topics that are only compacted (POLICY_VIOLATION). The answer waits until the
 * live followers have moved their starts too, and for `timeoutMs` at most (REQUEST_TIMED_OUT: what was deleted here stays
 * so).
 */
type PartitionAnswer = Init<DeleteRecordsPartitionResult>;
const noOffset = -1n;

export function handleDeleteRecords(
  request: DeleteRecordsRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<DeleteRecordsResponse>) => void,
): void {
  const items: OwnerItem<DeleteRecordsItem, DeleteRecordsAnswer>[] = [];
  const answers = new Map<string, Map<number, PartitionAnswer>>();
  for (const [name, offsets] of lastOffsets(request)) {
    const answered = new Map<number, PartitionAnswer>();
    answers.set(name, answered);
    const topicRow = services.topics.findByNameString(name);
    for (const [partitionIndex, offset] of offsets) {
      const place = placeOf(services, topicRow, partitionIndex);
      const code = typeof place === 'number' ? place : internalCode(services, topicRow);
      answered.set(partitionIndex, { partitionIndex, errorCode: code, lowWatermark: noOffset });
      if (typeof place === 'number' || code !== 0) continue;
      const { owner, row, topicGeneration } = place;
      items.push({
        owner,
        item: { row, topicGeneration, offset: Number(offset), timeoutMs: request.timeoutMs },
        answered: (answer) => answered.set(partitionIndex, answerOf(partitionIndex, answer)),
      });
    }
  }
  askOwners(services, context, {
    items,
    ask: (some) => ({ kind: 'deleteRecords', items: some }),
    done: () =>
      respond({ topics: [...answers].map(([name, answered]) => ({ name, partitions: [...answered.values()] })) }),
  });
}

function lastOffsets(request: DeleteRecordsRequest): Map<string, Map<number, bigint>> {
  const topics = new Map<string, Map<number, bigint>>();
  for (const { name, partitions } of request.topics) {
    if (partitions.length === 0) continue;
    const offsets = topics.get(name) ?? new Map<number, bigint>();
    topics.set(name, offsets);
    for (const { partitionIndex, offset } of partitions) offsets.set(partitionIndex, offset);
  }
  return topics;
}

function internalCode(services: BrokerServices, topicRow: number): number {
  return services.topics.isInternal(topicRow) ? errorCode.INVALID_TOPIC_EXCEPTION : 0;
}

/** Whether a shard that died had moved the start is not known. */
function answerOf(partitionIndex: number, answer: DeleteRecordsAnswer | undefined): PartitionAnswer {
  if (answer === undefined) return { partitionIndex, errorCode: errorCode.REQUEST_TIMED_OUT, lowWatermark: noOffset };
  return { partitionIndex, errorCode: answer.errorCode, lowWatermark: BigInt(answer.lowWatermark) };
}
