import type { ChangeVotersRequest, RaftError } from '../../../engine/raft/types.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
import { InvariantViolated } from '../checkers/checker.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { directoryIdOf, voterOf } from '../cluster/setup.ts';

/** A voter that has not caught up by then is not taken. */
const timeoutMs = 3_000;
const invariant = 'acknowledged changes of the voters stay';

/** Adds and removes voters (KIP-853), as an admin asks the leader of the quorum to, and knows what was acknowledged. */
export class VoterChanges {
  readonly #cluster: Cluster;
  readonly #random: SeededRandom;
  /** The last change that was acknowledged, while none was asked for since: then nobody knows. */
  #known: ChangeVotersRequest | null = null;
  #asked = 0;

  constructor(cluster: Cluster, random: SeededRandom) {
    this.#cluster = cluster;
    this.#random = random;
  }

  /** One change; none where nobody leads. */
  act(): void {
    const { leader, setup, world } = this.#cluster;
    const driver = leader?.quorum?.driver;
    if (leader === undefined || driver === undefined) return;
    const id = setup.voters[this.#random.below(setup.voters.length)]!;
    const isVoter = driver.voters.some((voter) => voter.id === id);
    // Two stay: while only the one that goes has the record of that for good, neither can be elected.
    if (isVoter && driver.voters.length <= 2) return;
    const request: ChangeVotersRequest = isVoter
      ? { kind: 'remove-voter', voter: { id, directoryId: directoryIdOf(id) }, timeoutMs }
      : { kind: 'add-voter', voter: voterOf(id), ackWhenCommitted: true, timeoutMs };
    this.#known = null;
    const number = ++this.#asked;
    world.trace.note(`${leader.id} is asked to ${request.kind} ${id}`);
    driver.receive(request, (response) => {
      const error: RaftError = response.error;
      world.trace.note(`${request.kind} ${id}: ${error}`);
      world.coverage.count(error === 'none' ? this.#nameOf(request, leader.id) : `voters stay: ${error}`);
      if (error === 'none' && number === this.#asked) this.#known = request;
    });
  }

  /** When all is quiet: what was acknowledged last is so in the log of whoever leads. */
  check(): void {
    const driver = this.#cluster.leader?.quorum?.driver;
    if (this.#known === null || driver === undefined) return;
    const { kind } = this.#known;
    if (kind === 'update-voter') return;
    const { id } = this.#known.voter;
    const isVoter = driver.voters.some((voter) => voter.id === id);
    if (isVoter === (kind === 'add-voter')) return;
    throw new InvariantViolated(
      invariant,
      `${kind} ${id} was acknowledged, and voters are ${driver.voters.map((each) => each.id)}`,
    );
  }

  #nameOf({ kind, voter }: ChangeVotersRequest, leaderId: number): string {
    if (kind === 'add-voter') return 'voter added';
    return voter.id === leaderId ? 'leader voted out' : 'voter removed';
  }
}
