/** A deliberate fault in the code: text of a module that is replaced when the module is loaded. */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** How many seeds it is given to be found. */
  readonly seeds: number;
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
    file: 'engine/node/raft-driver.ts',
    from: 'if (this.#persisting > 0) this.#held.push(act);\n    else act();',
    to: 'act();',
    seeds: 400,
  },
  {
    name: 'a candidate need not have what is committed',
    file: 'engine/raft/requests.ts',
    from: 'return core.leaderId === -1 && upToDate;',
    to: 'return core.leaderId === -1;',
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
    name: 'a leader counts replicas for records of earlier epochs',
    file: 'engine/raft/leadership.ts',
    from: 'return agreed > this.epochStart ? agreed : -1;',
    to: 'return agreed;',
    seeds: 400,
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
    name: 'a leader does not compare the epoch in which a follower’s log ends',
    file: 'engine/raft/requests.ts',
    from: 'if (end.epoch !== epoch || end.offset < offset)',
    to: 'if (end.offset < offset)',
    seeds: 400,
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
    file: 'engine/node/raft-driver.ts',
    from: 'if (this.#flushing || this.#installing ||',
    to: 'if (this.#flushing ||',
    seeds: 1_000,
  },
  {
    name: 'a start takes what it finds in the page cache for durable',
    file: 'engine/node/raft-startup.ts',
    from: 'await completed((done) => log.flush(done));',
    to: '',
    seeds: 2_000,
  },
  {
    name: 'a truncation does not take back what counts as flushed',
    file: 'engine/node/raft-driver.ts',
    from: 'const offset = Math.min(target, this.#truncatedTo);',
    to: 'const offset = target;',
    seeds: 1_000,
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
];
