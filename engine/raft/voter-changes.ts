/** The voters change one at a time, as records of the log (KIP-853). */
import { assert } from '../base/assert.ts';
import type { RaftCore, Role } from './core.ts';
import type { Leadership } from './leadership.ts';
import { answerParked, leaderError } from './requests.ts';
import type {
  AddVoterRequest,
  ChangeVotersRequest,
  KraftUpgradeRefusal,
  RaftError,
  RemoveVoterRequest,
  ReplicaKey,
  UpdateVoterRequest,
} from './types.ts';
import type { VoterSet } from './voter-set.ts';

/** An observer that has all of the log had it within this time, or it is too far behind to vote. */
const caughtUpMs = 3_600_000;

export function handleChangeVoters(core: RaftCore, id: number, request: ChangeVotersRequest) {
  const answer = (error: RaftError): void => core.respond(id, { kind: 'change-voters', ...core.answer(error) });
  const error = leaderError(core, 'epoch' in request ? request.epoch : core.epoch);
  if (error !== 'none') return answer(error);
  if (core.role.name !== 'leader') return answer('not-leader');
  const { books } = core.role;
  if (!books.announced || books.pendingVotersOffset >= 0) return answer('busy');
  if (core.voters.kraftVersion < 1) return answer(askedOfConfigured(books, request));
  const changed = changedVoters(core, books, request);
  if (typeof changed === 'string') return answer(changed);
  if (changed.equals(core.voters.latest)) return answer('none');
  core.appendControl([{ kind: 'voters', voters: changed.voters }]);
  books.pendingVotersOffset = core.end.offset - 1;
  if (request.kind === 'add-voter' && !request.ackWhenCommitted) answer('none');
  else {
    const deadlineMs = request.kind === 'update-voter' ? Number.POSITIVE_INFINITY : core.nowMs + request.timeoutMs;
    core.votersWaiting.push({ id, offset: core.end.offset - 1, deadlineMs });
  }
  answerParked(core);
}

/** The voters are configured (kraft.version 0): they only say who they are, for the time when they are not any more. */
function askedOfConfigured(books: Leadership, request: ChangeVotersRequest): RaftError {
  if (request.kind !== 'update-voter') return 'unsupported-version';
  const { voter } = request;
  if (voter.minKraftVersion > 0 || voter.maxKraftVersion < 0) return 'invalid-request';
  return books.tell(voter) ? 'none' : 'voter-not-found';
}

/** Why the voters cannot be moved from the configuration into the log, by `version` of kraft.version; null: they can. */
export function kraftUpgradeRefusal(core: RaftCore, version: number): KraftUpgradeRefusal | null {
  if (core.role.name !== 'leader') return 'not-leader';
  if (version === core.voters.kraftVersion) return null;
  if (version < core.voters.kraftVersion) return 'downgrade';
  return core.role.books.told.supports(version) ? null : 'not-supported-by-all';
}

/** The voters move from the configuration into the log (KIP-853), as they said of themselves. */
export function upgradeKraftVersion(core: RaftCore, version: number): void {
  assert(core.role.name === 'leader' && kraftUpgradeRefusal(core, version) === null, 'kraft.version cannot be raised');
  if (version === core.voters.kraftVersion) return;
  const { books } = core.role;
  core.appendControl([
    { kind: 'kraft-version', version },
    { kind: 'voters', voters: books.told.voters },
  ]);
  books.pendingVotersOffset = core.end.offset - 1;
  answerParked(core);
}

function changedVoters(core: RaftCore, books: Leadership, request: ChangeVotersRequest): VoterSet | RaftError {
  switch (request.kind) {
    case 'add-voter':
      return added(core, books, request);
    case 'remove-voter':
      return core.voters.latest.removed(request.voter) ?? 'voter-not-found';
    case 'update-voter':
      return core.voters.latest.updated(request.voter) ?? 'voter-not-found';
  }
}

function added(core: RaftCore, books: Leadership, { voter }: AddVoterRequest): VoterSet | RaftError {
  const { latest, kraftVersion } = core.voters;
  if (latest.byId(voter.id) !== undefined) return 'duplicate-voter';
  if (kraftVersion < voter.minKraftVersion || kraftVersion > voter.maxKraftVersion) return 'invalid-request';
  // A voter that is far behind counts for a majority, and would hold up what is committed until it has all.
  const caughtUpAtMs = books.lastCaughtUpMs(voter);
  if (caughtUpAtMs < 0 || core.nowMs - caughtUpAtMs > caughtUpMs) return 'lagging';
  return latest.added(voter);
}

/** Requests whose change was not committed in time are told so; the change itself may still be. */
export function expireVoterChanges(core: RaftCore): void {
  const late = core.votersWaiting.filter(({ deadlineMs }) => core.due(deadlineMs));
  if (late.length === 0) return;
  core.votersWaiting = core.votersWaiting.filter((each) => !late.includes(each));
  for (const { id } of late) core.respond(id, { kind: 'change-voters', ...core.answer('busy') });
}

/**
 * What a follower has to tell its leader about its own place among the voters, now and then: where it is reached, where
 * the voters say otherwise; that it wants to be one, if it does (controller.quorum.auto.join.enable). Null: nothing.
 */
function ownVoterChange(
  core: RaftCore,
  hasToldLeader: boolean,
): UpdateVoterRequest | AddVoterRequest | RemoveVoterRequest | null {
  const { local, endpoints, canBeVoter, autoJoin, requestTimeoutMs } = core.options;
  if (!canBeVoter || endpoints.length === 0) return null;
  const own = core.ownVoter;
  const set = core.voters.latest;
  // Each leader is told anew: the log does not say it.
  if (core.voters.kraftVersion < 1) {
    return hasToldLeader || !set.has(local) ? null : { kind: 'update-voter', epoch: core.epoch, voter: own };
  }
  if (set.has(local)) {
    const isAsTold = set.updated(own)?.equals(set) ?? true;
    return isAsTold ? null : { kind: 'update-voter', epoch: core.epoch, voter: own };
  }
  if (!autoJoin) return null;
  const former: ReplicaKey | undefined = set.byId(local.id);
  // Its disk was another one: the voter that it was does not come back.
  if (former !== undefined) return { kind: 'remove-voter', voter: former, timeoutMs: requestTimeoutMs };
  return { kind: 'add-voter', voter: own, ackWhenCommitted: false, timeoutMs: requestTimeoutMs };
}

/** Sends what `ownVoterChange` says, once in a while. @returns whether a request is under way in place of a fetch. */
export function tellOwnVoter(core: RaftCore, role: Extract<Role, { name: 'follower' }>): boolean {
  if (!role.hasFetched || !core.due(role.nextVoterChangeMs)) return false;
  const request = ownVoterChange(core, role.hasToldLeader);
  // Mostly a fetch is under way: the turn comes with its answer.
  if (request !== null && !core.send(role.leaderId, request)) return false;
  role.nextVoterChangeMs = core.nowMs + core.options.fetchTimeoutMs;
  core.due(role.nextVoterChangeMs);
  return request !== null;
}
