/** What happened how often, by name. Every name that a run may see is listed: one that is never seen is found out. */
export const rarePaths = [
  'election',
  'pre-vote refused',
  'vote refused',
  'candidate without a majority',
  'leader without a majority resigns',
  'leader hands over',
  'truncation',
  'deposed with uncommitted records',
  'snapshot written',
  'snapshot installed',
  'old log removed',
  'leader starts again',
  'write in doubt at a power cut',
  'log shorter after a restart',
  'node ends at a disk fault',
  'connection reset',
  'change refused by a node that does not lead',
  'change without an answer',
  'change acknowledged',
  'broker fenced',
  'broker registered again',
  'voter added',
  'voter removed',
  'leader voted out',
  'voters stay: busy',
] as const;

/** What only whole brokers show. */
export const dataPaths = [
  'produce acknowledged',
  'produce without an answer',
  'produce refused: NOT_ENOUGH_REPLICAS',
  'produce refused: NOT_LEADER_OR_FOLLOWER',
  'an ISR shrinks',
  'an ISR grows',
  'an ISR of one',
  'an eligible leader outside of the ISR',
  'another leader',
  'nobody leads',
  'an unclean election',
  'a replica is truncated',
] as const;

export class Coverage {
  readonly #counts = new Map<string, number>();

  count(name: string, times = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + times);
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  add(other: Coverage): void {
    for (const [name, times] of other.#counts) this.count(name, times);
  }

  /** Those of `names` that were never seen. */
  missing(names: readonly string[]): string[] {
    return names.filter((name) => this.of(name) === 0);
  }

  table(): string {
    const rows = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return rows.map(([name, times]) => `${String(times).padStart(9)}  ${name}`).join('\n');
  }
}
