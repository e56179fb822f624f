import { assert } from '../../base/assert.ts';
import type { ThreadIndex } from '../../base/brands.ts';
import type { Timer } from '../../base/clock.ts';
import { atLeastOneBatch, fetchEntry, fetchEntryWords } from '../../base/fetch-entry.ts';
import type { FetchReader } from '../../base/fetch-reader.ts';
import { getWide } from '../../base/words.ts';
import type { FetchCall, FetchTarget } from '../../broker/ports.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { FetchGroup } from '../../replica/fetch-group.ts';
import type { ChunkRef } from '../../ring/arena.ts';
import { kind } from '../kinds.ts';
import type { Link } from '../mesh.ts';
import { oversizeChunk } from '../oversize.ts';
import type { FetchRouter } from './fetch-router.ts';

const noChunk = -1;

/** The part of a call that one thread owns. */
export interface Part {
  readonly thread: ThreadIndex;
  readonly targets: readonly FetchTarget[];
  readonly words: Int32Array;
  readonly base: number;
  /** On this thread: the group itself. */
  readonly local: FetchGroup | undefined;
  readonly link: Link | undefined;
  readonly list: ChunkRef;
  readable: number;
  mustAnswer: boolean;
  /** Asked, and not answered yet. */
  isBusy: boolean;
  /** Its thread died; nothing more will come. */
  isDead: boolean;
  /** The batch that was larger than any chunk of the owner's, copied from there. */
  oversize: Uint8Array | undefined;
}

/** What a part is before anything was asked. */
export const newPart = { readable: 0, mustAnswer: false, isBusy: false, isDead: false, oversize: undefined };

/** One call on its way: probing, waiting, reading. */
export class RoutedFetch {
  readonly number: number;
  readonly reader: FetchReader;
  private readonly router: FetchRouter;
  private readonly call: FetchCall;
  private readonly parts: readonly Part[];
  private state: 'probing' | 'waiting' | 'reading' | 'readingAtOnce' | 'done' = 'probing';
  private outstanding = 0;
  private timer: Timer | undefined;
  private timedOut = false;
  private isCancelled = false;

  constructor(router: FetchRouter, number: number, call: FetchCall, parts: readonly Part[]) {
    this.router = router;
    this.number = number;
    this.call = call;
    this.parts = parts;
    this.reader = call.reader;
  }

  /**
   * With something to read for sure, and room for all that was asked, nothing is left to weigh: the owners read at once,
   * which spares each of them a round trip.
   */
  begin(): void {
    if (!this.mayReadAtOnce()) {
      this.probe();
      return;
    }
    this.state = 'readingAtOnce';
    for (const part of this.parts) {
      part.targets.forEach((_target, index) => {
        part.words[part.base + index * fetchEntryWords + fetchEntry.readable] = 1;
      });
    }
    dealBudgets(this.call, this.parts, (target) => this.router.hasRecords(target, this.reader));
    this.outstanding = this.parts.length;
    for (const part of this.parts) {
      part.isBusy = true;
      const { local } = part;
      if (local !== undefined) local.probe(() => local.read(() => this.partRead(part)));
      else assert(this.router.send(this, part, kind.fetchAtOnce), 'fetch: a credit was there a moment ago');
    }
  }

  private mayReadAtOnce(): boolean {
    const { targets, minBytes, maxBytes } = this.call;
    if (minBytes > 1) return false;
    let asked = 0;
    let some = false;
    for (const target of targets) {
      asked += target.maxBytes;
      some ||= this.router.hasRecords(target, this.reader);
    }
    return some && asked <= maxBytes;
  }

  /** True when the answer of a read at once says something; if not, it is waited for after all. */
  private saysSomething(): boolean {
    return this.parts.some((part) =>
      part.targets.some((_target, index) => {
        const at = part.base + index * fetchEntryWords;
        const { words } = part;
        return (
          part.isDead ||
          words[at + fetchEntry.errorCode] !== 0 ||
          words[at + fetchEntry.chunk] !== noChunk ||
          words[at + fetchEntry.divergingEpoch] !== -1 ||
          words[at + fetchEntry.preferredReplica] !== -1
        );
      }),
    );
  }

  private probe(): void {
    this.state = 'probing';
    this.outstanding = this.parts.length;
    for (const part of this.parts) {
      part.isBusy = true;
      if (part.local === undefined) {
        this.sendOrRetry(part, kind.fetchProbe);
        continue;
      }
      const { local } = part;
      local.probe(() => {
        this.noteLocal(part, local);
        if (this.state === 'probing') local.watch(() => this.localMoved(part, local));
        this.partProbed(part);
      });
    }
  }

  partProbed(part: Part): void {
    part.isBusy = false;
    this.outstanding -= 1;
    if (this.outstanding > 0 || this.state !== 'probing') return;
    this.state = 'waiting';
    if (this.readIfEnough()) return;
    this.timer = this.router.clock.schedule(this.call.maxWaitMs, () => {
      this.timedOut = true;
      this.readIfEnough();
    });
  }

  /** An owner has more to tell than at the probe. */
  moved(thread: ThreadIndex, readable: number, mustAnswer: boolean): void {
    if (this.state !== 'waiting') return;
    const part = this.parts.find((candidate) => candidate.thread === thread);
    if (part === undefined) return;
    part.readable = readable;
    part.mustAnswer = mustAnswer;
    this.readIfEnough();
  }

  partRead(part: Part): void {
    part.isBusy = false;
    this.outstanding -= 1;
    if (this.outstanding > 0) return;
    if (this.state === 'readingAtOnce' && !this.isCancelled && !this.saysSomething()) this.probe();
    else this.finish();
  }

  /** The connection is gone: nothing more is waited for. */
  cancel(): void {
    if (this.isCancelled) return;
    this.isCancelled = true;
    if (this.state !== 'waiting') return;
    for (const part of this.parts) {
      if (part.local !== undefined) part.local.cancel();
      else if (!part.isDead) this.router.sendCancel(this, part);
    }
    this.finish();
  }

  peerDied(thread: ThreadIndex): void {
    const part = this.parts.find((candidate) => candidate.thread === thread);
    if (part === undefined || this.state === 'done') return;
    for (const target of part.targets) target.errorCode = errorCode.NOT_LEADER_OR_FOLLOWER;
    part.mustAnswer = true;
    part.isDead = true;
    if (this.state === 'waiting') this.readIfEnough();
    else if (part.isBusy && this.state === 'probing') this.partProbed(part);
    else if (part.isBusy) this.partRead(part);
  }

  private noteLocal(part: Part, local: FetchGroup): void {
    part.readable = local.readable;
    part.mustAnswer = local.mustAnswer;
  }

  private localMoved(part: Part, local: FetchGroup): void {
    if (this.state !== 'waiting') return;
    local.evaluate();
    this.noteLocal(part, local);
    this.readIfEnough();
  }

  private readIfEnough(): boolean {
    let readable = 0;
    let mustAnswer = this.timedOut || this.isCancelled || this.call.maxWaitMs <= 0;
    for (const part of this.parts) {
      readable += part.readable;
      mustAnswer ||= part.mustAnswer;
    }
    if (!mustAnswer && readable < this.call.minBytes) return false;
    this.read();
    return true;
  }

  private read(): void {
    this.timer?.cancel();
    this.state = 'reading';
    dealBudgets(this.call, this.parts, (_target, readable) => readable > 0);
    this.outstanding = this.parts.length;
    for (const part of this.parts) {
      part.isBusy = true;
      if (part.local !== undefined) part.local.read(() => this.partRead(part));
      else this.sendOrRetry(part, kind.fetchRead);
    }
  }

  private sendOrRetry(part: Part, what: number): void {
    if (part.isDead) {
      if (part.isBusy) this.partRead(part);
      return;
    }
    if (this.router.send(this, part, what)) return;
    // No credit at the moment: the next turns bring one.
    this.router.clock.schedule(1, () => this.sendOrRetry(part, what));
  }

  private finish(): void {
    if (this.state === 'done') return;
    this.state = 'done';
    this.timer?.cancel();
    this.router.forget(this.number);
    const { arena, self } = this.router.mesh;
    for (const part of this.parts) {
      part.targets.forEach((target, index) => {
        this.takeResult(part, target, part.base + index * fetchEntryWords);
      });
      if (part.list !== noChunk) arena.release(part.list, self);
    }
    this.call.done();
  }

  private takeResult(part: Part, target: FetchTarget, at: number): void {
    const { words } = part;
    target.errorCode ||= words[at + fetchEntry.errorCode]!;
    target.highWatermark = getWide(words, at + fetchEntry.highWatermark);
    target.lastStableOffset = getWide(words, at + fetchEntry.lastStableOffset);
    target.logStartOffset = getWide(words, at + fetchEntry.logStartOffset);
    target.divergingEpoch = words[at + fetchEntry.divergingEpoch]!;
    target.divergingEndOffset = getWide(words, at + fetchEntry.divergingEndOffset);
    target.leaderEpoch = words[at + fetchEntry.leaderEpoch]!;
    target.preferredReplica = words[at + fetchEntry.preferredReplica]!;
    const chunk = words[at + fetchEntry.chunk]!;
    if (chunk === noChunk || part.isDead) return;
    if (chunk === oversizeChunk) {
      target.records = { bytes: part.oversize!, release: () => {} };
      return;
    }
    const bytes = this.router.bytesOf(part, chunk, words[at + fetchEntry.length]!);
    target.records = { bytes, release: () => this.router.release(part, chunk) };
  }
}

/** Hands max_bytes out in the order of the request; the first partition with records gets a batch, whatever its size. */
function dealBudgets(
  call: FetchCall,
  parts: readonly Part[],
  hasRecords: (target: FetchTarget, readable: number) => boolean,
): void {
  let left = call.maxBytes;
  let first = true;
  const indexes = new Map<ThreadIndex, number>();
  for (const target of call.targets) {
    const part = parts.find((candidate) => candidate.thread === target.shard)!;
    const index = indexes.get(part.thread) ?? 0;
    indexes.set(part.thread, index + 1);
    const at = part.base + index * fetchEntryWords;
    const readable = part.words[at + fetchEntry.readable]!;
    const budget = Math.max(Math.min(left, target.maxBytes), 0);
    const alwaysOne = first && hasRecords(target, readable);
    if (alwaysOne) first = false;
    part.words[at + fetchEntry.budget] = Math.min(budget, atLeastOneBatch - 1) | (alwaysOne ? atLeastOneBatch : 0);
    left -= Math.min(budget, readable);
  }
}
