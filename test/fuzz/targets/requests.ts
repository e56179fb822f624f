/**
 * Requests of every API and version that a listener names, at connections, dispatch and handlers as they are: made from
 * the schemas, mutated, recorded from real clients, with broken headers and frames, whole or in pieces, one by one or
 * many at once.
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiVersionsResponse } from '#engine/protocol/generated/api-versions-response.js';
import { Reader } from '#engine/protocol/reader.ts';
import { holdings } from '../../support/embedded-node.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
import type { FakeClient } from '../../support/shard-group.ts';
import { patienceMs } from '../../support/until.ts';
import { mutate, mutateShape } from '../mutate.ts';
import { checkErrorCodes, unknownErrorCause } from '../support/answers.ts';
import { BatchMaker } from '../support/batch-maker.ts';
import { FuzzNode } from '../support/fuzz-node.ts';
import { recordedFrames } from '../support/recorded-frames.ts';
import { RequestMaker, type Wildness } from '../support/request-maker.ts';
import {
  encodeBody,
  type Origin,
  type Read,
  readAndCompare,
  requestOf,
  type ServedApi,
  servedApis,
  withSize,
} from '../support/served-apis.ts';
import { checkSteady } from '../support/steady-topic.ts';
import {
  type CaseOutcome,
  FuzzFailure,
  type FuzzRound,
  type FuzzTarget,
  hex,
  pick,
  pickWeighted,
} from '../support/target.ts';

type ListenerName = 'broker' | 'controller';

const casesPerCheck = 100;
const mostAtOnce = 9;
const betweenChecksMs = 60_000;
const apiVersionsKey = 18;
const produceKey = 0;
/** A wait that is shorter is waited for; a longer one ends when its client goes. */
const longestWaitMs = 5000;

let batches: Promise<BatchMaker> | undefined;
const serves = new Map<ListenerName, Map<number, ServedApi>>();

export function requestsTarget(listener: ListenerName, weight: number): FuzzTarget {
  return {
    name: `${listener}-requests`,
    weight,
    casesPerRound: 2000,
    begin: async () => {
      batches ??= BatchMaker.create(1_700_000_000_000);
      const round = new RequestRound(listener, await FuzzNode.create(), await batches);
      await round.start();
      return round;
    },
  };
}

/** A frame that was sent, and what may come of it. */
interface Sent {
  readonly frame: Uint8Array;
  readonly api: ServedApi | undefined;
  readonly version: number;
  readonly correlationId: number;
  /** Undefined: no request can be read from it. */
  readonly read: Read | undefined;
}

class RequestRound implements FuzzRound {
  private readonly listenerName: ListenerName;
  private readonly node: FuzzNode;
  private readonly batches: BatchMaker;
  private apis!: Map<number, ServedApi>;
  private client: FakeClient | undefined;
  private held!: object[];
  private correlationId = 100;
  private cases = 0;

  constructor(listener: ListenerName, node: FuzzNode, maker: BatchMaker) {
    this.listenerName = listener;
    this.node = node;
    this.batches = maker;
  }

  async start(): Promise<void> {
    const known = serves.get(this.listenerName) ?? (await this.askApis());
    serves.set(this.listenerName, known);
    this.apis = known;
    await checkSteady(this.node);
    this.held = await this.holds();
  }

  async run(random: SeededRandom): Promise<CaseOutcome> {
    if (this.client === undefined || this.client.isDestroyed || random.oneIn(50)) this.reconnect(random);
    const kind = pickWeighted(random, { made: 60, recorded: 12, header: 5, size: 3, rubbish: 2, many: 10, cut: 8 });
    if (kind === 'size') return this.lieAboutSize(random);
    const count = kind === 'many' ? 2 + random.below(mostAtOnce - 1) : 1;
    const sent = Array.from({ length: count }, () => this.frameOf(kind, random));
    const bytes = Buffer.concat(sent.map(({ frame }) => withSize(frame)));
    if (kind === 'cut') await this.cutShort(bytes, random);
    else await this.exchange(sent, bytes, random);
    this.cases += 1;
    if (this.cases % casesPerCheck === 0) await this.check();
    return { decoded: sent.every(({ read }) => read !== undefined) };
  }

  async end(): Promise<void> {
    await this.check();
  }

  close(): void {
    this.node.close();
  }

  private frameOf(kind: string, random: SeededRandom): Sent {
    if (kind === 'rubbish') {
      const frame = new Uint8Array(random.below(200));
      random.fill(frame);
      return this.sent(frame, 'foreign');
    }
    const isRecorded = kind === 'recorded' || (kind === 'many' && random.oneIn(4));
    const frame = isRecorded ? this.recordedFrame(random) : this.madeFrame(random);
    if (kind === 'header') return this.sent(headerBroken(frame, random), 'foreign');
    if (random.oneIn(isRecorded ? 2 : 4)) return this.sent(bodyBroken(frame, random), 'foreign');
    return this.sent(frame, isRecorded ? 'foreign' : 'made');
  }

  private madeFrame(random: SeededRandom): Uint8Array {
    const api = pick(random, [...this.apis.values()]);
    // Of Produce the oldest versions are named and not served.
    const lowest = Math.max(api.minVersion, api.row.schemaMinVersion);
    const version = lowest + random.below(api.maxVersion - lowest + 1);
    const wildness = pick<Wildness>(random, [0, 0, 5, 5, 40]);
    this.node.refreshKnown();
    const maker = new RequestMaker(this.node.known, this.batches, random, api.requestSchema, version, wildness);
    this.correlationId += 1;
    return requestOf(api.row, version, this.correlationId, encodeBody(api.request, maker.make(), version));
  }

  private recordedFrame(random: SeededRandom): Uint8Array {
    const frame = Buffer.from(pick(random, recordedFrames()));
    this.correlationId += 1;
    frame.writeInt32BE(this.correlationId, 4);
    return frame;
  }

  /** What the frame says, as the dispatcher must understand it. */
  private sent(frame: Uint8Array, origin: Origin): Sent {
    if (frame.length < 8) return { frame, api: undefined, version: -1, correlationId: -1, read: undefined };
    const reader = new Reader(frame);
    const [key, version, correlationId] = [reader.int16(), reader.int16(), reader.int32()];
    const api = this.apis.get(key);
    const isServed = api !== undefined && version >= api.minVersion && version <= api.maxVersion;
    let read: Read | undefined;
    if (isServed && api.row.canRead(version)) {
      const bodyStart = bodyStartOf(frame, api, version);
      if (bodyStart >= 0) read = readAndCompare(api.request, frame.subarray(bodyStart), version, origin);
    }
    return { frame, api, version, correlationId, read };
  }

  private reconnect(random: SeededRandom): void {
    if (this.client !== undefined && !this.client.isDestroyed) this.client.close();
    this.client = this.listenerName === 'broker' ? this.node.connect(random.below(2)) : this.node.connectToController();
    this.client.answers();
  }

  private async deliver(client: FakeClient, bytes: Uint8Array, random: SeededRandom): Promise<void> {
    const pieceBytes = random.oneIn(3) ? 1 + random.below(64) : bytes.length;
    for (let at = 0; at < bytes.length && !client.isDestroyed; ) {
      // What is in flight may be fetches that wait one after the other.
      for (let rounds = mostAtOnce; rounds > 0 && client.isPaused && !client.isDestroyed; rounds--) {
        await this.waitOut(() => !client.isPaused || client.isDestroyed);
      }
      if (client.isPaused) client.close();
      else at += client.sendWhileRead(bytes.subarray(at), pieceBytes);
    }
  }

  /** Sends, and looks at what comes back: answers in order, or the end of the connection. */
  private async exchange(sent: readonly Sent[], bytes: Uint8Array, random: SeededRandom): Promise<void> {
    const client = this.client!;
    const waiting = sent.filter((one) => !isSilent(one));
    const answers: Uint8Array[] = [];
    const isDone = (): boolean => {
      answers.push(...client.answers());
      return client.isDestroyed || answers.length >= waiting.length;
    };
    await this.deliver(client, bytes, random);
    await this.node.settle(isDone);
    for (let rounds = sent.length; rounds > 0 && !isDone(); rounds--) await this.waitOut(isDone);
    if (!isDone() && sent.some(waitsLong)) client.close();
    // A thread of the pool may be at work (zstd is compressed there), which no turn hurries.
    for (const giveUpAtMs = performance.now() + patienceMs; !isDone() && performance.now() < giveUpAtMs; ) {
      await sleep(5);
      await this.node.settle(isDone);
    }
    if (!isDone()) {
      const wants = sent.map(({ frame }) => hex(frame.subarray(0, 4000))).join(' ');
      throw new FuzzFailure(`no answer and no end of the connection: ${wants}`);
    }
    for (const [index, answer] of answers.entries()) this.checkAnswer(waiting[index]!, answer);
    const refused = waiting[answers.length];
    // A produce of an earlier case, to which there is no answer, may have failed meanwhile.
    const isSilentFailure = this.node.closedFor === 'a produce with acks=0 failed';
    if (refused?.read?.canBeWritten === true && !mayBeRefused(sent) && !isSilentFailure) {
      throw new FuzzFailure(
        `closed (${this.node.closedFor}) in place of an answer to ${hex(refused.frame.subarray(0, 4000))}`,
      );
    }
  }

  /** A fetch waits as long as it says. */
  private async waitOut(isDone: () => boolean): Promise<void> {
    this.node.group.clock.advance(longestWaitMs);
    await this.node.settle(isDone, 30);
  }

  private checkAnswer({ api, version, correlationId, frame, read }: Sent, answer: Uint8Array): void {
    const what = `the answer to ${hex(frame.subarray(0, 4000))}`;
    if (api === undefined) throw new FuzzFailure(`${what}: there is no such api`);
    const reader = new Reader(answer);
    if (reader.int32() !== correlationId) throw new FuzzFailure(`${what} has another correlation id`);
    const isTooNew = api.row.key === apiVersionsKey && (version < api.minVersion || version > api.maxVersion);
    const readable = isTooNew ? 0 : version;
    if (api.row.responseHeaderVersion(readable) === 1) reader.skipTags();
    const body = answer.subarray(reader.position);
    const cause = unknownErrorCause(api.row.key, read?.message);
    checkErrorCodes(readAndCompare(api.response, body, readable, 'answer')?.message, what, cause);
  }

  /** The size is not the frame's: too much, too little, below zero. What follows is anybody's guess. */
  private async lieAboutSize(random: SeededRandom): Promise<CaseOutcome> {
    const frame = this.madeFrame(random);
    const sizes = [-1, -(2 ** 31), 2 ** 31 - 1, 0, frame.length + 1 + random.below(5000), random.below(frame.length)];
    await this.deliver(this.client!, withSize(frame, pick(random, sizes)), random);
    await this.node.settle(() => this.client!.isDestroyed);
    if (!this.client!.isDestroyed) this.client!.close();
    return { decoded: false };
  }

  /** The connection goes in the middle of a frame, or right behind it, with its answers under way. */
  private async cutShort(bytes: Uint8Array, random: SeededRandom): Promise<void> {
    const client = this.client!;
    const end = random.oneIn(2) ? bytes.length : random.below(bytes.length);
    client.holdsWrites = random.oneIn(3);
    await this.deliver(client, bytes.subarray(0, end), random);
    const ending = pick(random, ['at once', 'later', 'half-closed']);
    if (ending === 'later') await this.node.settle(() => client.isDestroyed);
    if (ending === 'half-closed' && !client.isDestroyed) client.events.ended();
    await this.node.settle(() => client.isDestroyed, 2);
    if (!client.isDestroyed) client.close();
    await this.node.settle(() => false, 2);
  }

  /** Another client is served, and nothing is left behind. */
  private async check(): Promise<void> {
    if (this.client !== undefined && !this.client.isDestroyed) this.client.close();
    this.client = undefined;
    await this.passTime();
    await this.node.stayRegistered();
    await checkSteady(this.node);
    if (this.listenerName === 'controller') await this.askApis();
    assert.deepEqual(await this.holds(), this.held);
  }

  /** What time alone brings about, as retention, acts on whatever the requests have left. */
  private async passTime(): Promise<void> {
    const { group } = this.node;
    group.clock.advance(betweenChecksMs);
    for (const shard of group.shards) shard.tick();
    await this.node.settle(() => false, 10);
  }

  private async holds(): Promise<object[]> {
    const { node } = this;
    const look = (): object[] => holdings(node.group.shards.map((shard) => shard.stats()));
    for (let tries = 0; ; tries++) {
      await node.settle(() => false, 10);
      const held = look();
      const isQuiet = this.held === undefined || JSON.stringify(held) === JSON.stringify(this.held);
      if (isQuiet || tries === 5)
        return [...held, { requests: node.listener.memory.usedHeapBytes, open: node.listener.size }];
    }
  }

  private async askApis(): Promise<Map<number, ServedApi>> {
    const client = this.listenerName === 'broker' ? this.node.connect(0) : this.node.connectToController();
    const body = Buffer.from('\u0005fuzz\u00021\u0000', 'latin1');
    client.send(
      Buffer.concat([
        Buffer.from('0000001a0012000300000007000466757a7a00'.replace(/^0000001a/, sizeOf(11 + 4 + body.length)), 'hex'),
        body,
      ]),
    );
    const answers: Uint8Array[] = [];
    await this.node.settle(() => answers.push(...client.answers()) > 0, 100);
    client.close();
    if (answers.length !== 1) throw new FuzzFailure('ApiVersions is not answered');
    const { decodeApiVersionsResponse } = await import('#engine/protocol/generated/api-versions-response.js');
    return servedApis(decodeApiVersionsResponse(new Reader(answers[0]!, 4), 3) as ApiVersionsResponse);
  }
}

function sizeOf(bytes: number): string {
  return bytes.toString(16).padStart(8, '0');
}

/** -1 where the rest of the header makes no sense. */
function bodyStartOf(frame: Uint8Array, api: ServedApi, version: number): number {
  const reader = new Reader(frame, 8);
  try {
    reader.nullableString(false);
    if (api.row.requestHeaderVersion(version) >= 2) reader.skipTags();
    return reader.position;
  } catch {
    return -1;
  }
}

/** Nothing is answered to a Produce with acks=0. */
function isSilent({ api, read }: Sent): boolean {
  return api?.row.key === produceKey && (read?.message as { acks?: number } | undefined)?.acks === 0;
}

/** An error under acks=0 closes the connection, as does anything that makes no sense, together with what came behind it. */
function mayBeRefused(sent: readonly Sent[]): boolean {
  return sent.some((one) => one.read?.canBeWritten !== true || isSilent(one) || waitsLong(one));
}

/** Its client goes before it is answered. */
function waitsLong({ read }: Sent): boolean {
  return ((read?.message as { maxWaitMs?: number } | undefined)?.maxWaitMs ?? 0) > longestWaitMs;
}

function headerBroken(frame: Uint8Array, random: SeededRandom): Uint8Array {
  const changed = Buffer.from(frame);
  switch (random.below(5)) {
    case 0:
      changed.writeInt16BE(pick(random, [-1, 4, 7, 93, 32_767, -32_768, random.below(100)]), 0);
      break;
    case 1:
      changed.writeInt16BE(pick(random, [-1, 20, 32_767, -32_768, random.below(20)]), 2);
      break;
    case 2:
      changed.writeInt16BE(pick(random, [-2, -1, 0, 32_767, random.below(400)]), 8);
      break;
    case 3:
      return changed.subarray(0, random.below(Math.min(changed.length, 16)));
    default:
      return Buffer.concat([mutate(changed.subarray(0, 16), random), changed.subarray(16)]);
  }
  return changed;
}

function bodyBroken(frame: Uint8Array, random: SeededRandom): Uint8Array {
  const bodyAt = Math.min(frame.length, 14);
  return Buffer.concat([frame.subarray(0, bodyAt), mutateShape(frame.subarray(bodyAt), random)]);
}
