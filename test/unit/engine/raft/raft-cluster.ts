import assert from 'node:assert/strict';
import { zeroUuid } from '../../../../engine/base/brands.ts';
import type { Random } from '../../../../engine/base/random.ts';
import { Raft } from '../../../../engine/raft/raft.ts';
import {
  type ControlRecord,
  defaultRaftTimings,
  type ElectionState,
  type OffsetAndEpoch,
  type RaftEffect,
  type RaftEvent,
  type RaftLogView,
  type RaftRequest,
  type RaftResponse,
  type ReplicatedBatch,
  type Voter,
} from '../../../../engine/raft/types.ts';

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  return {
    below: (bound) => next() % bound,
    fill: (into) => {
      for (let index = 0; index < into.length; index++) into[index] = next();
    },
  };
}

export interface Batch extends ReplicatedBatch {
  readonly text: string;
}

export function textOf(batch: ReplicatedBatch): string {
  const control = batch.control?.map((record) => record.kind).join('+');
  return `${batch.baseOffset}@${batch.epoch}:${control ?? new TextDecoder().decode(batch.bytes)}`;
}

/** A log in memory that forgets what was not flushed when its node crashes. */
export class MemoryLog implements RaftLogView {
  batches: ReplicatedBatch[] = [];
  base: OffsetAndEpoch = { offset: 0, epoch: 0 };
  snapshot: (OffsetAndEpoch & { batches: readonly ReplicatedBatch[] }) | null = null;
  flushed = 0;

  start(): OffsetAndEpoch {
    return this.base;
  }

  end(): OffsetAndEpoch {
    const last = this.batches.at(-1);
    return last === undefined ? this.base : { offset: last.lastOffset + 1, epoch: last.epoch };
  }

  endOfEpoch(epoch: number): OffsetAndEpoch {
    const last = this.batches.findLast((batch) => batch.epoch <= epoch);
    return last === undefined ? this.base : { offset: last.lastOffset + 1, epoch: last.epoch };
  }

  latestSnapshot(): OffsetAndEpoch | null {
    return this.snapshot;
  }

  append(batch: ReplicatedBatch): void {
    assert.equal(batch.baseOffset, this.end().offset);
    this.batches.push(batch);
  }

  truncate(offset: number): void {
    this.batches = this.batches.filter((batch) => batch.lastOffset < offset);
    this.flushed = Math.min(this.flushed, offset);
  }

  /** Cuts the log behind a snapshot at `offset`; a batch that spans it stays. */
  takeSnapshot(offset: number): void {
    const contained = this.batches.filter((batch) => batch.lastOffset < offset);
    const last = contained.at(-1);
    if (last === undefined) return;
    const before = this.snapshot?.batches ?? [];
    this.snapshot = { offset: last.lastOffset + 1, epoch: last.epoch, batches: [...before, ...contained] };
    this.base = { offset: this.snapshot.offset, epoch: this.snapshot.epoch };
    this.batches = this.batches.filter((batch) => batch.lastOffset >= offset);
  }

  all(): readonly ReplicatedBatch[] {
    return [...(this.snapshot?.batches ?? []), ...this.batches];
  }
}

export interface ClusterOptions {
  readonly seed: number;
  readonly voters: readonly number[];
  readonly observers?: readonly number[];
  /** Controllers that are no voters: those that wait to be made one, and those that ask for it. */
  readonly spares?: readonly number[];
  readonly joiners?: readonly number[];
  readonly dynamic?: boolean;
  readonly latencyMs?: () => number;
  readonly note?: (line: string) => void;
}

interface Flight {
  readonly atMs: number;
  readonly sequence: number;
  readonly deliver: () => void;
}

export function voterOf(id: number, port = 9000 + id): Voter {
  return {
    id,
    directoryId: directoryOf(id),
    endpoints: [{ name: 'CONTROLLER', host: 'host', port }],
    minKraftVersion: 0,
    maxKraftVersion: 1,
  };
}

function allIds({ voters, observers = [], spares = [], joiners = [] }: ClusterOptions): number[] {
  return [...voters, ...observers, ...spares, ...joiners];
}

function directoryOf(id: number): string {
  return `directory-${id}`.padEnd(22, '_');
}

export class Node {
  readonly id: number;
  readonly cluster: Cluster;
  readonly log = new MemoryLog();
  readonly random: Random;
  state: ElectionState | null = null;
  raft: Raft | null = null;
  autoFlush = true;
  port: number;
  highWatermark = -1;
  incarnation = 0;
  #incoming: Uint8Array[] = [];

  constructor(cluster: Cluster, id: number, seed: number) {
    this.cluster = cluster;
    this.id = id;
    this.port = 9000 + id;
    this.random = seededRandom(seed * 1000 + id);
  }

  start(): void {
    const { dynamic, voters, spares = [], joiners = [] } = this.cluster.options;
    const initial = voters.map((id) => voterOf(id));
    const inLog = this.log
      .all()
      .flatMap((batch) => (batch.control ?? []).map((record, index) => ({ offset: batch.baseOffset + index, record })));
    const records = inLog.flatMap(({ offset, record }) =>
      record.kind === 'voters' ? [{ offset, voters: record.voters }] : [],
    );
    const versions = inLog.flatMap(({ offset, record }) =>
      record.kind === 'kraft-version' ? [{ offset, version: record.version }] : [],
    );
    this.incarnation++;
    this.raft = new Raft({
      options: {
        ...defaultRaftTimings,
        local: { id: this.id, directoryId: directoryOf(this.id) },
        endpoints: voterOf(this.id, this.port).endpoints,
        canBeVoter: [...voters, ...spares, ...joiners].includes(this.id),
        autoJoin: joiners.includes(this.id),
        bootstrapServers: 0,
      },
      log: this.log,
      random: this.random,
      state: this.state,
      // Of configured voters no more is known than where they are.
      staticVoters: dynamic ? [] : initial.map((voter) => ({ ...voter, directoryId: zeroUuid, maxKraftVersion: 0 })),
      votersInLog: [...(dynamic ? [{ offset: -1, voters: initial }] : []), ...records],
      kraftVersionsInLog: [...(dynamic ? [{ offset: -1, version: 1 }] : []), ...versions],
    });
    this.log.flushed = this.log.end().offset;
    this.highWatermark = -1;
    this.step({ type: 'start' });
  }

  crash(): void {
    this.raft = null;
    this.log.truncate(this.log.flushed);
    this.#incoming = [];
  }

  step(event: RaftEvent): void {
    if (this.raft === null) return;
    const before = `${this.raft.roleName} epoch=${this.raft.epoch} leader=${this.raft.leaderId}`;
    const effects = this.raft.step(event, this.cluster.nowMs);
    const after = `${this.raft.roleName} epoch=${this.raft.epoch} leader=${this.raft.leaderId}`;
    if (before !== after || event.type === 'start') this.cluster.note(`${this.id}: ${after}`);
    for (const effect of effects) this.#perform(effect);
    if (this.autoFlush) this.flush();
  }

  flush(): void {
    const { offset } = this.log.end();
    if (this.raft === null || offset <= this.log.flushed) return;
    this.log.flushed = offset;
    this.step({ type: 'flushed', offset });
  }

  append(text: string) {
    if (this.raft?.canAppend !== true) return this.cluster.note(`${this.id}: cannot append`);
    const { offset } = this.log.end();
    const bytes = new TextEncoder().encode(text);
    this.log.append({ baseOffset: offset, lastOffset: offset, epoch: this.raft.epoch, control: null, bytes });
    this.cluster.note(`${this.id}: appends ${offset}@${this.raft.epoch}:${text}`);
    this.step({ type: 'appended', endOffset: offset + 1 });
  }

  #perform(effect: RaftEffect): void {
    const { cluster, log } = this;
    switch (effect.type) {
      case 'persist':
        this.state = effect.state;
        return;
      case 'append-control':
        this.#appendControl(effect.epoch, effect.records);
        return;
      case 'append-batches':
        for (const batch of effect.batches) log.append(batch);
        cluster.note(`${this.id}: takes ${effect.batches.map(textOf).join(' ')}`);
        return;
      case 'truncate':
        cluster.note(`${this.id}: truncates from ${log.end().offset} to ${effect.offset}`);
        log.truncate(effect.offset);
        return;
      case 'send':
        cluster.sendRequest(this, effect.correlation, effect.to, effect.request);
        return;
      case 'respond':
        cluster.sendResponse(this, effect.id, this.#filled(effect.response, effect.readFrom));
        return;
      case 'high-watermark':
        this.highWatermark = effect.offset;
        cluster.note(`${this.id}: high watermark ${effect.offset}`);
        cluster.onHighWatermark(this, effect.offset);
        return;
      case 'became-leader':
        cluster.note(`${this.id}: may write from ${effect.epochStart} on, epoch ${effect.epoch}`);
        return;
      case 'snapshot-bytes':
        if (effect.positionBytes === 0) this.#incoming = [];
        this.#incoming.push(effect.bytes);
        return;
      case 'snapshot-complete':
        this.#install(effect.id);
        return;
      case 'voters':
        cluster.note(`${this.id}: voters ${effect.voters.map((v) => `${v.id}:${v.endpoints[0].port}`).join(' ')}`);
        return;
      case 'leader':
        if (effect.leaderId === this.id) cluster.onLeader(this.id, effect.epoch);
        return;
      case 'resigned':
        return;
    }
  }

  #appendControl(epoch: number, records: readonly ControlRecord[]): void {
    const baseOffset = this.log.end().offset;
    const lastOffset = baseOffset + records.length - 1;
    const batch = { baseOffset, lastOffset, epoch, control: records, bytes: new Uint8Array(0) };
    this.log.append(batch);
    this.cluster.note(`${this.id}: appends ${textOf(batch)}`);
  }

  #filled(response: RaftResponse, readFrom: number): RaftResponse {
    if (response.kind === 'fetch' && readFrom >= 0) {
      return { ...response, batches: this.log.batches.filter((batch) => batch.baseOffset >= readFrom).slice(0, 3) };
    }
    if (response.kind !== 'fetch-snapshot' || response.error !== 'none') return response;
    const { snapshot } = this.log;
    if (snapshot === null || snapshot.offset !== response.snapshot.offset) {
      return { ...response, error: 'snapshot-not-found' };
    }
    const whole = new TextEncoder().encode(JSON.stringify(snapshot.batches, (_, value) => packed(value)));
    const bytes = whole.slice(response.positionBytes, response.positionBytes + 400);
    return { ...response, sizeBytes: whole.length, bytes };
  }

  #install(id: OffsetAndEpoch): void {
    const whole = Buffer.concat(this.#incoming);
    this.#incoming = [];
    const batches: ReplicatedBatch[] = JSON.parse(whole.toString(), (_, value) => unpacked(value));
    this.log.batches = [];
    this.log.base = id;
    this.log.snapshot = { ...id, batches };
    this.log.flushed = id.offset;
    this.cluster.note(`${this.id}: loads snapshot ${id.offset}-${id.epoch}`);
    const records = batches.flatMap((batch) => batch.control ?? []);
    const voters = records.findLast((record) => record.kind === 'voters');
    const version = records.findLast((record) => record.kind === 'kraft-version');
    this.step({
      type: 'snapshot-installed',
      voters: voters?.voters ?? null,
      kraftVersion: version?.version ?? 0,
    });
  }
}

function packed(value: unknown): unknown {
  return value instanceof Uint8Array ? { text: new TextDecoder().decode(value) } : value;
}

function unpacked(value: unknown): unknown {
  const isPacked = typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
  return isPacked ? new TextEncoder().encode(String(value.text)) : value;
}

/** Nodes, a network with cuts, and one clock: everything happens in the order of time, then of sending. */
export class Cluster {
  readonly options: ClusterOptions;
  readonly nodes = new Map<number, Node>();
  readonly cuts = new Set<string>();
  nowMs = 0;
  showFetches = false;
  readonly onHighWatermark: (node: Node, offset: number) => void;
  readonly onLeader: (id: number, epoch: number) => void;
  #flights: Flight[] = [];
  #sequence = 0;
  #requestId = 1;
  readonly #waiting = new Map<number, { from: number; incarnation: number; correlation: number; kind: string }>();

  constructor(
    options: ClusterOptions,
    onHighWatermark = (_: Node, __: number): void => {},
    onLeader = (_: number, __: number): void => {},
  ) {
    this.options = options;
    this.onHighWatermark = onHighWatermark;
    this.onLeader = onLeader;
    for (const id of allIds(options)) {
      this.nodes.set(id, new Node(this, id, options.seed));
    }
  }

  note(line: string): void {
    this.options.note?.(line);
  }

  node(id: number): Node {
    const node = this.nodes.get(id);
    assert(node !== undefined, `no node ${id}`);
    return node;
  }

  isCut(from: number, to: number): boolean {
    return this.cuts.has(`${from}-${to}`);
  }

  sendRequest(from: Node, correlation: number, to: number, request: RaftRequest): void {
    this.#show(from.id, to, request, undefined);
    const { incarnation } = from;
    this.#fly(() => {
      const node = this.nodes.get(to);
      if (this.isCut(from.id, to)) return;
      if (node === undefined || node.raft === null) {
        this.#fly(() => from.incarnation === incarnation && from.step({ type: 'unanswered', correlation }));
        return;
      }
      const id = this.#requestId++;
      this.#waiting.set(id, { from: from.id, incarnation, correlation, kind: request.kind });
      node.step({ type: 'request', id, request });
    });
  }

  sendResponse(from: Node, id: number, response: RaftResponse): void {
    const asked = this.#waiting.get(id);
    assert(asked !== undefined, `request ${id} is answered twice`);
    this.#waiting.delete(id);
    const answeredBy = asked.kind.endsWith('-voter') ? 'change-voters' : asked.kind;
    assert.equal(answeredBy, response.kind);
    this.#show(from.id, asked.from, undefined, response);
    this.#fly(() => {
      const node = this.node(asked.from);
      if (this.isCut(from.id, asked.from) || node.incarnation !== asked.incarnation) return;
      node.step({ type: 'response', correlation: asked.correlation, response });
    });
  }

  advance(ms: number): void {
    const endMs = this.nowMs + ms;
    for (let turns = 0; ; turns++) {
      assert(turns < 100_000, 'time stands still');
      const flight = this.#flights.reduce<Flight | null>(
        (first, each) =>
          first === null || each.atMs < first.atMs || (each.atMs === first.atMs && each.sequence < first.sequence)
            ? each
            : first,
        null,
      );
      let wakeMs = Number.POSITIVE_INFINITY;
      let sleeper: Node | null = null;
      for (const node of this.nodes.values()) {
        const at = node.raft?.nextDeadlineMs ?? Number.POSITIVE_INFINITY;
        if (at < wakeMs) {
          wakeMs = at;
          sleeper = node;
        }
      }
      const atMs = Math.min(flight?.atMs ?? Number.POSITIVE_INFINITY, wakeMs);
      if (atMs > endMs) break;
      this.nowMs = Math.max(this.nowMs, atMs);
      if (flight !== null && flight.atMs <= wakeMs) {
        this.#flights.splice(this.#flights.indexOf(flight), 1);
        flight.deliver();
      } else sleeper?.step({ type: 'tick' });
    }
    this.nowMs = endMs;
  }

  #fly(deliver: () => void): void {
    this.#flights.push({ atMs: this.nowMs + (this.options.latencyMs?.() ?? 1), sequence: this.#sequence++, deliver });
  }

  #show(from: number, to: number, request: RaftRequest | undefined, response: RaftResponse | undefined): void {
    const kind = request?.kind ?? response?.kind;
    if (this.options.note === undefined || (kind === 'fetch' && !this.showFetches && !isNews(response))) return;
    this.note(`${from} → ${to} ${request === undefined ? describeResponse(response!) : describeRequest(request)}`);
  }
}

function isNews(response: RaftResponse | undefined): boolean {
  return response?.kind === 'fetch' && (response.diverging !== null || response.snapshot !== null);
}

function at(position: OffsetAndEpoch): string {
  return `${position.offset}@${position.epoch}`;
}

function describeRequest(request: RaftRequest): string {
  switch (request.kind) {
    case 'vote': {
      const log = at({ offset: request.lastOffset, epoch: request.lastEpoch });
      return `${request.preVote ? 'pre-vote' : 'vote'} epoch=${request.epoch} log=${log}`;
    }
    case 'begin-epoch':
      return `begin-epoch epoch=${request.epoch}`;
    case 'end-epoch':
      return `end-epoch epoch=${request.epoch} preferred=${request.preferred.map((key) => key.id).join(',')}`;
    case 'fetch':
      return `fetch epoch=${request.epoch} log=${at({ offset: request.offset, epoch: request.lastEpoch })}`;
    case 'fetch-snapshot':
      return `fetch-snapshot ${at(request.snapshot)} position=${request.positionBytes}`;
    case 'update-voter':
    case 'add-voter':
    case 'remove-voter':
      return `${request.kind} ${request.voter.id}`;
  }
}

function describeResponse(response: RaftResponse): string {
  const known = `epoch=${response.epoch} leader=${response.leaderId}`;
  const error = response.error === 'none' ? '' : ` ${response.error}`;
  switch (response.kind) {
    case 'vote':
      return `${response.granted ? 'granted' : 'refused'}${error} ${known}`;
    case 'fetch': {
      const diverging = response.diverging === null ? '' : ` diverging at ${at(response.diverging)}`;
      const snapshot = response.snapshot === null ? '' : ` take snapshot ${at(response.snapshot)}`;
      const batches = response.batches.length === 0 ? '' : ` ${response.batches.map(textOf).join(' ')}`;
      return `fetched${error} hw=${response.highWatermark}${diverging}${snapshot}${batches} ${known}`;
    }
    case 'fetch-snapshot':
      return `snapshot${error} ${response.bytes.length} bytes of ${response.sizeBytes}`;
    default:
      return `${response.kind} answered${error} ${known}`;
  }
}
