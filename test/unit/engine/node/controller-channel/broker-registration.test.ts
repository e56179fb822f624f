import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BrokerRegistration } from '../../../../../engine/node/controller-channel/broker-registration.ts';
import { directory1, supportedFeatures } from '../../../../support/controller-fixture.ts';
import { MemoryLogger } from '../../../../support/memory-logger.ts';
import { SteppedClock } from '../../../../support/stepped-clock.ts';

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
  imageOffset = 12;
  offlineLogDirs: string[] = [];
  heartbeatVersion = 2;
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
    registrationTimeoutMs: 60_000,
    ask: (apiKey, request, answer) => {
      const fields = typeof request === 'function' ? request(this.heartbeatVersion) : request;
      this.asked.push({ apiKey, request: { ...fields }, answer });
    },
    imageOffset: () => this.imageOffset,
    offlineLogDirs: () => this.offlineLogDirs,
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
    this.registration.ready();
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
    const { brokerEpoch, currentMetadataOffset, wantFence } = first.request;
    assert.deepEqual([brokerEpoch, currentMetadataOffset, wantFence], [11n, 12n, true]);
    first.answer({ errorCode: 0, isFenced: true });
    fixture.clock.advance(1999);
    assert.deepEqual(fixture.asked, [], 'nothing is awaited before the logs are found');
    fixture.registration.ready();
    fixture.clock.advance(0);
    const ready = fixture.next(63);
    assert.equal(ready.request.wantFence, false);
    ready.answer({ errorCode: 0, isFenced: true });
    fixture.clock.advance(20);
    fixture.next(63).answer({ errorCode: 0, isFenced: false });
    fixture.clock.advance(2000);
    fixture.next(63).answer({ errorCode: 0, isFenced: false });
    assert.deepEqual(fixture.events, ['unfenced']);
    assert.equal(fixture.registration.epoch, 11);
  });

  it('says at once that it has become ready, also when a heartbeat was under way', () => {
    const fixture = new Fixture();
    fixture.registration.start();
    fixture.next(70).answer({ errorCode: 0 });
    fixture.next(62).answer({ errorCode: 0, brokerEpoch: 11n });
    const first = fixture.next(63);
    fixture.registration.ready();
    assert.deepEqual(fixture.asked, [], 'one request at a time');
    first.answer({ errorCode: 0, isFenced: true });
    fixture.clock.advance(0);
    const second = fixture.next(63);
    assert.equal(second.request.wantFence, false);
    second.answer({ errorCode: 0, isFenced: true });
    fixture.clock.advance(0);
    assert.deepEqual(fixture.asked, [], 'it was said');
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

  it('waits longer for a controller that answers, and not for ever', () => {
    const fixture = new Fixture().running();
    fixture.registration.leave(1000, () => fixture.events.push('left'));
    fixture.clock.advance(0);
    const startMs = fixture.clock.monotonicMs();
    while (!fixture.events.includes('left')) {
      fixture.next(63).answer({ errorCode: 0, isFenced: false, shouldShutDown: false });
      fixture.clock.advance(20);
      assert.ok(fixture.clock.monotonicMs() - startMs <= 300_020);
    }
    assert.ok(fixture.clock.monotonicMs() - startMs > 1000);
  });

  it('gives up when no controller takes it in time', () => {
    const fixture = new Fixture();
    fixture.registration.start();
    fixture.next(70).answer({ errorCode: 0 });
    for (let tries = 0; tries < 599; tries++) {
      fixture.next(62).answer({ errorCode: 101, brokerEpoch: -1n });
      fixture.clock.advance(100);
    }
    assert.deepEqual(fixture.events, []);
    fixture.next(62).answer(null);
    fixture.clock.advance(100);
    assert.equal(fixture.events.length, 1);
    fixture.clock.advance(10_000);
    assert.deepEqual(fixture.asked, []);
  });

  const latest = 30;
  const own = {
    id: 1,
    epoch: 11,
    incarnationId: 'OLW_-dMFRtW3H0fKVauU7w',
    endpoints: [],
    features: [],
    rack: null,
    fenced: false,
    inControlledShutdown: false,
    logDirs: [directory1],
    cordonedLogDirs: null,
  };

  it('registers again when an image that has its registration shows another, or none', () => {
    for (const seen of [undefined, { ...own, epoch: 20 }, { ...own, incarnationId: 'AAAAAAAAAAAAAAAAAAAAAg' }]) {
      const fixture = new Fixture().running();
      fixture.imageOffset = 10;
      fixture.registration.imageChanged(undefined, latest);
      fixture.clock.advance(0);
      assert.deepEqual(fixture.asked, [], 'the image is older than the registration');
      fixture.imageOffset = 25;
      fixture.registration.imageChanged(own, latest);
      fixture.clock.advance(0);
      assert.deepEqual(fixture.asked, []);
      fixture.registration.imageChanged(seen, latest);
      fixture.registration.imageChanged(seen, latest);
      fixture.clock.advance(0);
      fixture.next(62).answer({ errorCode: 0, brokerEpoch: 30n });
      assert.equal(fixture.next(63).request.brokerEpoch, 30n);
      assert.equal(fixture.registration.epoch, 30);
    }
  });

  it('says of each image whether it is of a time after the registration', () => {
    const fixture = new Fixture();
    assert.equal(fixture.registration.imageChanged(undefined, latest), false, 'nothing is registered');
    fixture.running();
    fixture.imageOffset = 10;
    assert.equal(fixture.registration.imageChanged(undefined, latest), false);
    fixture.imageOffset = 25;
    assert.equal(fixture.registration.imageChanged(own, latest), true);
    assert.equal(fixture.registration.imageChanged(undefined, latest), true);
    assert.equal(fixture.registration.imageChanged(undefined, latest), false, 'it is about to be registered again');
  });

  it('registers again with its log directories once the image can hold them, and never those that have failed', () => {
    const fixture = new Fixture().running();
    const without = { ...own, logDirs: [] };
    fixture.registration.imageChanged(without, 10);
    fixture.clock.advance(0);
    assert.deepEqual(fixture.asked, []);
    fixture.offlineLogDirs = [directory1];
    fixture.registration.imageChanged(without, latest);
    fixture.clock.advance(0);
    assert.deepEqual(fixture.asked, [], 'there is none to tell of');
    fixture.offlineLogDirs = [];
    fixture.registration.imageChanged(without, latest);
    fixture.clock.advance(0);
    const registration = fixture.next(62);
    assert.deepEqual(registration.request.logDirs, [directory1]);
    fixture.offlineLogDirs = [directory1];
    registration.answer({ errorCode: 77 });
    fixture.clock.advance(100);
    assert.deepEqual(fixture.next(62).request.logDirs, []);
  });

  it('an image that shows it gone while a heartbeat is under way is acted on when that is answered', () => {
    const fixture = new Fixture().running();
    fixture.clock.advance(2000);
    const heartbeat = fixture.next(63);
    fixture.registration.imageChanged(undefined, latest);
    fixture.clock.advance(100);
    assert.deepEqual(fixture.asked, []);
    heartbeat.answer({ errorCode: 0, isFenced: false });
    fixture.next(62).answer({ errorCode: 0, brokerEpoch: 30n });
    fixture.next(63);
  });

  it('leaves also when it was about to register again', () => {
    const fixture = new Fixture().running();
    fixture.clock.advance(2000);
    fixture.next(63).answer({ errorCode: 102 });
    fixture.registration.leave(1000, () => fixture.events.push('left'));
    fixture.next(62).answer({ errorCode: 0, brokerEpoch: 30n });
    const last = fixture.next(63);
    assert.deepEqual([last.request.wantShutDown, last.request.brokerEpoch], [true, 30n]);
    last.answer({ errorCode: 0, isFenced: true, shouldShutDown: true });
    assert.deepEqual(fixture.events, ['unfenced', 'left']);
  });

  it('tells an older controller what that can hear', () => {
    const fixture = new Fixture();
    fixture.heartbeatVersion = 0;
    fixture.registration.start();
    fixture.next(70).answer({ errorCode: 35 });
    fixture.next(62).answer({ errorCode: 0, brokerEpoch: 11n });
    const { request } = fixture.next(63);
    assert.equal('offlineLogDirs' in request || 'cordonedLogDirs' in request, false);
  });
});
