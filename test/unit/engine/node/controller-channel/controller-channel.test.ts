import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { controllerChannelLimits as limits } from '#engine/base/limits.ts';
import {
  type ChannelOutcome,
  type ChannelRequest,
  ControllerChannel,
} from '#engine/node/controller-channel/controller-channel.ts';
import { encodeApiVersionsResponse } from '#engine/protocol/generated/api-versions-response.js';
import { Writer } from '#engine/protocol/writer.ts';
import { MemoryLogger } from '../../../../support/memory-logger.ts';
import { SeededRandom } from '../../../../support/seeded-random.ts';
import { SteppedClock } from '../../../../support/stepped-clock.ts';

const apiVersions = 18;
const heartbeat = 63;
const notController = Uint8Array.of(41);

interface Sent {
  readonly to: number;
  readonly apiKey: number;
  readonly version: number;
  readonly body: Uint8Array;
  readonly timeoutMs: number;
  readonly answer: (body: Uint8Array | null) => void;
}

/** A broker that knows controllers 2 and 3, and where it can be told who leads. */
class Fixture {
  readonly clock = new SteppedClock();
  readonly sent: Sent[] = [];
  readonly closed: number[] = [];
  readonly outcomes: string[] = [];
  leaderId = 2;
  isOwnActive = false;
  unknown = new Set<number>();
  readonly channel = new ControllerChannel({
    nodeId: 1,
    softwareVersion: '0',
    clock: this.clock,
    random: new SeededRandom(5),
    logger: new MemoryLogger(),
    leaderId: () => this.leaderId,
    nodeOf: (id) => (this.unknown.has(id) ? undefined : { id, host: 'h', port: 9000 + id }),
    isOwnActive: () => this.isOwnActive,
    connect: (node) => ({
      send: (apiKey, version, body, timeoutMs, answer) => {
        this.sent.push({ to: node.id, apiKey, version, body, timeoutMs, answer });
      },
      close: () => this.closed.push(node.id),
    }),
  });

  request(name: number, options: Partial<ChannelRequest> = {}): void {
    this.channel.send({
      apiKey: heartbeat,
      minVersion: 0,
      maxVersion: 2,
      bytes: 100,
      timeoutMs: 10_000,
      encode: (version) => Uint8Array.of(name, version),
      askOwn: (respond) => {
        const answer = (body: Uint8Array | null): void => respond(2, body);
        this.sent.push({ to: 1, apiKey: heartbeat, version: 2, body: Uint8Array.of(name), timeoutMs: 0, answer });
      },
      isMisdirected: (_version, body) => body[0] === notController[0],
      done: (outcome) => this.outcomes.push(`${name} ${textOf(outcome)}`),
      ...options,
    });
  }

  /** The one that is under way. */
  next(to: number, apiKey: number): Sent {
    assert.deepEqual(
      this.sent.map((each) => [each.to, each.apiKey]),
      [[to, apiKey]],
    );
    return this.sent.splice(0)[0]!;
  }

  /** Answers the question for versions. */
  negotiated(to: number, maxVersion = 2): this {
    this.next(to, apiVersions).answer(versions([{ apiKey: heartbeat, minVersion: 0, maxVersion }]));
    return this;
  }
}

function textOf(outcome: ChannelOutcome): string {
  return outcome.kind === 'answered' ? `answered ${outcome.version} ${outcome.body[0]}` : outcome.kind;
}

function versions(apiKeys: { apiKey: number; minVersion: number; maxVersion: number }[], errorCode = 0): Uint8Array {
  const writer = new Writer();
  encodeApiVersionsResponse(writer, { errorCode, apiKeys }, 3);
  return writer.toBytes();
}

describe('the channel to the active controller', () => {
  it('asks which versions there are once, and sends in the newest that both have', () => {
    const fixture = new Fixture();
    fixture.request(7);
    fixture.request(8);
    fixture.negotiated(2, 1);
    const [first, second] = fixture.sent.splice(0);
    assert.deepEqual([first?.version, [...first!.body], [...second!.body]], [1, [7, 1], [8, 1]]);
    first!.answer(Uint8Array.of(0));
    second!.answer(Uint8Array.of(0));
    fixture.request(9);
    fixture.next(2, heartbeat).answer(Uint8Array.of(3));
    assert.deepEqual(fixture.outcomes, ['7 answered 1 0', '8 answered 1 0', '9 answered 1 3']);
    assert.deepEqual([fixture.channel.size, fixture.closed], [0, []]);
  });

  it('what the controller has no version of is not sent', () => {
    const fixture = new Fixture();
    fixture.request(1, { apiKey: 62 });
    fixture.request(2, { minVersion: 2 });
    fixture.negotiated(2, 1);
    assert.deepEqual(fixture.outcomes, ['1 unsupported', '2 unsupported']);
    assert.deepEqual(fixture.sent, []);
  });

  it('a node that does not lead is left, and what was on its way goes to the one that does, in order', () => {
    const fixture = new Fixture();
    fixture.request(1);
    fixture.request(2);
    fixture.negotiated(2);
    const [first] = fixture.sent.splice(0);
    first!.answer(notController);
    assert.deepEqual([fixture.closed, fixture.outcomes], [[2], []]);
    fixture.leaderId = 3;
    fixture.clock.advance(limits.retryBackoffMs * 1.2);
    fixture.negotiated(3);
    const again = fixture.sent.splice(0);
    assert.deepEqual(
      again.map(({ to, body }) => [to, body[0]]),
      [
        [3, 1],
        [3, 2],
      ],
    );
    for (const each of again) each.answer(Uint8Array.of(0));
    assert.deepEqual(fixture.outcomes, ['1 answered 2 0', '2 answered 2 0']);
  });

  it('a connection that drops in the middle costs no request, and a late answer of it counts for nothing', () => {
    const fixture = new Fixture();
    fixture.request(1);
    fixture.request(2);
    fixture.negotiated(2);
    const [first, second] = fixture.sent.splice(0);
    first!.answer(null);
    second!.answer(Uint8Array.of(9));
    assert.deepEqual(fixture.outcomes, []);
    fixture.clock.advance(limits.retryBackoffMs * 1.2);
    fixture.negotiated(2);
    for (const each of fixture.sent.splice(0)) each.answer(Uint8Array.of(0));
    assert.deepEqual(fixture.outcomes, ['1 answered 2 0', '2 answered 2 0']);
  });

  it('hears of a new leader without waiting for the old one to time out', () => {
    const fixture = new Fixture();
    fixture.request(1);
    fixture.negotiated(2);
    const late = fixture.next(2, heartbeat);
    fixture.leaderId = -1;
    fixture.channel.leaderChanged();
    assert.deepEqual(fixture.closed, [2]);
    fixture.leaderId = 3;
    fixture.channel.leaderChanged();
    fixture.negotiated(3);
    fixture.next(3, heartbeat).answer(Uint8Array.of(0));
    late.answer(Uint8Array.of(9));
    assert.deepEqual(fixture.outcomes, ['1 answered 2 0']);
  });

  it('waits longer each time that there is nobody, until the request is given up', () => {
    const fixture = new Fixture();
    let looks = 0;
    const look = (): number => {
      looks += 1;
      return -1;
    };
    Object.defineProperty(fixture, 'leaderId', { get: look });
    fixture.request(1);
    fixture.clock.advance(9999);
    assert.deepEqual(fixture.outcomes, []);
    assert.ok(looks > 10_000 / (limits.retryBackoffMaxMs * 1.2), `${looks}`);
    assert.ok(looks < 60, `${looks}`);
    fixture.clock.advance(1);
    assert.deepEqual([fixture.outcomes, fixture.channel.size], [['1 timed-out'], 0]);
    looks = 0;
    fixture.clock.advance(60_000);
    assert.ok(looks <= 1, 'nobody looks for a controller when nothing waits');
  });

  it('a controller that does not say its versions, or whose place is unknown, is tried again', () => {
    const fixture = new Fixture();
    fixture.unknown.add(2);
    fixture.request(1);
    assert.deepEqual(fixture.sent, []);
    fixture.unknown.clear();
    fixture.clock.advance(100);
    fixture.next(2, apiVersions).answer(versions([], 35));
    fixture.clock.advance(100);
    fixture.next(2, apiVersions).answer(Uint8Array.of(0));
    fixture.clock.advance(200);
    fixture.next(2, apiVersions).answer(null);
    fixture.clock.advance(400);
    fixture.negotiated(2);
    fixture.next(2, heartbeat).answer(Uint8Array.of(0));
    assert.deepEqual(fixture.outcomes, ['1 answered 2 0']);
  });

  it('asks its own controller where that leads, and another when it does no longer', () => {
    const fixture = new Fixture();
    fixture.leaderId = 1;
    fixture.request(1);
    assert.deepEqual(fixture.sent, [], 'it is elected and has not begun');
    fixture.isOwnActive = true;
    fixture.channel.leaderChanged();
    fixture.next(1, heartbeat).answer(Uint8Array.of(5));
    fixture.request(2);
    const last = fixture.next(1, heartbeat);
    fixture.isOwnActive = false;
    fixture.leaderId = 3;
    last.answer(notController);
    fixture.clock.advance(100);
    fixture.negotiated(3);
    fixture.next(3, heartbeat).answer(Uint8Array.of(6));
    fixture.isOwnActive = true;
    fixture.request(3);
    fixture.next(1, heartbeat).answer(null);
    assert.deepEqual(fixture.outcomes, ['1 answered 2 5', '2 answered 2 6', '3 malformed']);
  });

  it('a slow controller: what is given up is answered once, and an attempt is no longer than what is left', () => {
    const fixture = new Fixture();
    fixture.request(1, { timeoutMs: 1000 });
    fixture.clock.advance(400);
    fixture.negotiated(2);
    const slow = fixture.next(2, heartbeat);
    assert.equal(slow.timeoutMs, 600);
    fixture.clock.advance(600);
    slow.answer(Uint8Array.of(0));
    assert.deepEqual(fixture.outcomes, ['1 timed-out']);
    fixture.request(2);
    fixture.next(2, heartbeat).answer(Uint8Array.of(0));
    assert.deepEqual(fixture.outcomes, ['1 timed-out', '2 answered 2 0']);
  });

  it('holds so many requests and bytes, sends some of them at a time, and refuses the rest', () => {
    const fixture = new Fixture();
    fixture.request(0, { bytes: limits.requestBytes + 1 });
    fixture.request(1, { bytes: limits.requestBytes });
    fixture.request(2, { bytes: 1 });
    assert.deepEqual(fixture.outcomes.splice(0), ['0 refused', '2 refused']);
    fixture.negotiated(2);
    fixture.next(2, heartbeat).answer(Uint8Array.of(0));
    fixture.outcomes.splice(0);
    for (let name = 0; name <= limits.requests; name++) fixture.request(name, { bytes: 0 });
    assert.deepEqual(fixture.outcomes.splice(0), [`${limits.requests} refused`]);
    let answered = 0;
    while (fixture.sent.length > 0) {
      assert.ok(fixture.sent.length <= limits.inFlight);
      for (const each of fixture.sent.splice(0, 10)) {
        each.answer(Uint8Array.of(0));
        answered += 1;
      }
    }
    assert.equal(answered, limits.requests);
  });

  it('refuses what waits, and what comes, when it is closed', () => {
    const fixture = new Fixture();
    fixture.request(1);
    fixture.channel.close();
    fixture.request(2);
    fixture.clock.advance(60_000);
    assert.deepEqual([fixture.outcomes, fixture.closed], [['1 refused', '2 refused'], [2]]);
  });
});
