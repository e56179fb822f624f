import type { MetadataImage } from '../../../engine/metadata/image/metadata-image.ts';
import { type Checker, InvariantViolated, nameOf, type Observed } from './checker.ts';

interface Seen {
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
}

const invariant = 'partitions make sense';

/** In every image: who is in sync is a replica, who leads is in sync, and the epochs of a partition never go back. */
export class IsrWithinReplicas implements Checker {
  readonly #seen = new Map<string, Seen>();

  image(node: Observed, image: MetadataImage): void {
    const { committed } = image;
    const { offset } = committed;
    for (const { id, name } of committed.topics.values()) {
      const block = committed.partitions(id);
      for (let index = 0; index < (block?.count ?? 0); index++) {
        const state = block!.get(index);
        if (state === undefined) continue;
        const where = `${name}-${index} at ${offset} on ${nameOf(node)}`;
        const { isr, replicas, leader, leaderEpoch, partitionEpoch } = state;
        const isSet = new Set(isr).size === isr.length;
        if (!isSet || isr.some((each) => !replicas.includes(each))) {
          throw new InvariantViolated(invariant, `${where}: ISR ${isr} of ${replicas}`);
        }
        if (leader >= 0 && !isr.includes(leader)) {
          throw new InvariantViolated(invariant, `${where}: ${leader} leads, in sync are ${isr}`);
        }
        this.#epochs(`${id}-${index}`, where, { offset, leaderEpoch, partitionEpoch });
      }
    }
  }

  #epochs(key: string, where: string, now: Seen): void {
    const before = this.#seen.get(key);
    if (before === undefined || now.offset > before.offset) this.#seen.set(key, now);
    if (before === undefined || now.offset <= before.offset) return;
    if (now.leaderEpoch < before.leaderEpoch || now.partitionEpoch < before.partitionEpoch) {
      throw new InvariantViolated(invariant, `${where}: the epochs go back`);
    }
  }
}
