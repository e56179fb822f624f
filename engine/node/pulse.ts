import type { ThreadIndex } from '../base/brands.ts';
import type { Clock } from '../base/clock.ts';
import { limits } from '../base/limits.ts';
import type { Logger } from '../base/logger.ts';

/** Words of a thread's pulse; each has a cache line of its own. */
const strideWords = 16;
const pulseWord = { beats: 0, doing: 1 } as const;

/** What a thread is at. A request is `request` and its api key. */
export const activity = { waiting: 0, rings: 1, appending: 2, answering: 3, command: 4, request: 1000 } as const;

/** A thread's sign of life in shared words: it counts up in every turn and on a timer, and says what it is doing. */
export class Pulse {
  private readonly words: Int32Array;
  private readonly at: number;

  constructor(buffer: SharedArrayBuffer, thread: ThreadIndex) {
    this.words = new Int32Array(buffer);
    this.at = thread * strideWords;
  }

  static allocate(threads: number): SharedArrayBuffer {
    return new SharedArrayBuffer(threads * strideWords * 4);
  }

  beat(): void {
    this.words[this.at + pulseWord.beats]! += 1;
  }

  /** Plain stores: whoever looks does so seconds later. */
  doing(what: number): void {
    this.words[this.at + pulseWord.doing] = what;
  }
}

interface Watched {
  beats: number;
  /** When the beats were last seen to have moved; undefined while there is no such thread. */
  movedAtMs: number | undefined;
  isLate: boolean;
}

/** Looks at the pulses of all shards, from the coordinator. Clocks of threads differ, so it is beats that are compared. */
export class PulseWatch {
  private readonly words: Int32Array;
  private readonly shards: Watched[];
  private readonly clock: Clock;
  private readonly logger: Logger;
  private readonly stuckAfterMs: number;
  private checkedAtMs: number;
  /** A shard is so late that it is as good as gone: the controller shall hear no more heartbeats until it goes on. */
  isStuck = false;

  constructor(buffer: SharedArrayBuffer, shards: number, stuckAfterMs: number, clock: Clock, logger: Logger) {
    this.stuckAfterMs = stuckAfterMs;
    this.words = new Int32Array(buffer);
    this.clock = clock;
    this.logger = logger;
    this.checkedAtMs = clock.monotonicMs();
    this.shards = Array.from({ length: shards }, () => ({ beats: 0, movedAtMs: undefined, isLate: false }));
  }

  /** The shard lives from now on. */
  begin(shard: ThreadIndex): void {
    this.shards[shard] = { beats: this.beatsOf(shard), movedAtMs: this.clock.monotonicMs(), isLate: false };
  }

  /** The shard died. */
  end(shard: ThreadIndex): void {
    this.shards[shard] = { beats: 0, movedAtMs: undefined, isLate: false };
  }

  /** How long ago the shard last gave a sign of life, as far as was looked; undefined: there is no such thread. */
  silentMs(shard: ThreadIndex): number | undefined {
    const { movedAtMs } = this.shards[shard]!;
    return movedAtMs === undefined ? undefined : this.clock.monotonicMs() - movedAtMs;
  }

  /** To be called every `limits.pulseIntervalMs`. */
  check(): void {
    const now = this.clock.monotonicMs();
    // What this thread slept through is no fault of theirs.
    const missedMs = Math.max(0, now - this.checkedAtMs - 2 * limits.pulseIntervalMs);
    this.checkedAtMs = now;
    this.shards.forEach((watched, shard) => {
      if (watched.movedAtMs === undefined) return;
      const beats = this.beatsOf(shard);
      if (beats === watched.beats) {
        watched.movedAtMs += missedMs;
        this.late(watched, shard, now);
        return;
      }
      if (watched.isLate) {
        this.logger.warn({ shard, lateMs: Math.round(now - watched.movedAtMs) }, 'a shard that was late goes on');
      }
      watched.beats = beats;
      watched.movedAtMs = now;
      watched.isLate = false;
    });
    const wasStuck = this.isStuck;
    this.isStuck = this.shards.some(({ movedAtMs }) => movedAtMs !== undefined && now - movedAtMs > this.stuckAfterMs);
    if (this.isStuck && !wasStuck) this.logger.error({}, 'a shard is stuck: no heartbeats until it goes on');
  }

  private late(watched: Watched, shard: ThreadIndex, now: number): void {
    const lateMs = Math.round(now - watched.movedAtMs!);
    if (watched.isLate || lateMs <= limits.lateShardMs) return;
    watched.isLate = true;
    const what = Atomics.load(this.words, shard * strideWords + pulseWord.doing);
    this.logger.warn({ shard, lateMs, doing: nameOf(what) }, 'a shard is late');
  }

  private beatsOf(shard: ThreadIndex): number {
    return Atomics.load(this.words, shard * strideWords + pulseWord.beats);
  }
}

function nameOf(what: number): string {
  if (what >= activity.request) return `a request of api ${what - activity.request}`;
  const names = Object.entries(activity);
  return names.find(([, value]) => value === what)?.[0] ?? 'something unknown';
}
