import { errorCode } from '../../protocol/errors.ts';
import type { OffsetForLeaderEpochRequest } from '../../protocol/generated/offset-for-leader-epoch-request.js';
import type {
  EpochEndOffset,
  OffsetForLeaderEpochResponse,
} from '../../protocol/generated/offset-for-leader-epoch-response.js';
import type { Init } from '../../protocol/types.ts';
import { askOwners, type OwnerItem, placeOf } from '../ask-owners.ts';
import type { EpochEndAnswer, EpochEndItem } from '../partition-questions.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/**
 * OffsetForLeaderEpoch, versions 2 to 4: where the last epoch that is not after the one asked for ends in the leader's
 * log (KIP-101, KIP-320); epoch and offset are -1 where the log knows of none. Partitions are answered in the order of
 * the request, as often as they were named.
 */
export function handleOffsetForLeaderEpoch(
  request: OffsetForLeaderEpochRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<OffsetForLeaderEpochResponse>) => void,
): void {
  const items: OwnerItem<EpochEndItem, EpochEndAnswer>[] = [];
  const topics = request.topics.map(({ topic, partitions: asked }) => {
    const topicRow = services.topics.findByNameString(topic);
    const partitions: Init<EpochEndOffset>[] = [];
    for (const { partition, currentLeaderEpoch, leaderEpoch } of asked) {
      const place = placeOf(services, topicRow, partition);
      const at = partitions.length;
      partitions.push({ partition, errorCode: typeof place === 'number' ? place : 0 });
      if (typeof place === 'number') continue;
      const { owner, row, topicGeneration } = place;
      items.push({
        owner,
        item: { row, topicGeneration, currentLeaderEpoch, leaderEpoch },
        answered: (answer) => {
          partitions[at] = answerOf(partition, answer);
        },
      });
    }
    return { topic, partitions };
  });
  askOwners(services, context, {
    items,
    ask: (some) => ({ kind: 'epochEnds', items: some }),
    done: () => respond({ topics }),
  });
}

function answerOf(partition: number, answer: EpochEndAnswer | undefined): Init<EpochEndOffset> {
  if (answer === undefined) return { partition, errorCode: errorCode.NOT_LEADER_OR_FOLLOWER };
  return {
    partition,
    errorCode: answer.errorCode,
    leaderEpoch: answer.leaderEpoch,
    endOffset: BigInt(answer.endOffset),
  };
}
