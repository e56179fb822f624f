import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadCall } from '../../../../engine/controller/api-calls.ts';
import { rulesOfDefinitions } from '../../../../engine/controller/config-definitions.ts';
import { Controller } from '../../../../engine/controller/controller.ts';
import { parseBrokerConfig } from '../../../../engine/metadata/config/broker-config.ts';
import { MetadataImage } from '../../../../engine/metadata/image/metadata-image.ts';
import { recordKey } from '../../../../engine/metadata/metadata-record.ts';
import { apiRow } from '../../../../engine/protocol/api-table.ts';
import { errorCode } from '../../../../engine/protocol/errors.ts';
import { Reader } from '../../../../engine/protocol/reader.ts';
import { Writer } from '../../../../engine/protocol/writer.ts';
import {
  bootstrapLevels,
  directory1,
  serverProperties,
  settings,
  supportedFeatures,
} from '../../../support/controller-fixture.ts';
import { dumpCommitted, dumpWritten } from '../../../support/dump-image.ts';
import { MemoryLogger } from '../../../support/memory-logger.ts';
import { MemoryMetadataLog } from '../../../support/memory-metadata-log.ts';
import { SeededRandom } from '../../../support/seeded-random.ts';
import { SteppedClock } from '../../../support/stepped-clock.ts';

const from = { principal: 'User:ANONYMOUS', clientId: 'test', listener: 'PLAINTEXT' };
const incarnations = ['OLW_-dMFRtW3H0fKVauU7w', 'kkaMJXXRSg282wqUKvZ73A', 'yqttTbZuQVWNbjnxGQEWUA'];

class Fixture {
  readonly log = new MemoryMetadataLog();
  readonly clock = new SteppedClock();
  readonly logger = new MemoryLogger();
  readonly image = new MetadataImage();
  readonly controller: Controller;
  /** Publishes what is committed at once. */
  autoPublish = true;

  constructor(maxIdleIntervalMs = 0) {
    const { log, image, clock, logger } = this;
    this.controller = new Controller({
      log,
      image,
      settings,
      configs: rulesOfDefinitions(parseBrokerConfig(serverProperties)),
      bootstrap: bootstrapLevels,
      clock,
      random: new SeededRandom(3),
      logger,
      sessionTimeoutMs: 9000,
      maxIdleIntervalMs,
      committed: (changes) => {
        if (this.autoPublish) this.controller.published(changes.imageOffset);
      },
    });
    log.follower = this.controller;
  }

  /** Answers `{ answer }`, whose `answer` is undefined until there is one. */
  async send(apiKey: number, version: number, request: object, isOwnBroker = false): Promise<{ answer?: never }> {
    const row = apiRow(apiKey);
    assert.ok(row);
    const [requests, responses] = await Promise.all([row.loadRequest(), row.loadResponse()]);
    const writer = new Writer();
    requests.encode(writer, request, version);
    await loadCall(apiKey);
    const result: { answer?: never } = {};
    this.controller.handle(apiKey, version, writer.toBytes(), { ...from, isOwnBroker }, (body) => {
      assert.ok(body !== null && result.answer === undefined);
      result.answer = responses.decode(new Reader(body), version) as never;
    });
    return result;
  }

  register(incarnation: number, previousBrokerEpoch = -1n, isOwnBroker = true): Promise<{ answer?: never }> {
    const request = {
      brokerId: 1,
      clusterId: settings.clusterId,
      incarnationId: incarnations[incarnation],
      listeners: [{ name: 'PLAINTEXT', host: '127.0.0.1', port: 9092, securityProtocol: 0 }],
      features: supportedFeatures,
      rack: null,
      isMigratingZkBroker: false,
      logDirs: [directory1],
      previousBrokerEpoch,
    };
    return this.send(62, 4, request, isOwnBroker);
  }

  heartbeat(wantShutDown = false): Promise<{ answer?: never }> {
    return this.send(63, 2, {
      brokerId: 1,
      brokerEpoch: BigInt(this.image.written.broker(1)?.epoch ?? -1),
      currentMetadataOffset: BigInt(this.log.endOffset()),
      wantFence: false,
      wantShutDown,
      offlineLogDirs: [],
      cordonedLogDirs: [],
    });
  }

  createTopic(name: string, timeoutMs = 1000): Promise<{ answer?: never }> {
    const topic = { name, numPartitions: 2, replicationFactor: 1, assignments: [], configs: [] };
    return this.send(19, 7, { topics: [topic], timeoutMs, validateOnly: false });
  }

  async started(): Promise<this> {
    this.log.lead();
    await this.register(0);
    await this.heartbeat();
    return this;
  }

  /** Records from `start` on: type and, of partition and registration changes, what they change. */
  since(start: number): unknown[] {
    return this.log.records.slice(start).map(({ apiKey, version, message }) => {
      const kept = Object.entries(message).filter(([name, value]) => changes.has(name) && !untouched(name, value));
      return [apiKey, version, Object.fromEntries(kept)];
    });
  }
}

const changes = new Set([
  'isr',
  'leader',
  'eligibleLeaderReplicas',
  'lastKnownElr',
  'leaderRecoveryState',
  'fenced',
  'inControlledShutdown',
]);

function untouched(name: string, value: unknown): boolean {
  if (value === null || value === -2) return true;
  if (name === 'leaderRecoveryState') return value === -1;
  return (name === 'fenced' || name === 'inControlledShutdown') && value === 0;
}

const codes = ({ answer }: { answer?: { topics?: readonly { errorCode: number }[] } }) =>
  answer?.topics?.map(({ errorCode }) => errorCode);

describe('controller', () => {
  it('writes the bootstrap records into an empty log, as Apache Kafka does, and only there', () => {
    const fixture = new Fixture();
    fixture.log.lead();
    assert.deepEqual(
      fixture.log.records.map(({ apiKey, message }) => [apiKey, ...Object.values(message)]),
      [
        [recordKey.beginTransaction, 'Bootstrap records'],
        [recordKey.featureLevel, 'metadata.version', 30],
        [recordKey.featureLevel, 'eligible.leader.replicas.version', 1],
        [recordKey.featureLevel, 'group.version', 1],
        [recordKey.featureLevel, 'share.version', 1],
        [recordKey.featureLevel, 'streams.version', 1],
        [recordKey.featureLevel, 'transaction.version', 2],
        [recordKey.config, 4, '', 'min.insync.replicas', '1'],
        [recordKey.endTransaction],
      ],
    );
    assert.deepEqual(fixture.log.batches, [9]);
    fixture.log.resign();
    fixture.log.lead();
    assert.equal(fixture.log.records.length, 9);
  });

  it('registers and unfences a broker by the same records as Apache Kafka', async () => {
    const fixture = await new Fixture().started();
    const registered = fixture.log.records.slice(9).map(({ apiKey, version }) => [apiKey, version]);
    assert.deepEqual(registered, [
      [recordKey.registerBroker, 4],
      [recordKey.brokerRegistrationChange, 0],
      [recordKey.brokerRegistrationChange, 3],
    ]);
    const broker = fixture.image.committed.brokers.get(1);
    assert.deepEqual([broker?.epoch, broker?.fenced, broker?.cordonedLogDirs], [9, false, []]);
  });

  it('answers when records are committed and published, not before', async () => {
    const fixture = await new Fixture().started();
    await fixture.createTopic('first');
    fixture.log.autoCommit = false;
    fixture.autoPublish = false;
    const result = await fixture.createTopic('t');
    const again = await fixture.createTopic('t');
    assert.equal(result.answer, undefined);
    fixture.log.commit();
    assert.equal(result.answer, undefined);
    // Also the refusal rests on what was not committed.
    assert.equal(again.answer, undefined);
    fixture.controller.published(fixture.image.committed.offset);
    assert.deepEqual([codes(result), codes(again)], [[0], [36]]);
    assert.equal(fixture.controller.pendingRequests, 0);
  });

  it('drops what was not committed when it resigns, and answers NOT_CONTROLLER', async () => {
    const fixture = await new Fixture().started();
    await fixture.createTopic('kept');
    const before = dumpCommitted(fixture.image);
    fixture.log.autoCommit = false;
    const result = await fixture.createTopic('lost');
    assert.notEqual(fixture.image.written.topicByName('lost'), undefined);
    fixture.log.resign();
    assert.deepEqual(codes(result), [41]);
    assert.deepEqual(dumpWritten(fixture.image), before);
    assert.deepEqual(codes(await fixture.createTopic('later')), [41]);
    fixture.log.autoCommit = true;
    fixture.log.lead();
    assert.deepEqual(codes(await fixture.createTopic('lost')), [0]);
  });

  it('times out the wait, at once where no time is given', async () => {
    const fixture = await new Fixture().started();
    assert.deepEqual(codes(await fixture.createTopic('none', 0)), [7]);
    fixture.log.autoCommit = false;
    const result = await fixture.createTopic('t', 50);
    fixture.clock.advance(49);
    assert.equal(result.answer, undefined);
    fixture.clock.advance(1);
    assert.deepEqual(codes(result), [7]);
    fixture.log.commit();
    assert.notEqual(fixture.image.committed.topicByName('t'), undefined);
  });

  it('refuses by the reason why the log did not append', async () => {
    const fixture = await new Fixture().started();
    await fixture.createTopic('first');
    const answers: unknown[] = [];
    for (const reason of ['not-leader', 'too-large', 'backlogged'] as const) {
      fixture.log.refuse = reason;
      answers.push(codes(await fixture.createTopic('t')));
    }
    assert.deepEqual(answers, [[41], [44], [7]]);
  });

  it('shuts a broker down, and takes it back, by the same records as Apache Kafka', async () => {
    const fixture = await new Fixture().started();
    await fixture.createTopic('t');
    const start = fixture.log.endOffset();
    await fixture.heartbeat(true);
    const gone = { isr: [], leader: -1, eligibleLeaderReplicas: [1], lastKnownElr: [1] };
    assert.deepEqual(fixture.since(start), [
      [recordKey.brokerRegistrationChange, 1, { inControlledShutdown: 1 }],
      [recordKey.partitionChange, 2, gone],
      [recordKey.partitionChange, 2, gone],
    ]);
    const { answer } = await fixture.heartbeat(true);
    assert.equal((answer as unknown as { shouldShutDown: boolean }).shouldShutDown, true);
    assert.deepEqual(fixture.since(start + 3), [[recordKey.brokerRegistrationChange, 0, { fenced: 1 }]]);
    await fixture.register(1, 9n);
    const back = fixture.log.endOffset();
    await fixture.heartbeat();
    const again = { isr: [1], leader: 1, eligibleLeaderReplicas: [], lastKnownElr: [] };
    assert.deepEqual(fixture.since(back).slice(0, 3), [
      [recordKey.brokerRegistrationChange, 0, { fenced: -1 }],
      [recordKey.partitionChange, 2, again],
      [recordKey.partitionChange, 2, again],
    ]);
  });

  it('takes who claims the id of a living broker by a listener for a duplicate', async () => {
    const fixture = await new Fixture().started();
    const end = fixture.log.endOffset();
    const { answer } = await fixture.register(1, -1n, false);
    assert.equal((answer as unknown as { errorCode: number }).errorCode, errorCode.DUPLICATE_BROKER_REGISTRATION);
    assert.equal(fixture.log.endOffset(), end);
    assert.equal(fixture.image.committed.brokers.get(1)?.fenced, false);
  });

  it('marks as recovering what a broker leads again after it was killed', async () => {
    const fixture = await new Fixture().started();
    await fixture.createTopic('t');
    const start = fixture.log.endOffset();
    await fixture.register(1);
    const gone = { isr: [], leader: -1, lastKnownElr: [1] };
    assert.deepEqual(fixture.since(start), [
      [recordKey.partitionChange, 2, gone],
      [recordKey.partitionChange, 2, gone],
      [recordKey.registerBroker, 4, { fenced: true, inControlledShutdown: false }],
    ]);
    // Apache Kafka's epoch too is the offset of the first record of the registration's batch.
    assert.equal(fixture.image.committed.brokers.get(1)?.epoch, start);
    const back = fixture.log.endOffset();
    await fixture.heartbeat();
    const recovering = { isr: [1], leader: 1, leaderRecoveryState: 1, lastKnownElr: [] };
    assert.deepEqual(fixture.since(back).slice(1, 3), [
      [recordKey.partitionChange, 2, recovering],
      [recordKey.partitionChange, 2, recovering],
    ]);
  });

  it('fences a broker that falls silent', async () => {
    const fixture = await new Fixture().started();
    for (let i = 0; i < 5; i++) {
      fixture.clock.advance(5000);
      await fixture.heartbeat();
    }
    assert.equal(fixture.image.committed.brokers.get(1)?.fenced, false);
    fixture.clock.advance(12_000);
    assert.equal(fixture.image.committed.brokers.get(1)?.fenced, true);
  });

  it('writes NoOp records while nothing else is written', async () => {
    const fixture = await new Fixture(500).started();
    const start = fixture.log.endOffset();
    fixture.clock.advance(2000);
    const kinds = fixture.log.records.slice(start).map(({ apiKey }) => apiKey);
    assert.deepEqual(kinds, [recordKey.noOp, recordKey.noOp, recordKey.noOp, recordKey.noOp]);
  });

  it('shortens what quotes a long name, and closes where the name itself cannot be told back', async () => {
    const fixture = await new Fixture().started();
    const longest = 'x'.repeat(32_767);
    const configs = [{ name: 'retention.ms', configOperation: 0, value: '1' }];
    const alter = (resourceName: string) =>
      fixture.send(44, 1, { resources: [{ resourceType: 2, resourceName, configs }], validateOnly: false });
    const { answer } = (await alter(longest)) as {
      answer?: { responses: { errorCode: number; errorMessage: string }[] };
    };
    assert.notEqual(answer!.responses[0]!.errorCode, 0);
    assert.ok(answer!.responses[0]!.errorMessage.length <= 1003);
    const row = apiRow(44)!;
    const writer = new Writer();
    const resource = { resourceType: 2, resourceName: longest, configs };
    (await row.loadRequest()).encode(writer, { resources: [resource], validateOnly: false }, 1);
    const body = writer.toBytes().slice();
    // No UTF-8: read as U+FFFD, which is three bytes.
    body[100] = 0xff;
    const answers: (Uint8Array | null)[] = [];
    fixture.controller.handle(44, 1, body, from, (bytes) => answers.push(bytes));
    assert.deepEqual(answers, [null]);
    assert.equal(fixture.controller.pendingRequests, 0);
  });

  it('closes on a request whose decision fails, and decides the next one', async () => {
    const fixture = await new Fixture().started();
    const { image } = fixture;
    const written = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(image), 'written')!;
    const row = apiRow(19)!;
    const writer = new Writer();
    const topic = { name: 'one', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
    (await row.loadRequest()).encode(writer, { topics: [topic], timeoutMs: 1000, validateOnly: false }, 7);
    await loadCall(19);
    Object.defineProperty(image, 'written', { configurable: true, get: () => ({}) });
    const answers: (Uint8Array | null)[] = [];
    fixture.controller.handle(19, 7, writer.toBytes().slice(), from, (bytes) => answers.push(bytes));
    Object.defineProperty(image, 'written', { ...written, configurable: true });
    assert.deepEqual(answers, [null]);
    assert.equal(fixture.logger.lines.filter(({ level }) => level === 'error').length, 1);
    assert.deepEqual(codes(await fixture.createTopic('two')), [0]);
  });

  it('closes on a request that cannot be read, and on an api that is not its own', async () => {
    const fixture = await new Fixture().started();
    const answers: (Uint8Array | null)[] = [];
    const end = new Promise<void>((done) => {
      const note = (body: Uint8Array | null) => answers.push(body) === 2 && done();
      fixture.controller.handle(19, 7, new Uint8Array([255, 1]), from, note);
      fixture.controller.handle(0, 9, new Uint8Array(0), from, note);
    });
    await end;
    assert.deepEqual(answers, [null, null]);
  });
});
