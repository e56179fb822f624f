import type { NodeId, PartitionRow, TopicRow } from '../../base/brands.ts';
import { partitionColumn, rowWords, topicColumn, topicFlag } from '../../metadata/columns/layout.ts';
import type { SharedMetadata } from '../../metadata/columns/shared-metadata.ts';
import { decodeTopicConfig } from '../../metadata/topic-config-bytes.ts';
import { rowWord } from '../../ring/layout.ts';

export interface TopicFacts {
  readonly sequence: number;
  readonly name: string;
  readonly generation: number;
  /** Undefined where the topic does not say. */
  readonly minInsyncReplicas: number | undefined;
}

export interface PartitionFacts {
  topicRow: TopicRow;
  partition: number;
  leader: NodeId;
  replicas: number;
  inSync: number;
  isReplica: boolean;
  isPreferred: boolean;
}

/** No partition has more replicas; what a row that is being reused seems to say may be anything. */
const mostReplicas = 1024;
const tries = 3;

/**
 * Reads the shared columns without being one of the threads that the publisher waits for. Bytes that a row names may
 * be given to others once the row has changed, and memory may be named that this thread has not heard of yet. So whatever
 * is read counts only if the row is the same afterwards.
 */
export class MetadataReader {
  private readonly metadata: SharedMetadata;
  private readonly nodeId: NodeId;
  private readonly words = new Int32Array(rowWords);
  private readonly known = new Map<TopicRow, TopicFacts>();
  private readonly facts: PartitionFacts = {
    topicRow: -1,
    partition: -1,
    leader: -1,
    replicas: 0,
    inSync: 0,
    isReplica: false,
    isPreferred: false,
  };

  constructor(metadata: SharedMetadata, nodeId: NodeId) {
    this.metadata = metadata;
    this.nodeId = nodeId;
  }

  /** The live topic in the row. Undefined: there is none, or it changes all the time. */
  topic(row: TopicRow): TopicFacts | undefined {
    const { topics } = this.metadata;
    for (let attempt = 0; attempt < tries; attempt++) {
      if (!topics.isLive(row)) break;
      const known = this.known.get(row);
      if (known !== undefined && known.sequence === topics.sequenceOf(row)) return known;
      const facts = this.readTopic(row);
      if (facts === undefined) continue;
      this.known.set(row, facts);
      return facts;
    }
    this.known.delete(row);
    return undefined;
  }

  /** Visits the live partitions; `facts` hold during the call. */
  forEachPartition(visit: (row: PartitionRow, facts: PartitionFacts) => void): void {
    this.metadata.partitions.forEachRow((row) => {
      for (let attempt = 0; attempt < tries; attempt++) {
        if (!this.readPartition(row)) continue;
        visit(row, this.facts);
        return;
      }
    });
  }

  private readTopic(row: TopicRow): TopicFacts | undefined {
    const { words } = this;
    const { topics, bytes } = this.metadata;
    if (!topics.read(row, words) || (words[topicColumn.flags]! & topicFlag.live) === 0) return undefined;
    const nameRef = words[topicColumn.name]!;
    const configRef = words[topicColumn.config]!;
    if (!bytes.has(nameRef) || !bytes.has(configRef)) return undefined;
    const name = bytes.view(nameRef).slice();
    const config = bytes.view(configRef).slice();
    const sequence = words[rowWord.sequence]!;
    if (topics.sequenceOf(row) !== sequence) return undefined;
    const minInsync = decodeTopicConfig(config).get('min.insync.replicas');
    return {
      sequence,
      name: String.fromCharCode(...name),
      generation: words[topicColumn.generation]!,
      minInsyncReplicas: minInsync === undefined ? undefined : Number(minInsync),
    };
  }

  /** The list where it lies: its length is read once, whatever becomes of it meanwhile. */
  private nodesOf(ref: number): Int32Array {
    const { buffer, byteOffset, length } = this.metadata.bytes.view(ref);
    return new Int32Array(buffer, byteOffset, length >> 2);
  }

  private readPartition(row: PartitionRow): boolean {
    const { words, facts } = this;
    const { partitions, bytes } = this.metadata;
    if (!partitions.read(row, words) || words[partitionColumn.live] !== 1) return false;
    const replicas = words[partitionColumn.replicas]!;
    const isr = words[partitionColumn.isr]!;
    if (!bytes.has(replicas) || !bytes.has(isr)) return false;
    facts.topicRow = words[partitionColumn.topicRow]!;
    facts.partition = words[partitionColumn.partition]!;
    facts.leader = words[partitionColumn.leader]!;
    const nodes = this.nodesOf(replicas);
    facts.replicas = nodes.length;
    facts.inSync = this.nodesOf(isr).length;
    if (nodes.length > mostReplicas) return false;
    facts.isReplica = nodes.includes(this.nodeId);
    facts.isPreferred = nodes.length === 0 || nodes[0] === facts.leader;
    return partitions.sequenceOf(row) === words[rowWord.sequence];
  }
}
