import { assert } from '../../base/assert.ts';
import type { NodeId, Offset, ThreadIndex } from '../../base/brands.ts';
import type { SegmentMessage, SharedMetadataWriter } from '../../metadata/columns/shared-metadata.ts';
import type { PublisherMessage, ShardDelta } from '../../metadata/delta.ts';
import type { MetadataImage } from '../../metadata/image/metadata-image.ts';
import type { ImageChanges } from '../../metadata/image/states.ts';
import { ColumnPublisher } from './publisher-columns.ts';
import { type DeltaParts, fullDeltas, incrementalDeltas } from './publisher-deltas.ts';

export interface PublisherOptions {
  readonly image: MetadataImage;
  readonly shared: SharedMetadataWriter;
  readonly nodeId: NodeId;
  readonly clusterId: string;
  readonly shards: number;
  /** Finalized level of kraft.version, which the quorum keeps and not the image. */
  kraftVersion(): number;
  /** Messages to one shard arrive in order. */
  send(shard: ThreadIndex, message: PublisherMessage): void;
  /** Asked before changes are published. False: they, and all after them, wait until `resume` is called. */
  mayPublish?(changes: ImageChanges, resume: () => void): boolean;
  /** All shards have acted on the image up to and including `imageOffset`. Offsets rise. */
  published(imageOffset: Offset): void;
}

type Job = { readonly kind: 'all' } | { readonly kind: 'changes'; readonly changes: ImageChanges };

/**
 * Hands the committed image to the shards: rows into the shared columns, then a delta to each shard. New segments of the
 * columns are handed over and acknowledged before a row in them is written. What the image dropped is used again only
 * when every shard has acknowledged the image that dropped it.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #columns: ColumnPublisher;
  /** Null until `start`. */
  #jobs: Job[] | null = null;
  /** What is next may not be published yet. */
  #isHeld = false;
  #segmentsNumber = 0;
  /** Shards that have yet to acknowledge the segments sent last. */
  readonly #segmentsAwaited = new Set<ThreadIndex>();
  readonly #acknowledged: Offset[];
  #sentKraftVersion = -1;
  #sentOffset: Offset = -1;
  #publishedOffset: Offset = -1;

  constructor(options: PublisherOptions) {
    this.#options = options;
    const { image, shared, nodeId, shards } = options;
    this.#columns = new ColumnPublisher(image, shared, nodeId, shards);
    this.#acknowledged = new Array<Offset>(shards).fill(-1);
  }

  /** Image offset that all shards have acted on, -1 for none. */
  get publishedOffset(): Offset {
    return this.#publishedOffset;
  }

  /** The shards are there: publishes all of the committed image to them. */
  start(): void {
    assert(this.#jobs === null, 'publisher: started twice');
    this.#jobs = [{ kind: 'all' }];
    this.#pump();
  }

  /** The committed image moved. */
  publish(changes: ImageChanges): void {
    // Before the start the image itself keeps what there is to publish.
    if (this.#jobs === null) return;
    this.#jobs.push({ kind: 'changes', changes });
    this.#pump();
  }

  /** A shard has added the segments of the message. */
  acknowledgeSegments(shard: ThreadIndex, number: number): void {
    if (number !== this.#segmentsNumber) return;
    this.#segmentsAwaited.delete(shard);
    this.#pump();
  }

  /** A shard has acted on a delta. */
  acknowledge(shard: ThreadIndex, imageOffset: Offset): void {
    if (imageOffset > this.#acknowledged[shard]) this.#acknowledged[shard] = imageOffset;
    const all = Math.min(...this.#acknowledged);
    if (all <= this.#publishedOffset) return;
    this.#publishedOffset = all;
    this.#options.shared.reclaim(all);
    this.#options.published(all);
  }

  /**
   * A shard was replaced by a new incarnation that has the shared columns as they are now: it gets everything anew. What
   * its predecessor had not acknowledged counts when the new one has.
   */
  shardRestarted(shard: ThreadIndex): void {
    this.#acknowledged[shard] = -1;
    this.#segmentsAwaited.delete(shard);
    if (this.#sentOffset !== -1) this.#send(shard, fullDeltas(this.#parts(), this.#columns, this.#sentOffset)[shard]);
    this.#pump();
  }

  #pump(): void {
    while (this.#jobs !== null && this.#jobs.length > 0 && this.#segmentsAwaited.size === 0 && !this.#isHeld) {
      const job = this.#jobs[0];
      if (job.kind === 'changes' && !this.#mayPublish(job.changes)) return;
      // Reckoned anew after every wait: the image may have moved on, and what is written is what it is now.
      const needs = job.kind === 'all' ? this.#columns.needsOfAll() : this.#columns.needsOf(job.changes);
      if (this.#sendSegments(this.#options.shared.reserve(needs))) return;
      this.#jobs.shift();
      const deltas = job.kind === 'all' ? this.#publishAll() : this.#publishChanges(job.changes);
      for (const [shard, delta] of deltas.entries()) this.#send(shard, delta);
    }
  }

  #mayPublish(changes: ImageChanges): boolean {
    const resume = (): void => {
      this.#isHeld = false;
      this.#pump();
    };
    this.#isHeld = this.#options.mayPublish?.(changes, resume) === false;
    return !this.#isHeld;
  }

  #publishAll(): ShardDelta[] {
    const offset = this.#options.image.committed.offset;
    this.#columns.writeAll();
    this.#sentOffset = offset;
    return fullDeltas(this.#parts(), this.#columns, offset);
  }

  #publishChanges(changes: ImageChanges): ShardDelta[] {
    const written = this.#columns.write(changes);
    this.#sentOffset = changes.imageOffset;
    return incrementalDeltas(this.#parts(), written, changes);
  }

  #parts(): DeltaParts {
    const { image, nodeId, clusterId, shards } = this.#options;
    const kraftVersion = this.#options.kraftVersion();
    const kraftVersionChanged = kraftVersion !== this.#sentKraftVersion;
    this.#sentKraftVersion = kraftVersion;
    return { image: image.committed, nodeId, clusterId, shards, kraftVersion, kraftVersionChanged };
  }

  /** Whether there are any. */
  #sendSegments(segments: readonly SegmentMessage[]): boolean {
    if (segments.length === 0) return false;
    const number = ++this.#segmentsNumber;
    for (let shard = 0; shard < this.#options.shards; shard++) {
      this.#segmentsAwaited.add(shard);
      this.#options.send(shard, { kind: 'segments', number, segments });
    }
    return true;
  }

  #send(shard: ThreadIndex, delta: ShardDelta): void {
    this.#options.send(shard, { kind: 'delta', delta });
  }
}
