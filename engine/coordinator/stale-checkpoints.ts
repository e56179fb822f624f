import { upkeepLimits } from '../base/limits.ts';
import type { ImageChanges } from '../metadata/image/states.ts';

/** Writes every checkpoint file without the lines of these topics. */
export type WriteWithout = (topics: ReadonlySet<string>) => Promise<void>;

/**
 * Checkpoint files name a log by its topic, and what a deleted topic left there would be taken for that of a topic made
 * again under its name: after a crash its log would begin where the old one had begun, and be verified from where the
 * old one was flushed. So those lines go before the new topic is published; it has no log before that.
 */
export class StaleCheckpoints {
  private readonly write: WriteWithout;
  /** Deleted since the files were last known to be without them. */
  private readonly removed = new Set<string>();
  private cleared: object | null = null;

  constructor(write: WriteWithout) {
    this.write = write;
  }

  /** False: the image is to wait until `resume` is called. */
  mayPublish(changes: Pick<ImageChanges, 'createdTopics' | 'removedTopics'>, resume: () => void): boolean {
    if (changes === this.cleared) return true;
    for (const { topic } of changes.removedTopics.values()) this.removed.add(topic.name);
    const again = new Set<string>();
    for (const { name } of changes.createdTopics.values()) if (this.removed.has(name)) again.add(name);
    if (again.size > 0) {
      this.forget(again).then(() => {
        this.cleared = changes;
        resume();
      });
      return false;
    }
    if (this.removed.size > upkeepLimits.removedTopics) void this.forget(new Set(this.removed));
    return true;
  }

  private async forget(topics: ReadonlySet<string>): Promise<void> {
    await this.write(topics);
    for (const name of topics) this.removed.delete(name);
  }
}
