import { type FetchReader, readerId } from '../../base/fetch-reader.ts';
import { shardOf } from '../../metadata/columns/placement.ts';
import { rackHash } from '../../metadata/queries/rack-hash.ts';
import type { ApiRow } from '../../protocol/api-table.ts';
import { errorCode } from '../../protocol/errors.ts';
import { decodeUtf8 } from '../../protocol/utf8.ts';
import { uuidFromBytes } from '../../protocol/uuid.ts';
import { FetchRequestView } from '../../protocol/views/fetch-request-view.ts';
import { FetchResponseWriter } from '../../protocol/views/fetch-response-writer.ts';
import { splicedFromBytes, Writer } from '../../protocol/writer.ts';
import { whyNotLed } from '../ask-owners.ts';
import type { ApiHandler } from '../dispatch.ts';
import { FetchPartition, FetchSession, sessionEpoch } from '../fetch-sessions.ts';
import { LeaderHints } from '../leader-hints.ts';
import { FetchTarget } from '../ports.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/**
 * Fetch, versions 4 to 18. Sessions (KIP-227) from 7, epochs of readers (KIP-320) from 9 and 12, topic ids (KIP-516)
 * from 13. Followers fetch up to the log's end, by the epoch of their registration from 15 on (KIP-903); consumers up to
 * the high watermark, from version 11 on of a follower too (KIP-392). Who compares replicas (replica id -2) fetches of any
 * of them up to its end.
 *
 * The partitions' owners say what there is to read; when that reaches min_bytes, or an error or the wait's end comes
 * first, max_bytes is dealt out in the order of the request and the records are read into memory that is sent as it is.
 */
const sessionsSince = 7;
const topicIdsSince = 13;
/** Since then answers tell where the leader is now (KIP-951). */
const leadersSince = 16;
/** Since then consumers know of followers that they may read from. */
const followersSince = 11;

/** What one request fetches, and the session that it belongs to. */
interface FetchContext {
  readonly partitions: readonly FetchPartition[];
  readonly session: FetchSession | undefined;
  /** An incremental answer leaves out what has not changed. */
  readonly isIncremental: boolean;
  readonly reader: FetchReader;
}

const view = new FetchRequestView();
const responseWriter = new FetchResponseWriter();

export function fetchHandler(api: ApiRow, services: BrokerServices): ApiHandler {
  return {
    api,
    overlaps: false,
    start(request, resume) {
      const { exchange, version } = request;
      view.open(exchange.bytes, request.bodyStart, exchange.end, version);
      exchange.isOfReplica = view.replicaId >= 0;
      const isolationIsKnown = view.isolationLevel === 0 || view.isolationLevel === 1;
      const context = isolationIsKnown ? openContext(request, services) : errorCode.UNKNOWN_SERVER_ERROR;
      if (typeof context === 'number') {
        services.metrics.countError(api.key, context);
        answerError(request, context);
        return true;
      }
      return serve(
        request,
        services,
        context,
        // What followers may take at a time is their own configuration.
        exchange.isOfReplica
          ? view.maxBytes
          : Math.min(view.maxBytes, services.config().values.number('fetch.max.bytes')),
        resume,
      );
    },
  };
}

function serve(
  request: Request,
  services: BrokerServices,
  context: FetchContext,
  maxBytes: number,
  resume: () => void,
): boolean {
  const targets: (FetchTarget | undefined)[] = [];
  const known: FetchTarget[] = [];
  const errors: number[] = [];
  for (const partition of context.partitions) {
    const target = targetOf(request, services, partition, context.reader);
    errors.push(typeof target === 'number' ? target : 0);
    targets.push(typeof target === 'number' ? undefined : target);
    if (typeof target !== 'number') known.push(target);
  }
  let isDone = false;
  const finish = (): void => {
    isDone = true;
    request.peer.onClose = undefined;
    try {
      answer(request, services, context, targets, errors);
    } catch (error) {
      // Whatever was read has not been sent, and nobody else gives it back.
      for (const target of known) target.records?.release();
      services.fail(request, error);
    }
  };
  const failed = errors.some((code) => code !== 0);
  // With nobody to ask there is nothing to wait for: so is the request that closes a session, for one.
  if (known.length === 0) {
    useSession(services, context);
    finish();
    return true;
  }
  const started = services.fetch.start(
    {
      targets: known,
      reader: context.reader,
      minBytes: failed ? 0 : view.minBytes,
      maxBytes,
      maxWaitMs: failed ? 0 : Math.max(view.maxWaitMs, 0),
      done: finish,
    },
    resume,
  );
  if (started === false) {
    // It comes again as it was: a session made for it now would be made twice.
    if (context.session !== undefined && !context.isIncremental) services.fetchSessions.remove(context.session.id);
    return false;
  }
  useSession(services, context);
  request.exchange.releaseRequest();
  if (!isDone) request.peer.onClose = () => started.cancel();
  return true;
}

function useSession(services: BrokerServices, { session, isIncremental }: FetchContext): void {
  if (session === undefined) return;
  services.fetchSessions.touch(session, services.clock.monotonicMs());
  // After 2^31 - 1 requests the epochs begin again at 1, for 0 and -1 mean something else.
  if (isIncremental) session.nextEpoch = session.nextEpoch === 0x7fffffff ? 1 : session.nextEpoch + 1;
}

/** The partition's owner and what to ask it, or an error code. */
function targetOf(
  request: Request,
  services: BrokerServices,
  partition: FetchPartition,
  reader: FetchReader,
): FetchTarget | number {
  const { topics, partitions } = services;
  const byId = request.version >= topicIdsSince;
  const topicRow = byId ? topics.findByIdUuid(partition.topic) : topics.findByNameString(partition.topic);
  if (topicRow < 0) return byId ? errorCode.UNKNOWN_TOPIC_ID : errorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const row = topics.partitionRow(topicRow, partition.partition);
  if (row < 0) return errorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const mayServe =
    partitions.leader(row) === services.nodeId ||
    (!reader.onlyOfLeaders && partitions.replicas(row).includes(services.nodeId));
  if (!mayServe) return whyNotLed(services, row);
  const target = new FetchTarget(
    shardOf(topics.nameHashOf(topicRow), partition.partition, services.shards),
    row,
    topics.generationOf(topicRow),
    partition.currentLeaderEpoch,
    partition.lastFetchedEpoch,
    partition.fetchOffset,
    Math.max(partition.maxBytes, 0),
  );
  target.topicRow = topicRow;
  target.followerLogStartOffset = partition.logStartOffset;
  return target;
}

/** The only selector of replicas that there is; others are classes of Java. */
const rackAwareSelector = 'org.apache.kafka.common.replica.RackAwareReplicaSelector';

/** A replica that moves between directories (-3) reads as consumers do. */
const futureReplicaId = -3;

function replicaIdOf(named: number): number {
  if (named >= 0) return named;
  return named === readerId.consumer || named === futureReplicaId ? readerId.consumer : readerId.comparer;
}

function readerOf(request: Request, services: BrokerServices): FetchReader {
  const replicaId = replicaIdOf(view.replicaId);
  const isConsumer = replicaId === readerId.consumer;
  const { bytes } = request.exchange;
  const hasRack = isConsumer && request.version >= followersSince && view.rackIdBytes > 0;
  const isAware = hasRack && services.config().values.textOrNull('replica.selector.class') === rackAwareSelector;
  return {
    readCommitted: isConsumer && view.isolationLevel === 1,
    replicaId,
    brokerEpoch: view.replicaEpoch,
    onlyOfLeaders: replicaId >= 0 || (isConsumer && request.version < followersSince),
    rack: isAware ? rackHash(decodeUtf8(bytes, view.rackIdStart, view.rackIdStart + view.rackIdBytes)) : 0,
  };
}

/** Sorts out sessions: what is to be fetched, or the error code that the request as a whole gets. */
function openContext(request: Request, services: BrokerServices): FetchContext | number {
  const sessions = services.fetchSessions;
  const { sessionId, sessionEpoch: epoch } = view;
  const reader = readerOf(request, services);
  if (request.version < sessionsSince) {
    return { partitions: requestedPartitions(request), session: undefined, isIncremental: false, reader };
  }
  if (epoch === sessionEpoch.final || epoch === sessionEpoch.initial) {
    if (sessionId !== 0) sessions.remove(sessionId);
    const partitions = requestedPartitions(request);
    const wantsSession = epoch === sessionEpoch.initial;
    const usesTopicIds = request.version >= topicIdsSince;
    const nowMs = services.clock.monotonicMs();
    const session = wantsSession ? sessions.create(usesTopicIds, view.replicaId >= 0, nowMs) : undefined;
    if (session !== undefined) for (const partition of partitions) session.set(partition);
    return { partitions, session, isIncremental: false, reader };
  }
  const session = sessions.get(sessionId);
  if (session === undefined) return errorCode.FETCH_SESSION_ID_NOT_FOUND;
  if (session.usesTopicIds !== request.version >= topicIdsSince) return errorCode.FETCH_SESSION_TOPIC_ID_ERROR;
  if (session.nextEpoch !== epoch) return errorCode.INVALID_FETCH_SESSION_EPOCH;
  updateSession(request, session);
  if (session.partitions.size === 0) {
    // Nothing is left to fetch: the session ends, and its id is answered no more.
    sessions.remove(sessionId);
    return { partitions: [], session: undefined, isIncremental: false, reader };
  }
  return { partitions: [...session.partitions.values()], session, isIncremental: true, reader };
}

function updateSession(request: Request, session: FetchSession): void {
  for (const partition of requestedPartitions(request)) {
    const key = FetchSession.key(partition.topic, partition.partition);
    const known = session.partitions.get(key);
    if (known === undefined) {
      session.set(partition);
      continue;
    }
    known.maxBytes = partition.maxBytes;
    known.fetchOffset = partition.fetchOffset;
    known.currentLeaderEpoch = partition.currentLeaderEpoch;
    known.lastFetchedEpoch = partition.lastFetchedEpoch;
    known.logStartOffset = partition.logStartOffset;
  }
  view.beginForgotten();
  while (view.nextForgottenTopic()) {
    const topic = currentTopic(request);
    while (view.nextForgottenPartition()) session.partitions.delete(FetchSession.key(topic, view.partition));
  }
}

/** What the request names, each partition once: of one that is named twice the last counts. */
function requestedPartitions(request: Request): FetchPartition[] {
  const partitions: FetchPartition[] = [];
  const seen = new Map<string, number>();
  view.rewind();
  while (view.nextTopic()) {
    const topic = currentTopic(request);
    const topicBytes = currentTopicBytes(request);
    while (view.nextPartition()) {
      const partition = new FetchPartition(topic, topicBytes, view.partition);
      partition.maxBytes = view.partitionMaxBytes;
      partition.fetchOffset = view.fetchOffset;
      partition.currentLeaderEpoch = view.currentLeaderEpoch;
      partition.lastFetchedEpoch = view.lastFetchedEpoch;
      partition.logStartOffset = view.logStartOffset;
      if (view.partitionCount === 1) return [partition];
      const key = FetchSession.key(topic, view.partition);
      const before = seen.get(key);
      if (before !== undefined) {
        partitions[before] = partition;
        continue;
      }
      seen.set(key, partitions.length);
      partitions.push(partition);
    }
  }
  return partitions;
}

function currentTopic(request: Request): string {
  const { bytes } = request.exchange;
  if (request.version >= topicIdsSince) return uuidFromBytes(bytes, view.topicIdStart);
  return decodeUtf8(bytes, view.topicNameStart, view.topicNameStart + view.topicNameBytes);
}

/** A copy of the topic's name or id as it is written into answers. */
function currentTopicBytes(request: Request): Uint8Array {
  const byId = request.version >= topicIdsSince;
  const start = byId ? view.topicIdStart : view.topicNameStart;
  return request.exchange.bytes.slice(start, start + (byId ? 16 : view.topicNameBytes));
}

function answerError(request: Request, code: number): void {
  request.answerEncoded((writer) => {
    responseWriter.begin(writer, request.version, 0, code, 0, 0);
    responseWriter.end([]);
  });
}

function answer(
  request: Request,
  services: BrokerServices,
  context: FetchContext,
  targets: readonly (FetchTarget | undefined)[],
  errors: readonly number[],
): void {
  const included: number[] = [];
  context.partitions.forEach((partition, index) => {
    const target = targets[index];
    if (noteAnswer(context, partition, target, target?.errorCode ?? errors[index]!)) included.push(index);
  });
  const writer = new Writer();
  responseWriter.begin(writer, request.version, 0, 0, context.session?.id ?? 0, countTopics(context, included));
  const hints = request.version >= leadersSince ? new LeaderHints(services, request.peer.listenerName) : undefined;
  for (let from = 0; from < included.length; ) {
    const { topic, topicBytes } = context.partitions[included[from]!]!;
    let end = from;
    while (end < included.length && context.partitions[included[end]!]!.topic === topic) end += 1;
    responseWriter.topic(topicBytes, 0, topicBytes.length, end - from);
    for (; from < end; from++) {
      const index = included[from]!;
      writePartition(context, context.partitions[index]!, targets[index], errors[index]!, hints);
      services.metrics.countError(request.api.key, targets[index]?.errorCode ?? errors[index]!);
    }
  }
  responseWriter.end(hints?.endpoints ?? []);
  services.metrics.countError(request.api.key, 0);
  for (const target of targets) if (target !== undefined) count(services, target, context.reader);
  noteHome(request, context, targets);
  const fetched = targets.filter((target) => target?.records !== undefined);
  for (const target of fetched) {
    const { length } = target!.records!.bytes;
    if (length < splicedFromBytes) services.metrics.add('copiedFetchBytes', length);
  }
  request.answerBody(writer.segments(), () => {
    for (const target of fetched) target!.records!.release();
  });
}

/** Refusals that Apache Kafka does not call failures of the broker. */
const expectedRefusals: ReadonlySet<number> = new Set([
  errorCode.UNKNOWN_TOPIC_OR_PARTITION,
  errorCode.NOT_LEADER_OR_FOLLOWER,
  errorCode.FENCED_LEADER_EPOCH,
  errorCode.UNKNOWN_LEADER_EPOCH,
  errorCode.REPLICA_NOT_AVAILABLE,
  errorCode.KAFKA_STORAGE_ERROR,
  errorCode.OFFSET_OUT_OF_RANGE,
  errorCode.INCONSISTENT_TOPIC_ID,
]);

function count({ metrics }: BrokerServices, target: FetchTarget, { replicaId }: FetchReader): void {
  const { topicRow, topicGeneration, errorCode: code, records } = target;
  const hasFailed = code !== 0 && !expectedRefusals.has(code);
  const bytes = records?.bytes.length ?? 0;
  if (replicaId >= 0) metrics.add('replicatedBytes', bytes);
  metrics.countFetch(topicRow, topicGeneration, replicaId >= 0 ? 0 : bytes, hasFailed);
}

function noteHome(request: Request, { session }: FetchContext, targets: readonly (FetchTarget | undefined)[]): void {
  const { home } = request.peer;
  if (home === undefined) return;
  home.sessionId = session?.id ?? 0;
  for (const target of targets) if (target?.records !== undefined) home.note(target.shard, target.records.bytes.length);
}

/** Topics in the answer, which lists partitions in the session's order: one may come up more than once. */
function countTopics(context: FetchContext, included: readonly number[]): number {
  let count = 0;
  let last: string | undefined;
  for (const index of included) {
    const { topic } = context.partitions[index]!;
    if (topic !== last) count += 1;
    last = topic;
  }
  return count;
}

function writePartition(
  context: FetchContext,
  partition: FetchPartition,
  target: FetchTarget | undefined,
  error: number,
  hints: LeaderHints | undefined,
): void {
  const code = target?.errorCode ?? error;
  const records = code === 0 ? target?.records : undefined;
  responseWriter.partition(
    partition.partition,
    code,
    target?.highWatermark ?? -1,
    target?.lastStableOffset ?? -1,
    target?.logStartOffset ?? -1,
    context.reader.readCommitted ? [] : null,
    code === 0 ? (target?.preferredReplica ?? -1) : -1,
    records?.bytes.length ?? 0,
  );
  if (target !== undefined && target.divergingEpoch !== -1) {
    responseWriter.divergingEpoch(target.divergingEpoch, target.divergingEndOffset);
  }
  if (code === errorCode.NOT_LEADER_OR_FOLLOWER || code === errorCode.FENCED_LEADER_EPOCH) {
    const leader = hints?.leaderOfId(partition.topic, partition.partition);
    if (leader !== undefined) responseWriter.currentLeader(leader.id, leader.epoch);
  }
  if (records !== undefined) responseWriter.records(records.bytes);
}

/** Whether the partition belongs into the answer; the session remembers what it is told. */
function noteAnswer(
  context: FetchContext,
  partition: FetchPartition,
  target: FetchTarget | undefined,
  code: number,
): boolean {
  const highWatermark = target?.highWatermark ?? -1;
  const logStartOffset = target?.logStartOffset ?? -1;
  const hasRecords = target?.records !== undefined;
  const isDiverging = target !== undefined && target.divergingEpoch !== -1;
  const changed =
    hasRecords ||
    code !== 0 ||
    isDiverging ||
    (target?.preferredReplica ?? -1) !== -1 ||
    highWatermark !== partition.answeredHighWatermark ||
    logStartOffset !== partition.answeredLogStartOffset;
  // A follower that has to cut its log takes nothing else of the answer: it is told again.
  partition.answeredHighWatermark = isDiverging ? -2 : highWatermark;
  partition.answeredLogStartOffset = logStartOffset;
  if (hasRecords && context.session !== undefined) context.session.moveToEnd(partition);
  return changed || !context.isIncremental;
}
