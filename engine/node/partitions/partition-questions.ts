import { limits } from '../../base/limits.ts';
import type {
  AlterLogDirAnswer,
  AlterLogDirItem,
  DeleteRecordsAnswer,
  DeleteRecordsItem,
  EpochEndAnswer,
  EpochEndItem,
  ListOffsetsAnswer,
  ListOffsetsItem,
  LogSizeAnswer,
  PartitionItem,
  PartitionQuestion,
  ProducersAnswer,
  ProducersItem,
} from '../../broker/partition-questions.ts';
import { lookupTimestamp } from '../../log/offset-lookup.ts';
import { errorCode } from '../../protocol/errors.ts';
import { alterLogDirectory } from '../../replica/alter-log-directory.ts';
import type { Partition } from '../../replica/partition.ts';
import type { ShardReplicas } from '../../replica/shard-replicas.ts';

/** Answers what other threads ask of partitions that this shard owns: an answer for each item, in order. */
export function answerPartitionQuestion(
  replicas: ShardReplicas,
  question: PartitionQuestion,
  answer: (answers: unknown) => void,
): void {
  switch (question.kind) {
    case 'listOffsets':
      forEach(replicas, question.items, failedLookup, answer, (partition, item, done) =>
        lookUpOffset(partition, item, question, done),
      );
      break;
    case 'epochEnds':
      forEach(replicas, question.items, failedEpochEnd, answer, findEpochEnd);
      break;
    case 'deleteRecords':
      forEach(replicas, question.items, failedDelete, answer, deleteRecords);
      break;
    case 'producers':
      forEach(
        replicas,
        question.items,
        (code): ProducersAnswer => ({ errorCode: code, producers: [] }),
        answer,
        describeProducers,
      );
      break;
    case 'logSizes':
      forEach(
        replicas,
        question.items,
        (code): LogSizeAnswer => ({ errorCode: code, sizeBytes: 0, logDirectory: -1 }),
        answer,
        sizeOf,
      );
      break;
    case 'alterLogDirs':
      alterLogDirs(replicas, question.items, answer);
      break;
  }
}

function forEach<Item extends PartitionItem, Answer>(
  replicas: ShardReplicas,
  items: readonly Item[],
  failed: (code: number) => Answer,
  answer: (answers: Answer[]) => void,
  ask: (partition: Partition, item: Item, done: (answer: Answer) => void) => void,
): void {
  const answers: Answer[] = new Array(items.length);
  let left = items.length + 1;
  const one = (): void => {
    left -= 1;
    if (left === 0) answer(answers);
  };
  items.forEach((item, index) => {
    const partition = replicas.find(item.row, item.topicGeneration);
    if (typeof partition === 'number') {
      answers[index] = failed(partition);
      one();
      return;
    }
    partition.whenOpen(() => {
      const refused = partition.mayRead(-1);
      if (refused !== 0) {
        answers[index] = failed(refused);
        one();
        return;
      }
      ask(partition, item, (given) => {
        answers[index] = given;
        one();
      });
    });
  });
  one();
}

const failedLookup = (code: number): ListOffsetsAnswer => ({
  errorCode: code,
  offset: -1,
  timestampMs: -1,
  leaderEpoch: -1,
});
const failedEpochEnd = (code: number): EpochEndAnswer => ({ errorCode: code, leaderEpoch: -1, endOffset: -1 });
const failedDelete = (code: number): DeleteRecordsAnswer => ({ errorCode: code, lowWatermark: -1 });

function lookUpOffset(
  partition: Partition,
  item: ListOffsetsItem,
  question: { readonly readCommitted: boolean; readonly isOfFollower: boolean },
  done: (answer: ListOffsetsAnswer) => void,
): void {
  const { readCommitted, isOfFollower } = question;
  const refused = partition.mayRead(item.currentLeaderEpoch);
  if (refused !== 0) {
    done(failedLookup(refused));
    return;
  }
  const { log } = partition;
  const bound = isOfFollower ? log.logEndOffset : readCommitted ? log.lastStableOffset : log.highWatermark;
  const isUncertain = !isOfFollower && partition.isEndUncertain;
  if (item.timestampMs === lookupTimestamp.latest) {
    if (isUncertain) {
      done(failedLookup(errorCode.OFFSET_NOT_AVAILABLE));
      return;
    }
    done({ errorCode: 0, offset: bound, timestampMs: -1, leaderEpoch: partition.leaderEpoch });
    return;
  }
  log.lookUpOffset(item.timestampMs, (error, found) => {
    if (error !== null) {
      if (partition.hasLeft(log, error)) lookUpOffset(partition, item, question, done);
      else done(failedLookup(partition.readFailed(error)));
      return;
    }
    // What is above the bound is not there yet as far as this reader may know; the start of the log always is.
    const isStart = item.timestampMs === lookupTimestamp.earliest || item.timestampMs === lookupTimestamp.earliestLocal;
    const hidden = !isStart && found.offset >= bound;
    done(
      hidden
        ? failedLookup(isUncertain ? errorCode.OFFSET_NOT_AVAILABLE : 0)
        : { errorCode: 0, offset: found.offset, timestampMs: found.timestampMs, leaderEpoch: found.leaderEpoch },
    );
  });
}

function findEpochEnd(partition: Partition, item: EpochEndItem, done: (answer: EpochEndAnswer) => void): void {
  const refused = partition.mayRead(item.currentLeaderEpoch);
  if (refused !== 0) {
    done(failedEpochEnd(refused));
    return;
  }
  const { epoch, endOffset } = partition.log.endOffsetFor(item.leaderEpoch);
  done({ errorCode: 0, leaderEpoch: epoch, endOffset });
}

function deleteRecords(
  partition: Partition,
  item: DeleteRecordsItem,
  done: (answer: DeleteRecordsAnswer) => void,
): void {
  if (!partition.mayDeleteRecords) {
    done(failedDelete(errorCode.POLICY_VIOLATION));
    return;
  }
  const { log } = partition;
  const offset = item.offset === -1 ? log.highWatermark : item.offset;
  if (offset < 0 || offset > log.highWatermark) {
    done(failedDelete(errorCode.OFFSET_OUT_OF_RANGE));
    return;
  }
  partition.deleteRecordsBefore(offset, item.timeoutMs, (code, lowWatermark) =>
    done({ errorCode: code, lowWatermark }),
  );
}

function describeProducers(partition: Partition, item: ProducersItem, done: (answer: ProducersAnswer) => void): void {
  const some = partition.log.producers.entries().entries().drop(item.skip).take(limits.producersPerAnswer);
  const producers = some.map(([producerId, entry]) => ({
    producerId: BigInt(producerId),
    producerEpoch: entry.epoch,
    lastSequence: entry.lastSequence,
    lastTimestampMs: entry.lastTimestampMs,
    coordinatorEpoch: entry.coordinatorEpoch,
    currentTxnStartOffset: entry.currentTxnFirstOffset,
  }));
  done({ errorCode: 0, producers: [...producers] });
}

function sizeOf(partition: Partition, _item: PartitionItem, done: (answer: LogSizeAnswer) => void): void {
  done({ errorCode: 0, sizeBytes: partition.log.sizeBytes, logDirectory: partition.logDirectory });
}

/** In the order asked for, all at once. */
function alterLogDirs(
  replicas: ShardReplicas,
  items: readonly AlterLogDirItem[],
  answer: (answers: AlterLogDirAnswer[]) => void,
): void {
  const answers: AlterLogDirAnswer[] = new Array(items.length);
  let left = items.length;
  if (left === 0) answer(answers);
  items.forEach(({ topic, partition, directory }, index) => {
    alterLogDirectory(replicas, topic, partition, directory, (code) => {
      answers[index] = { errorCode: code };
      left -= 1;
      if (left === 0) answer(answers);
    });
  });
}
