import { noLeader } from '../metadata/image/partition-state.ts';
import type { Election } from './partition-change.ts';
import { allowsUncleanElection, type PartitionChanger } from './partition-changer.ts';

/** Elections of one run: the others follow in the next, which is due at once. */
const electionsPerRun = 1000;

/** Moves leaderships back to the preferred replicas. Answers whether some may be left. */
export function balanceLeaders(changer: PartitionChanger): boolean {
  return electEach(changer, 'preferred');
}

/** Elects uncleanly where that is allowed and nobody leads. Answers whether some may be left. */
export function electUncleanLeaders(changer: PartitionChanger): boolean {
  return electEach(changer, 'unclean');
}

function electEach(changer: PartitionChanger, election: Election): boolean {
  const { image } = changer.context;
  for (const [topicId] of image.topics()) {
    if (election === 'unclean' && !allowsUncleanElection(changer.context, topicId)) continue;
    const count = image.partitionCount(topicId);
    for (let i = 0; i < count; i++) {
      if (changer.records.length >= electionsPerRun) return true;
      const leader = image.partitionLeader(topicId, i);
      if (election === 'unclean' ? leader !== noLeader : leader === image.partition(topicId, i)?.replicas[0]) continue;
      changer.change(topicId, i, { election });
    }
  }
  return false;
}
