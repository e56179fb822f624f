import type { MetadataListener } from '../quorum/metadata-log.ts';

/** Says when somebody else leads the quorum. The records are not its business. */
export class LeaderWatch implements MetadataListener {
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  leaderChanged(): void {
    this.#changed();
  }

  becameLeader(): void {
    this.#changed();
  }

  resigned(): void {
    this.#changed();
  }

  replay(): void {}

  committed(): void {}

  beginSnapshot(): void {}

  endSnapshot(): void {}

  snapshotRecords(): null {
    return null;
  }
}
