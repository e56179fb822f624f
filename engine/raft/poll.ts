import type { NodeId } from '../base/brands.ts';
import type { RaftCore, Role } from './core.ts';
import { answerParked } from './requests.ts';
import type { Voter } from './types.ts';
import { expireVoterChanges, tellOwnVoter } from './voter-changes.ts';

/** How long a leader may hold back a fetch that finds nothing new. */
const fetchMaxWaitMs = 500;

type RoleOf<N extends Role['name']> = Extract<Role, { name: N }>;

/** What time asks of the machine: deadlines that have passed, and requests that are to be sent. */
export function poll(core: RaftCore) {
  core.wakeMs = Number.POSITIVE_INFINITY;
  if (core.isInstalling) return;
  let role: Role;
  do {
    role = core.role;
    pollRole(core, role);
  } while (core.role !== role);
}

function pollRole(core: RaftCore, role: Role) {
  switch (role.name) {
    case 'unattached':
      if (core.isVoter() && core.due(role.deadlineMs)) core.becomeProspective();
      else fetchFromAnyone(core);
      return;
    case 'prospective':
      return pollProspective(core, role);
    case 'candidate':
      return pollCandidate(core, role);
    case 'leader':
      return pollLeader(core, role);
    case 'follower':
      return pollFollower(core, role);
    case 'resigned':
      return pollResigned(core, role);
  }
}

function others(core: RaftCore): Voter[] {
  return core.voters.latest.voters.filter((voter) => voter.id !== core.local.id);
}

function pollProspective(core: RaftCore, role: RoleOf<'prospective'>) {
  if (!core.isVoter()) return core.becomeUnattached(core.epoch, core.leaderId);
  if (core.due(role.deadlineMs)) {
    if (core.leaderId >= 0 && core.leaderId !== core.local.id) core.becomeFollower(core.epoch, core.leaderId);
    else core.becomeUnattached(core.epoch, core.leaderId);
    return;
  }
  sendVotes(core, role, true);
}

function pollCandidate(core: RaftCore, role: RoleOf<'candidate'>) {
  if (!core.isVoter()) return core.becomeUnattached(core.epoch, core.leaderId);
  if (role.backoffUntilMs >= 0) {
    if (core.due(role.backoffUntilMs)) core.becomeProspective();
  } else if (core.due(role.deadlineMs)) core.becomeProspective();
  else sendVotes(core, role, false);
}

function sendVotes(core: RaftCore, role: RoleOf<'prospective' | 'candidate'>, preVote: boolean) {
  for (const voter of others(core)) {
    if (role.ballot.hasAnswered(voter.id)) continue;
    core.send(voter.id, {
      kind: 'vote',
      candidate: core.local,
      epoch: core.epoch,
      voter: { id: voter.id, directoryId: voter.directoryId },
      lastOffset: core.end.offset,
      lastEpoch: core.end.epoch,
      preVote,
    });
  }
}

function pollLeader(core: RaftCore, role: RoleOf<'leader'>) {
  const { books } = role;
  if (books.needsOthers() && core.due(books.checkQuorumDeadlineMs)) return core.becomeResigned();
  answerParked(core);
  expireVoterChanges(core);
  const periodic = books.needsOthers() && core.due(books.nextBeginEpochMs);
  if (periodic) {
    books.nextBeginEpochMs = core.nowMs + core.options.fetchTimeoutMs / 2;
    core.due(books.nextBeginEpochMs);
  }
  for (const replica of books.peers()) {
    const silent = periodic && core.nowMs - replica.lastFetchMs >= core.options.fetchTimeoutMs / 2;
    if (replica.acknowledgedEpoch && !silent) continue;
    core.send(replica.key.id, {
      kind: 'begin-epoch',
      leaderId: core.local.id,
      epoch: core.epoch,
      voter: replica.key,
      endpoints: core.options.endpoints,
    });
  }
}

function pollFollower(core: RaftCore, role: RoleOf<'follower'>) {
  const late = core.due(role.fetchDeadlineMs);
  if (late && core.isVoter()) return core.becomeProspective();
  // Whom it observes it has lost touch with: a leader that counts on it for a majority, unknown to it, needs its vote.
  if (late) role.hasFetched = false;
  if (role.snapshot !== null) {
    core.send(role.leaderId, {
      kind: 'fetch-snapshot',
      replica: core.local,
      epoch: core.epoch,
      snapshot: role.snapshot.id,
      positionBytes: role.snapshot.positionBytes,
    });
  } else if (late) fetchFromAnyone(core);
  else if (!tellOwnVoter(core, role)) fetchFrom(core, role.leaderId, fetchMaxWaitMs);
}

/** A fetch acknowledges all below its offset, so it waits until that is flushed. */
function fetchFrom(core: RaftCore, to: NodeId, maxWaitMs: number) {
  if (core.flushedOffset < core.end.offset) return;
  core.send(to, {
    kind: 'fetch',
    replica: core.local,
    epoch: core.epoch,
    offset: core.end.offset,
    lastEpoch: core.end.epoch,
    highWatermark: core.highWatermark,
    maxWaitMs,
  });
}

/** Whoever answers tells who leads. */
function fetchFromAnyone(core: RaftCore) {
  for (const peer of core.peers.values()) if (peer.request !== null && !core.due(peer.deadlineMs)) return;
  const { bootstrapServers } = core.options;
  if (bootstrapServers > 0) return fetchFrom(core, -2 - core.random.below(bootstrapServers), 0);
  const voters = others(core);
  if (voters.length > 0) fetchFrom(core, voters[core.random.below(voters.length)].id, 0);
}

function pollResigned(core: RaftCore, role: RoleOf<'resigned'>) {
  if (core.due(role.deadlineMs)) {
    if (core.isVoter()) core.becomeProspective();
    else core.becomeUnattached(core.epoch, core.leaderId);
    return;
  }
  for (const id of role.unaware) {
    core.send(id, {
      kind: 'end-epoch',
      leaderId: core.local.id,
      epoch: core.epoch,
      preferred: role.preferred,
    });
  }
}
