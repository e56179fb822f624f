import type { DirectoryId, NodeId, Offset, PartitionRow, TopicId } from '../../base/brands.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import { directoryAssignmentLimits as limits } from '../../base/limits.ts';
import type { Logger } from '../../base/logger.ts';
import { assignedDirectory } from '../../metadata/columns/assigned-directory.ts';
import type { SharedMetadata } from '../../metadata/columns/shared-metadata.ts';
import { errorName } from '../../protocol/errors.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import { Reader } from '../../protocol/reader.ts';
import { Writer } from '../../protocol/writer.ts';

export interface DirectoryAssignmentsOptions {
  readonly nodeId: NodeId;
  readonly metadata: SharedMetadata;
  readonly clock: Clock;
  readonly logger: Logger;
  /** By their index in the runtime columns; undefined for one whose id is not known. */
  readonly directoryIds: readonly (DirectoryId | undefined)[];
  brokerEpoch(): Offset;
  /** Takes a request of this broker's own to the active controller. Null: nobody answered. */
  send(apiKey: number, version: number, body: Uint8Array, answered: (body: Uint8Array | null) => void): void;
  failed(error: unknown): void;
}

const version = 0;

/** Partitions by directory and topic. */
type Assignments = Map<DirectoryId, Map<TopicId, number[]>>;

/**
 * Tells the controller in which of several log directories replicas lie (AssignReplicasToDirs, KIP-858), so that it knows
 * what goes with a directory that fails. Where the image says otherwise, it is told, again until it does not: what a
 * controller forgot or never heard needs no book here.
 */
export class DirectoryAssignments {
  readonly #options: DirectoryAssignmentsOptions;
  #timer: Timer | null = null;
  #nextRow: PartitionRow = 0;
  #isClosed = false;

  constructor(options: DirectoryAssignmentsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#later();
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  #later(): void {
    if (this.#isClosed) return;
    this.#timer = this.#options.clock.schedule(limits.intervalMs, () => {
      const found = this.#look();
      if (found.size === 0) this.#later();
      else this.#tell(found);
    });
  }

  /** Goes on from where the last look ended, over so many rows that nothing else waits long. */
  #look(): Assignments {
    const { partitions } = this.#options.metadata;
    const found: Assignments = new Map();
    const rows = partitions.rowCount;
    if (this.#nextRow >= rows) this.#nextRow = 0;
    const end = Math.min(rows, this.#nextRow + limits.rowsPerLook);
    let count = 0;
    for (; this.#nextRow < end && count < limits.partitionsPerRequest; this.#nextRow++) {
      if (partitions.isLive(this.#nextRow) && this.#add(this.#nextRow, found)) count += 1;
    }
    return found;
  }

  #add(row: PartitionRow, found: Assignments): boolean {
    const { metadata, nodeId, directoryIds } = this.#options;
    const { partitions, topics, runtime } = metadata;
    // A log that is being moved counts as moved when the copy has caught up: it changes places once the controller knows.
    const index = runtime.isPromoting(row) ? runtime.futureDirectory(row) : runtime.logDirectory(row);
    const directory = directoryIds[index];
    if (directory === undefined) return false;
    const isReplica = partitions.replicas(row).includes(nodeId);
    if (!isReplica || assignedDirectory(partitions, row, nodeId) === directory) return false;
    const topicId = topics.idOf(partitions.topicRow(row));
    const byTopic = found.get(directory) ?? new Map<TopicId, number[]>();
    found.set(directory, byTopic);
    const known = byTopic.get(topicId);
    if (known === undefined) byTopic.set(topicId, [partitions.partition(row)]);
    else known.push(partitions.partition(row));
    return true;
  }

  #tell(found: Assignments): void {
    const { nodeId, brokerEpoch, send, logger, failed } = this.#options;
    Promise.all([
      import('../../protocol/generated/assign-replicas-to-dirs-request.js'),
      import('../../protocol/generated/assign-replicas-to-dirs-response.js'),
    ]).then(([requests, responses]) => {
      const directories = [...found].map(([id, topics]) => ({
        id,
        topics: [...topics].map(([topicId, indexes]) => ({
          topicId,
          partitions: indexes.map((partitionIndex) => ({ partitionIndex })),
        })),
      }));
      const request = { brokerId: nodeId, brokerEpoch: BigInt(brokerEpoch()), directories };
      const writer = new Writer();
      requests.encodeAssignReplicasToDirsRequest(writer, request, version);
      send(apiKey.AssignReplicasToDirs, version, writer.toBytes(), (body) => {
        const code = codeOf(body, responses);
        if (code !== 0) logger.info({ error: code }, 'the controller did not take where replicas lie; told again');
        this.#later();
      });
    }, failed);
  }
}

type Responses = typeof import('../../protocol/generated/assign-replicas-to-dirs-response.js');

/** 0, or what kept the request from being taken as a whole. */
function codeOf(body: Uint8Array | null, { decodeAssignReplicasToDirsResponse }: Responses): string | 0 {
  if (body === null) return 'unanswered';
  try {
    const { errorCode: code } = decodeAssignReplicasToDirsResponse(new Reader(body), version);
    return code === 0 ? 0 : (errorName(code) ?? String(code));
  } catch (error) {
    if (error instanceof ProtocolError) return error.message;
    throw error;
  }
}
