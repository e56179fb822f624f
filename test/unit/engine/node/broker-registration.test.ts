import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BrokerRegistration } from '../../../../engine/node/broker-registration.ts';
import { directory1, supportedFeatures } from '../../../support/controller-fixture.ts';
import { MemoryLogger } from '../../../support/memory-logger.ts';
import { SteppedClock } from '../../../support/stepped-clock.ts';

interface Asked {
  readonly apiKey: number;
  readonly request: Record<string, unknown>;
  readonly answer: (response: object | null) => void;
}

class Fixture {
  readonly clock = new SteppedClock();
  readonly asked: Asked[] = [];
  readonly events: string[] = [];
  mayHeartbeat = true;
  readonly registration = new BrokerRegistration({
    nodeId: 1,
    clusterId: 'c',
    incarnationId: 'OLW_-dMFRtW3H0fKVauU7w',
    endpoints: [],
    controllerEndpoints: [],
    features: supportedFeatures,
    rack: null,
    logDirs: [directory1],
    previousBrokerEpoch: 7,
    heartbeatIntervalMs: 2000,
    clock: this.clock,
    logger: new MemoryLogger(),
    ask: (apiKey, _version, request, answer) => this.asked.push({ apiKey, request: { ...request }, answer }),
    imageOffset: () => 12,
    offlineLogDirs: () => [],
    cordonedLogDirs: () => [],
    mayHeartbeat: () => this.mayHeartbeat,
    unfenced: () => this.events.push('unfenced'),
    refused: (reason) => this.events.push(reason),
  });

  /** The one request that is under way. */
  next(apiKey: number): Asked {
    assert.deepEqual(
      this.asked.map((asked) => asked.apiKey),
      [apiKey],
    );
    return this.asked.splice(0)[0];
  }

  running(): this {
    this.registration.start();
    this.next(70).answer({ errorCode: 0 });
    this.next(62).answer({ errorCode: 0, brokerEpoch: 11n });
    this.next(63).answer({ errorCode: 0, isFenced: false });
    return this;
  }
}

describe('broker registration', () => {
  it('registers controller and broker, and is unfenced once', () => {
    const fixture = new Fixture();
    fixture.registration.start();
    fixture.next(70).answer({ errorCode: 41 });
    fixture.clock.advance(100);
    fixture.next(70).answer({ errorCode: 0 });
    const registration = fixture.next(62);
    assert.equal(registration.request.previousBrokerEpoch, 7n);
    registration.answer({ errorCode: 0, brokerEpoch: 11n });
    const first = fixture.next(63);
    assert.deepEqual([first.request.brokerEpoch, first.request.currentMetadataOffset], [11n, 12n]);
    first.answer({ errorCode: 0, isFenced: true });
    fixture.clock.advance(20);
    fixture.next(63).answer({ errorCode: 0, isFenced: false });
    fixture.clock.advance(2000);
    fixture.next(63).answer({ errorCode: 0, isFenced: false });
    assert.deepEqual(fixture.events, ['unfenced']);
    assert.equal(fixture.registration.epoch, 11);
  });

  it('gives up in a cluster that is not its own', () => {
    const fixture = new Fixture();
    fixture.registration.start();
    fixture.next(70).answer({ errorCode: 0 });
    fixture.next(62).answer({ errorCode: 104, brokerEpoch: -1n });
    fixture.clock.advance(10_000);
    assert.deepEqual(fixture.events, ['INCONSISTENT_CLUSTER_ID']);
    assert.deepEqual(fixture.asked, []);
  });

  it('registers again where its epoch is stale, and is silent while it may not heartbeat', () => {
    const fixture = new Fixture().running();
    fixture.mayHeartbeat = false;
    fixture.clock.advance(2000);
    assert.deepEqual(fixture.asked, []);
    fixture.mayHeartbeat = true;
    fixture.clock.advance(2000);
    fixture.next(63).answer({ errorCode: 77 });
    fixture.next(62).answer({ errorCode: 0, brokerEpoch: 30n });
    assert.equal(fixture.next(63).request.brokerEpoch, 30n);
  });

  it('leaves when the controller lets it, or when time is up', () => {
    const fixture = new Fixture().running();
    fixture.registration.leave(1000, () => fixture.events.push('left'));
    fixture.clock.advance(0);
    const first = fixture.next(63);
    assert.equal(first.request.wantShutDown, true);
    first.answer({ errorCode: 0, isFenced: false, shouldShutDown: false });
    fixture.clock.advance(20);
    fixture.next(63).answer({ errorCode: 0, isFenced: true, shouldShutDown: true });
    assert.deepEqual(fixture.events, ['unfenced', 'left']);

    const slow = new Fixture().running();
    slow.registration.leave(1000, () => slow.events.push('left'));
    slow.clock.advance(0);
    const pending = slow.next(63);
    slow.clock.advance(1000);
    pending.answer({ errorCode: 0, isFenced: true, shouldShutDown: true });
    assert.deepEqual(slow.events, ['unfenced', 'left']);
  });
});
