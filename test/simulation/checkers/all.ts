import { AcknowledgedSurvives } from './acknowledged-survives.ts';
import type { Checker } from './checker.ts';
import { CommittedStays } from './committed-stays.ts';
import { EpochsRise } from './epochs-rise.ts';
import { ImagesEqual } from './images-equal.ts';
import { IsrWithinReplicas } from './isr-within-replicas.ts';
import { LogsMatch } from './logs-match.ts';
import { OneLeaderAnEpoch } from './one-leader-an-epoch.ts';
import { OneVoteAnEpoch } from './one-vote-an-epoch.ts';
import { WatermarksRise } from './watermarks-rise.ts';

/** Every invariant of a run. All are told all that is seen. */
export class Checkers {
  readonly logs = new LogsMatch();
  readonly leaders = new OneLeaderAnEpoch();
  readonly committed = new CommittedStays();
  readonly all: readonly Checker[] = [
    this.leaders,
    new OneVoteAnEpoch(),
    new EpochsRise(),
    new WatermarksRise(),
    this.logs,
    this.committed,
    new AcknowledgedSurvives(),
    new ImagesEqual(),
    new IsrWithinReplicas(),
  ];

  /** Tells each checker that wants to know. */
  tell(how: (checker: Checker) => void): void {
    for (const checker of this.all) how(checker);
  }
}
