/** A deliberate fault in the code: text of a module that is replaced when the module is loaded. */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** How many seeds it is given to be found. */
  readonly seeds: number;
  /** Seeds of whole brokers. */
  readonly withData?: boolean;
}

export const mutations: readonly Mutation[] = [
  {
    name: 'a voter votes for whoever asks, again and again',
    file: 'engine/raft/requests.ts',
    from: 'if (core.voted !== null) return sameReplica(core.voted, request.candidate);',
    to: 'if (core.voted !== null) core.voted = null;',
    seeds: 200,
  },
  {
    name: 'an answer does not wait until the vote is durable',
    file: 'engine/node/quorum/raft-driver.ts',
    from: 'if (this.#persisting > 0) this.#held.push(act);\n    else act();',
    to: 'act();',
    seeds: 400,
  },
  {
    name: 'a pre-vote is granted to whoever asks, and so is the vote',
    file: 'engine/raft/requests.ts',
    from: 'request.lastEpoch > end.epoch || (request.lastEpoch === end.epoch && request.lastOffset >= end.offset);',
    to: 'request.lastEpoch >= 0;',
    seeds: 200,
  },
  {
    name: 'a fetch acknowledges what is not flushed',
    file: 'engine/raft/poll.ts',
    from: 'if (core.flushedOffset < core.end.offset) return;',
    to: '',
    seeds: 200,
  },
  {
    name: 'a minority is enough to commit',
    file: 'engine/raft/leadership.ts',
    from: 'ends[this.#majority - 1]',
    to: 'ends[Math.max(0, this.#majority - 2)]',
    seeds: 200,
  },
  {
    name: 'a leader counts what it has written and not flushed',
    file: 'engine/raft/raft.ts',
    from: 'core.end = { offset: event.endOffset, epoch: core.epoch };',
    to: 'core.end = { offset: event.endOffset, epoch: core.epoch };\n        core.role.books.flushed(event.endOffset);',
    seeds: 400,
  },
  {
    name: 'a log that parts from the leader’s is not truncated',
    file: 'engine/raft/responses.ts',
    from: 'core.truncate(ours.epoch === theirs.epoch && ours.offset > theirs.offset ? theirs : ours);',
    to: '',
    seeds: 200,
  },
  {
    name: 'a new epoch alone is not made durable',
    file: 'engine/raft/core.ts',
    from: 'if (!isOwed && state.epoch === last.epoch && state.leaderId === last.leaderId && sameVote) return;',
    to: 'if (!isOwed && state.leaderId === last.leaderId && sameVote) return;',
    seeds: 200,
  },
  {
    name: 'a follower takes the leader’s high watermark for its own',
    file: 'engine/raft/responses.ts',
    from: 'Math.min(response.highWatermark, core.end.offset)',
    to: 'response.highWatermark',
    seeds: 200,
  },
  {
    name: 'a former leader does not count the votes of those who know it as the leader',
    file: 'engine/raft/requests.ts',
    from: 'if (leaderId === core.local.id) return core.leaderId === core.local.id;',
    to: "if (leaderId === core.local.id) return name === 'leader' || name === 'resigned';",
    seeds: 400,
  },
  {
    name: 'a node flushes while a snapshot is put in place',
    file: 'engine/node/quorum/raft-driver.ts',
    from: 'if (this.#flushing || this.#installing ||',
    to: 'if (this.#flushing ||',
    seeds: 1_000,
  },
  {
    name: 'a start takes what it finds in the page cache for durable',
    file: 'engine/node/quorum/raft-startup.ts',
    from: 'await completed((done) => log.flush(done));',
    to: '',
    seeds: 2_000,
  },
  {
    name: 'a deposed controller keeps what it wrote',
    file: 'engine/metadata/image/metadata-image.ts',
    from: 'this.#state.log.dropFrom(this.#highWatermark);',
    to: '',
    seeds: 200,
  },
  {
    name: 'a change is acknowledged before it is committed',
    file: 'engine/controller/waiting-requests.ts',
    from: 'if (offset <= this.#published) {',
    to: 'if (offset >= 0) {',
    seeds: 400,
  },
  {
    name: 'a segment on its way out is looked up still',
    file: 'engine/log/retention.ts',
    from: 'for (const segment of doomed) segment.isGone = true;',
    to: '',
    seeds: 400,
  },
  {
    name: 'a high watermark does not wait for followers',
    file: 'engine/replica/leadership.ts',
    from: 'if (follower.endOffset >= lowest) continue;',
    to: 'continue;',
    seeds: 200,
    withData: true,
  },
  {
    name: 'a record is acknowledged when its leader has it',
    file: 'engine/replica/partition.ts',
    from: 'if (append.acks === -1) this.unreplicated.add(append);',
    to: 'if (append.acks === -2) this.unreplicated.add(append);',
    seeds: 200,
    withData: true,
  },
  {
    name: 'a follower keeps what its leader does not have',
    file: 'engine/replica/follower.ts',
    from: 'this.cutTo(agreedEnd(this.partition.log, leaderEpoch, endOffset), done);',
    to: "done(agreedEnd(this.partition.log, leaderEpoch, endOffset) < 0 ? 'failed' : 'ok');",
    seeds: 200,
    withData: true,
  },
  {
    name: 'an ISR shrinks without the controller',
    file: 'engine/replica/leadership.ts',
    from: 'return isr.length === this.isr.length ? null : this.propose(isr, false);',
    to: 'this.isr = isr;\n    return null;',
    seeds: 600,
    withData: true,
  },
  {
    name: 'any live replica is elected where none is in sync',
    file: 'engine/controller/partition-change.ts',
    from: "const survivor = election === 'unclean' ?",
    to: "const survivor = election === 'online' ?",
    seeds: 300,
    withData: true,
  },
  {
    name: 'a broker that started unclean stays in sync',
    file: 'engine/controller/leadership.ts',
    from: 'return { ...outOfIsr(partition, id), uncleanBroker: id };',
    to: 'return null;',
    seeds: 600,
    withData: true,
  },
  {
    name: 'half of the voters are a majority',
    file: 'engine/raft/voter-set.ts',
    from: 'return Math.floor(this.voters.length / 2) + 1;',
    to: 'return Math.ceil(this.voters.length / 2);',
    seeds: 200,
  },
];
