import { compressionCodec } from '../../base/codec.ts';
import type { ProduceDetail } from '../../base/produce-entry.ts';
import { shardOf } from '../../metadata/columns/placement.ts';
import type { ApiRow } from '../../protocol/api-table.ts';
import { batchHeaderBytes } from '../../protocol/batch-layout.ts';
import { errorCode } from '../../protocol/errors.ts';
import { batchCodec, batchIsTransactional, batchMagic } from '../../protocol/records/batch-view.ts';
import { ProduceRequestView } from '../../protocol/views/produce-request-view.ts';
import { ProduceResponseWriter } from '../../protocol/views/produce-response-writer.ts';
import { whyNotLed } from '../ask-owners.ts';
import type { ApiHandler } from '../dispatch.ts';
import { LeaderHints } from '../leader-hints.ts';
import { ProduceCall } from '../ports.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/**
 * Produce, versions 3 to 13 (ApiVersions also names 0 to 2, for the sake of old clients that look for them).
 * Topics by name up to 12, by id from 13 on; record errors from 8 on, where the leader is now from 10 on (KIP-951).
 *
 * Batches are read where they landed: looked up here, appended by the shard that owns the partition. Requests of one
 * connection overlap; their replies leave in order.
 */
const zstdSince = 7;
const topicIdsSince = 13;
const leadersSince = 10;
/** Only by this name may a client write to internal topics. */
const adminClientId = '__admin_client';

/** One partition's part of the answer, in the order of the request. */
class PartitionResult {
  row = -1;
  topicRow = -1;
  topicGeneration = 0;
  errorCode = 0;
  baseOffset = -1;
  logAppendTimeMs = -1;
  entry = -1;
}

const view = new ProduceRequestView();
const responseWriter = new ProduceResponseWriter();
const noErrors: readonly never[] = [];

export function produceHandler(api: ApiRow, services: BrokerServices): ApiHandler {
  return {
    api,
    overlaps: true,
    start(request, resume) {
      const { exchange, version } = request;
      view.open(exchange.bytes, request.bodyStart, exchange.end, version);
      const { acks, timeoutMs } = view;
      const results: PartitionResult[] = [];
      const routed: PartitionResult[] = [];
      const call = new ProduceCall(
        exchange.bytes,
        exchange.chunk,
        acks,
        timeoutMs,
        (index, code, baseOffset, timeMs) => {
          const result = routed[index]!;
          result.errorCode = code;
          result.baseOffset = baseOffset;
          result.logAppendTimeMs = timeMs;
        },
        () => {
          try {
            answer(request, services, acks, results, call);
          } catch (error) {
            services.fail(request, error);
          }
        },
      );
      plan(request, services, acks, call, results, routed);
      if (call.count === 0) {
        answer(request, services, acks, results, call);
        return true;
      }
      return services.produce.start(call, resume);
    },
  };
}

/** Looks every partition up; those that this node leads become entries of the call. */
function plan(
  request: Request,
  services: BrokerServices,
  acks: number,
  call: ProduceCall,
  results: PartitionResult[],
  routed: PartitionResult[],
): void {
  const { bytes } = request.exchange;
  const { topics, partitions } = services;
  while (view.nextTopic()) {
    const byId = request.version >= topicIdsSince;
    const topicRow = byId
      ? topics.findById(bytes, view.topicIdStart)
      : topics.findByName(bytes, view.topicNameStart, view.topicNameBytes);
    while (view.nextPartition()) {
      const result = new PartitionResult();
      results.push(result);
      result.errorCode = check(bytes, request.version, acks);
      if (result.errorCode !== 0) continue;
      const row = topicRow < 0 ? -1 : topics.partitionRow(topicRow, view.partition);
      if (row < 0) {
        result.errorCode = topicRow < 0 && byId ? errorCode.UNKNOWN_TOPIC_ID : errorCode.UNKNOWN_TOPIC_OR_PARTITION;
      } else if (topics.isInternal(topicRow) && request.clientId !== adminClientId) {
        result.errorCode = errorCode.INVALID_TOPIC_EXCEPTION;
      } else if (partitions.leader(row) !== services.nodeId) {
        result.row = row;
        result.topicGeneration = topics.generationOf(topicRow);
        result.errorCode = whyNotLed(services, row);
      } else {
        result.row = row;
        const shard = shardOf(topics.nameHashOf(topicRow), view.partition, services.shards);
        const length = Math.max(view.recordsBytes, 0);
        result.topicRow = topicRow;
        result.topicGeneration = topics.generationOf(topicRow);
        result.entry = call.add(shard, row, result.topicGeneration, view.recordsStart, length);
        routed.push(result);
      }
    }
  }
}

/** What can be said of the current partition's records without knowing the topic. */
function check(bytes: Uint8Array, version: number, acks: number): number {
  if (acks < -1 || acks > 1) return errorCode.INVALID_REQUIRED_ACKS;
  const at = view.recordsStart;
  if (view.recordsBytes < batchHeaderBytes || batchMagic(bytes, at) !== 2) return 0;
  if (version < zstdSince && batchCodec(bytes, at) === compressionCodec.zstd) {
    return errorCode.UNSUPPORTED_COMPRESSION_TYPE;
  }
  // No transaction can have been begun here, so no partition is part of one.
  return batchIsTransactional(bytes, at) ? errorCode.INVALID_TXN_STATE : 0;
}

/** Where a batch is refused by the log, the answer tells where that starts; not where it never came to the log. */
function tellsLogStart({ entry, errorCode: code }: PartitionResult, detail: ProduceDetail | undefined): boolean {
  if (entry === -1) return false;
  const beforeLog = code === errorCode.INVALID_RECORD && (detail?.recordErrors.length ?? 0) === 0;
  return !beforeLog && !withoutLogStart.has(code);
}

/** Refusals that Apache Kafka does not call failures of the broker; where the log starts is not told with them. */
const withoutLogStart: ReadonlySet<number> = new Set([
  errorCode.UNKNOWN_TOPIC_OR_PARTITION,
  errorCode.UNKNOWN_TOPIC_ID,
  errorCode.NOT_LEADER_OR_FOLLOWER,
  errorCode.MESSAGE_TOO_LARGE,
  errorCode.RECORD_LIST_TOO_LARGE,
  errorCode.CORRUPT_MESSAGE,
  errorCode.KAFKA_STORAGE_ERROR,
]);

function count(
  { metrics }: BrokerServices,
  { entry, topicRow, topicGeneration, errorCode: code }: PartitionResult,
): void {
  if (entry === -1) return;
  metrics.countProduce(topicRow, topicGeneration, code !== 0 && !withoutLogStart.has(code));
}

function answer(
  request: Request,
  services: BrokerServices,
  acks: number,
  results: readonly PartitionResult[],
  call: ProduceCall,
): void {
  const { exchange } = request;
  for (const result of results) count(services, result);
  if (acks === 0) {
    // There is no reply to say so: a client that asked for none learns of a failure by losing its connection.
    if (results.some((result) => result.errorCode !== 0)) exchange.abort('a produce with acks=0 failed');
    else exchange.answer([]);
    return;
  }
  const { bytes } = exchange;
  view.open(bytes, request.bodyStart, exchange.end, request.version);
  let next = 0;
  let hints: LeaderHints | undefined;
  request.answerEncoded((writer) => {
    responseWriter.begin(writer, request.version, view.topicCount);
    while (view.nextTopic()) {
      const start = request.version >= topicIdsSince ? view.topicIdStart : view.topicNameStart;
      responseWriter.topic(bytes, start, view.topicNameBytes, view.topicPartitionCount);
      while (view.nextPartition()) {
        const result = results[next++]!;
        const failed = result.errorCode !== 0;
        services.metrics.countError(request.api.key, result.errorCode);
        const isElsewhere = request.version >= leadersSince && result.errorCode === errorCode.NOT_LEADER_OR_FOLLOWER;
        if (isElsewhere) hints ??= new LeaderHints(services, request.peer.listenerName);
        const leader = isElsewhere ? hints?.leaderOf(result.row, result.topicGeneration) : undefined;
        const detail = result.entry === -1 ? undefined : call.details?.get(result.entry);
        responseWriter.partition(
          view.partition,
          result.errorCode,
          result.baseOffset,
          result.logAppendTimeMs,
          failed && !tellsLogStart(result, detail) ? -1 : Math.max(services.runtime.logStartOffset(result.row), 0),
          detail?.recordErrors ?? noErrors,
          detail?.message ?? null,
          leader?.id ?? -1,
          leader?.epoch ?? -1,
        );
      }
    }
    responseWriter.end(0, hints?.endpoints ?? noErrors);
  });
}
