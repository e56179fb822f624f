import type { ShardStats } from '../node/shard-stats.ts';
import type { ShardCommand } from '../node/shard-task.ts';

/** Asks shards what they hold and wait for. */
export class ShardStatsQuestions {
  private readonly send: (shard: number, command: ShardCommand) => void;
  private number = 0;
  private readonly waiting = new Map<number, (stats: ShardStats) => void>();

  constructor(send: (shard: number, command: ShardCommand) => void) {
    this.send = send;
  }

  ask(shards: number): Promise<ShardStats[]> {
    const ofShard = (shard: number): Promise<ShardStats> =>
      new Promise((resolve) => {
        this.number += 1;
        this.waiting.set(this.number, resolve);
        this.send(shard, { kind: 'stats', number: this.number });
      });
    return Promise.all(Array.from({ length: shards }, (_, shard) => ofShard(shard)));
  }

  answered(number: number, stats: ShardStats): void {
    this.waiting.get(number)?.(stats);
    this.waiting.delete(number);
  }
}
