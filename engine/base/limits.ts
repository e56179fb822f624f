import { assert } from './assert.ts';

/**
 * Every queue, ring and pool has a limit, and this is where they live, with what they must be to each other. The
 * relations are asserted at start: `assertLimits`.
 */

const kib = 1024;
const mib = 1024 * kib;

/** Rings: one each way between every two threads. */
export interface RingLimits {
  /** Descriptors (64 bytes) in a ring; a power of two. */
  readonly slots: number;
  /** Requests outstanding at one peer. */
  readonly credits: number;
  /** Descriptors of control and chunk returns that may lie in a ring at once. */
  readonly controlSlots: number;
  /** Descriptors that a consumer may have read without having given their slots back. */
  readonly unreleasedSlots: number;
}

/**
 * A ring holds at most: our requests (credits), completions of the peer's requests (the peer's credits), control, and
 * what was read but not given back. With room for all of it no push of a completion or a control message meets a full
 * ring, and so two threads can't wait for each other.
 */
export function assertRingLimits(ring: RingLimits): void {
  assert(ring.slots > 0 && (ring.slots & (ring.slots - 1)) === 0, 'limits: ring slots must be a power of two');
  assert(ring.credits >= 1 && ring.controlSlots >= 1, 'limits: a ring needs credits and control slots');
  assert(
    ring.slots >= 2 * ring.credits + ring.controlSlots + ring.unreleasedSlots,
    'limits: ring slots must cover credits both ways, control and unreleased slots',
  );
}

/** Rings for `shards` shards and the coordinator. Their number grows with the square, so their size shrinks. */
export function ringLimitsFor(shards: number): RingLimits {
  const slots = shards <= 4 ? 4096 : shards <= 16 ? 1024 : 256;
  return { slots, credits: slots / 4, controlSlots: slots / 4, unreleasedSlots: slots / 8 };
}

/** Arenas: one a thread, in slabs of the largest chunk. */
export interface ArenaLimits {
  readonly slabs: number;
  /** Smallest chunk; the sizes between are this times powers of four. */
  readonly smallestBytes: number;
  /** Largest chunk, and size of a slab. */
  readonly largestBytes: number;
  /** Slabs that only this class may take: ingress, fetch, replication, control. */
  readonly reservedSlabs: readonly number[];
}

const arenaSizes = {
  smallestBytes: kib,
  largestBytes: 4 * mib,
  /** Of a shard, where memory allows. */
  mostBytes: 256 * mib,
  /** Part of the machine's memory that all shards' arenas take together. */
  memoryFraction: 1 / 8,
  /** A shard's arena is never smaller: below this the reserves leave nothing to share. */
  fewestSlabs: 8,
  /** A chunk ref has 20 bits for its index. */
  mostSmallestChunks: 1 << 20,
} as const;

/** Ingress and fetch can each go on with one slab while the other has taken the rest; the last two never wait for them. */
const reservedSlabs: readonly number[] = [1, 1, 1, 2];

/** A shard's arena: in total min(256 MB × shards, an eighth of memory), divided evenly. */
export function arenaLimitsFor(shards: number, memoryBytes: number): ArenaLimits {
  const totalBytes = Math.min(arenaSizes.mostBytes * shards, memoryBytes * arenaSizes.memoryFraction);
  const slabs = Math.max(arenaSizes.fewestSlabs, Math.floor(totalBytes / shards / arenaSizes.largestBytes));
  return { slabs, smallestBytes: arenaSizes.smallestBytes, largestBytes: arenaSizes.largestBytes, reservedSlabs };
}

export function assertArenaLimits(arena: ArenaLimits): void {
  const ratio = arena.largestBytes / arena.smallestBytes;
  const steps = Math.log2(ratio) / 2;
  assert(Number.isInteger(steps), 'limits: largest chunk must be the smallest times a power of four');
  const reserved = arena.reservedSlabs.reduce((sum, n) => sum + n, 0);
  assert(reserved < arena.slabs, 'limits: reserved slabs must leave some to share');
  assert(arena.slabs * ratio <= arenaSizes.mostSmallestChunks, 'limits: arena larger than a chunk ref can name');
}

/** What one connection may hold, and the work of one turn. */
export const limits = {
  /** The landing place that a thread's idle connections share; a connection that fills it earns a chunk of its own. */
  sharedLandingBytes: 64 * kib,
  /** The first chunk that a connection reads into, and the largest that it can earn. */
  firstChunkBytes: 256 * kib,
  earnedChunkBytes: 4 * mib,
  /** A chunk holds this many of a connection's frames before it is worth a larger one: copied bytes stay few. */
  framesPerChunk: 12,
  /** From here on frames have chunks of their own: a hundred connections with such requests must fit the arena. */
  largeFrameBytes: 256 * kib,
  /** With less room than this left in its chunk a connection moves to the next. */
  smallestLandingBytes: 4 * kib,
  /** Requests of one connection that are started and not answered. More wait where they landed. */
  inFlightPerConnection: 4096,
  /** Bytes queued to a peer that does not read them; beyond, its requests are not started. */
  unsentBytesPerConnection: 16 * mib,
  /** A connection that fetched so many bytes, and this part of them of another shard, goes there; then it stays a while. */
  homeAfterBytes: 16 * mib,
  homeShare: 3 / 4,
  homeForMs: 5000,
  /** Turns taken for nothing, while another thread owes an answer, before a thread goes to sleep. */
  looksBeforeSleep: 6,
  /** Inbound descriptors that a turn handles of one peer. */
  descriptorsPerTurn: 1024,
  /** A batch that travels between threads, or is read for a client, although it is larger than any chunk. */
  oversizeBytes: 128 * mib,
  /** How often a shard gives a sign of life, and the coordinator looks; and after what silence it is said to be late. */
  pulseIntervalMs: 250,
  lateShardMs: 1000,
  /** Words of small descriptors queued to a peer that does not drain its ring, beyond which it is told less often. */
  untoldWordsPerPeer: 4 * 1024,
  /** Partitions that one question to another shard names: some 50 bytes each, and a message fits a chunk. */
  itemsPerQuestion: 4096,
  /** Producers of a partition that one answer lists; the rest is asked for again. */
  producersPerAnswer: 8192,
  /** Producers that one DescribeProducers gets once more, of partitions that it names again. */
  producersRepeated: 64 * 1024,
  /** A control message between threads, and the pieces that it is sent in: a few chunks of control are always to be had. */
  controlMessageBytes: 64 * mib,
  controlPieceBytes: 256 * kib,
  /** InitProducerId requests of a shard that wait for a block of ids; more are told to come again. */
  waitingForProducerIds: 4096,
  /** Windows that a rate keeps. */
  rateWindows: 1024,
} as const;

/** Shared tables and shared bytes. */
export const tableLimits = {
  rowsPerSegment: 65_536,
  /** 8,192 segments of rows: half a billion rows. */
  mostSegments: 8192,
  /** One string in shared bytes is at most a segment, less its header. */
  bytesSegmentBytes: 4 * mib,
  /** Heads of the chains by topic name and by topic id; a power of two. A chain longer than one costs misses only. */
  topicBuckets: 1 << 17,
  /** Kafka's own limit on the length of a topic name. */
  topicNameBytes: 249,
} as const;

/** Messages of the protocol that are decoded into objects (record bytes, and what the views read, are not). */
export const messageLimits = {
  /**
   * Elements of all arrays of a message, and tagged fields that nobody knows: these take a few bytes on the wire and a
   * hundred as objects, so that one request of `socket.request.max.bytes` could fill a heap. Kafka's own clients and
   * tools stay far below it.
   */
  elements: 1 << 21,
  /**
   * Settings that one answer to DescribeConfigs holds, the settings of 7,000 topics: a resource takes a few bytes to ask
   * for and, with its synonyms and documentation, 50 KB to answer. Resources beyond are answered INVALID_REQUEST.
   */
  describedConfigs: 1 << 18,
} as const;

/** Compressed record batches, which say nothing true about how large they are inside. */
export const batchLimits = {
  /** Inflated and checked on the shard; what is larger goes to the background pool. In TypeScript, and in C: a millisecond. */
  inlineInflateBytes: 64 * kib,
  nativeInlineInflateBytes: mib,
  /** All that a turn inflates on the shard; what comes then goes to the background pool. */
  inflatedBytesPerTurn: 16 * mib,
  /** Inflated at all: a batch of the default `max.message.bytes` may be a hundredfold. More is MESSAGE_TOO_LARGE. */
  inflatedBytes: 128 * mib,
} as const;

/** A seqlock reader gives up after so many tries and asks the writer by message. */
export const rowReadTries = 3;

/** Checks at start that what was chosen for this node fits together. */
export function assertLimits(ring: RingLimits, arena: ArenaLimits): void {
  assertRingLimits(ring);
  assertArenaLimits(arena);
  // A request names at most one chunk, a chunk of requests lists the rest; replies to all credits must be nameable.
  assert(ring.credits < 1 << 16, 'limits: a credit token has 16 bits for its slot');
  assert(limits.earnedChunkBytes <= arena.largestBytes, 'limits: a connection may earn more than the largest chunk');
  assert(limits.controlPieceBytes <= arena.largestBytes, 'limits: a piece of a control message is larger than a chunk');
  assert(limits.sharedLandingBytes <= arena.largestBytes, 'limits: the landing place is larger than a chunk');
  const buckets = tableLimits.topicBuckets;
  assert((buckets & (buckets - 1)) === 0, 'limits: topic buckets must be a power of two');
}

/** Limits of a log directory (engine/io/disk). */
export const diskLimits = {
  /**
   * Operations of one Disk in libuv's pool at a time. The pool is one for the process: UV_THREADPOOL_SIZE counts this
   * many for each directory of each thread, so that a stalled directory leaves the others their threads.
   */
  operationsInFlight: 2,
  /** Operations that may wait for a place, a Disk. Above any sane backlog: one more is answered with EOTHER. */
  operationsQueued: 1 << 20,
  /**
   * Of a gathered write that go to the kernel at a time. File systems make pages as large as what is written, and pages
   * of 2 MB are the dearest: seldom free, and what virtual machines hand back to their hosts.
   */
  writeBytes: mib,
  /** When a directory is used synchronously: see SpeedPolicy. */
  speed: {
    promoteAfterOperations: 64,
    slowMs: 20,
    /** 250 MB/s: the copy into the page cache of a busy machine. */
    bytesPerMs: 250_000,
    stallMs: 100,
    slowOperations: 3,
    slowWindowMs: 10_000,
    firstQuietMs: 5_000,
    maxQuietMs: 300_000,
  },
} as const;

/** Limits of a transport (engine/io/listener). */
export const transportLimits = {
  /** Writes up to this size are gathered by copying into one buffer; longer ones are handed over where they lie. */
  gatherBytes: 4096,
  /** The buffer that they are gathered in, a write to the kernel. */
  gatherBufferBytes: 64 * 1024,
  /** Connections that the kernel may hold before they are accepted. */
  backlog: 1024,
  /** Between two tries to listen again after a pause. */
  listenRetryMs: 250,
} as const;

/** Logs. Whatever a file claims, no more than this is read or kept for it. */
export const logLimits = {
  /** An index file; segment.index.bytes may be set to no more than an int32 holds, ten times its default is plenty. */
  indexFileBytes: 100 * mib,
  /** Piece in which recovery reads segments. */
  recoveryChunkBytes: 256 * kib,
  /** Piece in which headers are looked through: an index interval and some. */
  scanChunkBytes: 32 * kib,
  /** First read of a look-up in a segment; most batches that it is after lie in it. */
  lookupChunkBytes: 4 * kib,
  /** A batch header. */
  headerReadBytes: 61,
  /** A batch whose records a look-up by timestamp walks, as it lies and inflated. Larger ones are answered as a whole. */
  lookupBatchBytes: 64 * mib,
  /** Sealed segments of one log whose indexes are kept in memory. */
  loadedIndexesPerLog: 4,
  /** Producers of one partition; at the cap those silent longest are forgotten as if they had expired. */
  producersPerPartition: 100_000,
  /** A producer snapshot; a larger one is not read, the log is replayed instead. */
  snapshotFileBytes: 64 * mib,
  /** leader-epoch-checkpoint: a line a leader change. */
  epochFileBytes: 16 * mib,
  /** Bytes behind the log end that are likely in memory still. */
  recentBytes: 64 * mib,
  /** A checkpoint file of a directory: some 100 bytes a partition. */
  checkpointFileBytes: 512 * mib,
} as const;

/** The controller's listener, which only nodes and administrators use. */
export const controllerListenerLimits = {
  /** Request bytes that have come and are not handled, unless `queued.max.request.bytes` says otherwise. */
  requestBytes: 64 * mib,
  /** Their descriptors come out of what is kept for everything but clients and logs (engine/io/open-files). */
  connections: 256,
} as const;

/** Requests on their way to the active controller (engine/node/controller-channel), of each connection to it. */
export const controllerChannelLimits = {
  /** Waiting for a controller, or for its answer; beyond it requests are refused. */
  requests: 4096,
  requestBytes: 16 * mib,
  /** Sent and not answered. */
  inFlight: 64,
  /** One answer. */
  responseBytes: 64 * mib,
  /** Between two looks for the controller, the first and the longest. */
  retryBackoffMs: 20,
  retryBackoffMaxMs: 500,
  /** A request to which nobody answered anything. */
  attemptMs: 30_000,
  /** Until the versions of a controller are known. */
  apiVersionsMs: 5000,
  /** How long a client's request is tried, as in Apache Kafka. */
  forwardingMs: 60_000,
  /** How long an answer is kept until this broker has seen the change that it tells of. */
  imageWaitMs: 5000,
} as const;

/** Telling the controller in which directories replicas lie (engine/node/directory-assignments). */
export const directoryAssignmentLimits = {
  intervalMs: 500,
  rowsPerLook: 10_000,
  /** Kafka's own. */
  partitionsPerRequest: 2250,
} as const;

/** Connections to other nodes (engine/node/rpc). */
export const rpcLimits = {
  /** Requests of one connection that are not answered; more are given up at once. */
  pendingRequests: 1000,
  /** Where the kernel puts what comes, one a connection. */
  landingBytes: 64 * kib,
  /** Answers up to this size may lie in one memory a connection, one after the other. */
  keptAnswerBytes: 4 * 1024 * kib,
  /** After a failure, doubled with each that follows without an answer in between. Kafka's own defaults. */
  reconnectBackoffMs: 50,
  reconnectBackoffMaxMs: 1000,
  /** Until a connection stands; Kafka's socket.connection.setup.timeout.ms. */
  connectMs: 10_000,
} as const;

/** The metadata log (engine/node/raft-driver). */
export const metadataLogLimits = {
  /** One atomic append, as a batch; Kafka's own limit. */
  batchBytes: 8 * mib,
  /** Written and not yet committed, over which appends are refused. */
  uncommittedBytes: 64 * mib,
  /** One read of log or snapshot; larger batches are read alone. */
  readBytes: mib,
  /** A batch of a snapshot that this node writes. */
  snapshotBatchBytes: 256 * kib,
  /** How long a snapshot may hold up the coordinator in one go. */
  snapshotSliceMs: 5,
  /** quorum-state, meta.properties, bootstrap.checkpoint. */
  smallFileBytes: mib,
} as const;

/** Cleaning of compacted logs (engine/log/compaction). */
export const cleanerLimits = {
  /** The offset map of one cleaning, whatever `log.cleaner.dedupe.buffer.size` says: what one buffer may have. */
  mapBytes: 2047 * mib,
  /** A batch as it lies, which is held whole; a partition that has a larger one is not cleaned. */
  batchBytes: 256 * mib,
  /** What is written is gathered up to this. */
  writeBytes: mib,
  /** Cleanings of the node at a time, whatever `log.cleaner.threads` says. */
  mostThreads: 32,
  /** Logs of one directory that are opened at a time to see how dirty they are. */
  looksAtOnce: 2,
  /** Descriptors of one cleaning: the segment that is read, and the one that is written with its indexes. */
  descriptors: 8,
} as const;

/** Moves of logs between directories (engine/replica/log-moves). */
export const moveLimits = {
  /** One read of the log that is copied, whatever `replica.fetch.max.bytes` says; larger batches are copied alone. */
  copyBytes: mib,
  /** How long requests may wait for what is under way on the partition to end, so that the logs can change places. */
  holdMs: 1000,
  /** After a log could not be read. */
  retryMs: 10_000,
  /** Longest wait for the throttle in one go: it may be raised. */
  throttleWaitMs: 500,
  /** Directories that were asked for partitions that are not there yet; the oldest are forgotten. */
  preferredDirectories: 10_000,
} as const;

/** DeleteRecords that wait for followers (engine/replica/waiting-deletions). */
export const deletionLimits = {
  waitingPerPartition: 1000,
  /** Between two looks at what nobody tells: whether brokers live, and how far copies are. */
  lookMs: 200,
} as const;

/** Partitions without traffic (engine/node/partition-upkeep). */
export const upkeepLimits = {
  /** A partition that no request named for so long is closed, and its object dropped. */
  idleMs: 300_000,
  /** Objects of a shard over which the patience is shorter. */
  livePartitions: 4096,
  /** Longer than producers' delivery.timeout.ms: what they send again finds its first copy. */
  crowdedIdleMs: 130_000,
  idleCheckMs: 5_000,
  /** Closed in one check: each costs a flush. */
  closesPerCheck: 1024,
  /** Logs of one directory that are opened at a time to look at their age. */
  visitsAtOnce: 2,
  /** Names of deleted topics that are remembered until the checkpoint files are written without them. */
  removedTopics: 1000,
} as const;

/** The pages for those who look from outside (engine/io/net/http-server.ts). */
export const httpLimits = {
  /** Of a request's line and headers. */
  headerBytes: 8 * kib,
  /** In which headers must have come; and a request with its answer gone. */
  headersMs: 4_000,
  requestMs: 10_000,
  /** Between two requests of a connection. */
  idleMs: 60_000,
  connections: 32,
  requestsPerConnection: 10_000,
} as const;

/** Groups (engine/groups) and what keeps them (engine/node). */
export const groupLimits = {
  /**
   * A member that waits for its first generation cannot send heartbeats. After so long it is told to join again, so that
   * those who went away while they waited are not waited for for ever.
   */
  newMemberTimeoutMs: 300_000,
  /** Members of a group that were given an id and did not join yet; more are told that the group is full. */
  pendingJoins: 10_000,
  /** Protocols of one member with all their metadata. A consumer with a hundred thousand partitions stays below. */
  memberBytes: 8 * mib,
  /** The same of all members of one partition's groups: a record holds a group, and is far smaller. */
  memberBytesPerPartition: 64 * mib,
  /** Groups of one partition. A new one beyond finds no coordinator until others are gone. */
  groupsPerPartition: 100_000,
  /** Tombstones in one batch: so far below max.message.bytes that a group of any size can be deleted. */
  tombstonesPerBatch: 1000,
  /** Groups that are looked at for expired offsets in one go, and the pause before the next. */
  groupsPerExpiry: 500,
  expiryPauseMs: 5,
  /** A partition that could not be read is tried again after so long: whoever asks before is refused. */
  loadRetryMs: 10_000,
  /** How long the reading of a partition may hold up its shard in one go. */
  loadSliceMs: 5,
  /** One read of a partition that is loaded, whatever `offsets.load.buffer.size` says; larger batches are read alone. */
  loadBytes: mib,
  /** Partitions that a shard loads at a time when nobody asks for them. */
  loadsAtOnce: 2,
} as const;
