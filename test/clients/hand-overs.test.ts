/**
 * One data directory, handed over again and again between Apache Kafka and a node of ours, after clean stops and after
 * kill -9: everything is the same for tools and clients, and each knows the other's idempotent producers.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { errorCode } from '../../engine/protocol/errors.ts';
import { startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { newProducerId } from '../support/client-calls.ts';
import { dumpAll, type HandOverState, handOverState } from '../support/hand-over-state.ts';
import { testBatch } from '../support/log-fixture.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { eventually, StorageClient } from '../support/storage-client.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const tools = new ApacheTools();
after(() => tools.close());

const codecs = ['gzip', 'snappy', 'lz4', 'zstd'] as const;
/** So that a kill finds the log's start in its file. */
const quick = { 'log.flush.start.offset.checkpoint.interval.ms': '200' };
const recordsPerBatch = 4;

interface Served {
  readonly port: number;
  readonly bootstrap: string;
}

/** An idempotent producer that outlives every node. */
class Producer {
  #producerId = -1n;
  #producerEpoch = -1;
  #nextSequence = 0;
  #lastBatch: Uint8Array = new Uint8Array(0);
  #lastOffset = -1n;

  async begin(port: number): Promise<void> {
    ({ producerId: this.#producerId, producerEpoch: this.#producerEpoch } = await newProducerId(port));
  }

  #batch(baseSequence: number): Uint8Array {
    const identity = { producerId: this.#producerId, producerEpoch: this.#producerEpoch, baseSequence };
    return testBatch({ ...identity, count: recordsPerBatch, valueBytes: 40_000, timestampMs: Date.now() });
  }

  async send(client: StorageClient, batches: number): Promise<void> {
    for (let count = 0; count < batches; count++) {
      this.#lastBatch = this.#batch(this.#nextSequence);
      const { errorCode: code, baseOffset } = await client.produce('idempotent', 0, this.#lastBatch);
      assert.equal(code, 0);
      this.#lastOffset = baseOffset;
      this.#nextSequence += recordsPerBatch;
    }
  }

  /** The last batch once more is told from a new one, and a gap is a gap. */
  async sendAgain(client: StorageClient): Promise<void> {
    const end = await client.offset('idempotent', 0, -1);
    const again = await client.produce('idempotent', 0, this.#lastBatch);
    assert.deepEqual([again.errorCode, again.baseOffset], [0, this.#lastOffset]);
    const gap = await client.produce('idempotent', 0, this.#batch(this.#nextSequence + 1));
    assert.equal(gap.errorCode, errorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assert.equal(await client.offset('idempotent', 0, -1), end);
  }
}

class Tale {
  readonly producer = new Producer();
  readonly #t: TestContext;
  #client!: StorageClient;

  constructor(t: TestContext) {
    this.#t = t;
  }

  async meet({ port }: Served): Promise<StorageClient> {
    this.#client = await StorageClient.connect(port, this.#t);
    return this.#client;
  }

  state({ bootstrap }: Served): Promise<HandOverState> {
    return handOverState(tools, bootstrap, this.#client);
  }

  /** Where the log begins from which records are deleted. */
  startOfPlain(): Promise<number> {
    return this.#client.offset('plain', 1, -2);
  }

  async set(node: Served, entity: readonly string[], config: string): Promise<void> {
    const args = ['--bootstrap-server', node.bootstrap, '--alter', ...entity, '--add-config', config];
    await tools.output(tool.configs, args);
  }

  /** Topics with and without configurations, compressed and idempotent batches, deleted records, brokers' configs. */
  async begin(node: Served): Promise<void> {
    const client = await this.meet(node);
    assert.equal(await client.createTopic('plain', 3, { 'retention.ms': '777000000' }), 0);
    assert.equal(await client.createTopic('idempotent', 1, { 'segment.bytes': '1048576' }), 0);
    assert.equal(await client.createTopic('compressed', 2), 0);
    await this.set(node, ['--entity-type', 'brokers', '--entity-default'], 'message.max.bytes=900000');
    await this.set(node, ['--entity-type', 'brokers', '--entity-name', '1'], 'log.retention.ms=888000000');
    await this.producer.begin(node.port);
    await this.goOn(node, 'a');
  }

  /** A little of everything more. */
  async goOn(node: Served, name: string): Promise<void> {
    const client = this.#client;
    for (let partition = 0; partition < 3; partition++) {
      assert.equal((await client.produce('plain', partition, { count: 5, valueBytes: 100 })).errorCode, 0);
    }
    for (const codec of codecs) {
      const args = ['--bootstrap-server', node.bootstrap, '--topic', 'compressed', '--compression-codec', codec];
      const input = Array.from({ length: 50 }, (_, index) => `${name} ${codec} ${index}\n`).join('');
      await tools.output(tool.consoleProducer, args, { input });
    }
    await this.producer.send(client, 12);
    const end = await client.offset('plain', 1, -1);
    assert.deepEqual(await client.deleteRecords('plain', 1, end - 2), { code: 0, low: end - 2 });
    assert.equal(await client.createTopic(`topic-${name}`, 2), 0);
    assert.equal(await client.createTopic(`passing-${name}`, 2), 0);
    // Apache Kafka says that a topic is made a moment before its broker knows of it.
    const produced = async () => (await client.produce(`passing-${name}`, 0)).errorCode === 0 && 'there';
    assert.equal(await eventually(produced, 'the new topic is there'), 'there');
    assert.deepEqual(await client.deleteTopics([`passing-${name}`]), [0]);
    await this.set(node, ['--entity-type', 'topics', '--entity-name', `topic-${name}`], 'max.message.bytes=12345');
  }
}

test('a data directory goes back and forth between Apache Kafka and us, and all that is in it stays', async (t) => {
  if (!requireApacheKafka(t)) return;
  const logDirectory = join(tempDirFor(t), 'data');
  const tale = new Tale(t);
  const apacheKafka = async (format: boolean) => {
    const apache = await startApacheKafka({ logDirectory, format, properties: quick });
    t.after(() => apache.kill());
    return apache;
  };
  const check = async (node: Served, expected: HandOverState): Promise<void> => {
    const client = await tale.meet(node);
    assert.deepEqual(await tale.state(node), expected);
    await tale.producer.sendAgain(client);
  };

  /** A kill takes back what of the log's start no checkpoint tells yet, as it does in Apache Kafka. */
  const checkpointed = async (): Promise<void> => {
    const line = `plain 1 ${await tale.startOfPlain()}`;
    const file = join(logDirectory, 'log-start-offset-checkpoint');
    const isThere = async () => readFileSync(file, 'utf8').split('\n').includes(line) && 'told';
    assert.equal(await eventually(isThere, `the checkpoint tells ${line}`), 'told');
  };

  const first = await apacheKafka(true);
  await tale.begin(first);
  let state = await tale.state(first);
  await first.stop();

  const node: Millrace = await startMillrace({ directory: logDirectory, properties: quick }, t);
  assert.ok(!node.output().includes('formatted '));
  await check(node, state);
  await tale.goOn(node, 'b');
  state = await tale.state(node);
  await checkpointed();
  await node.kill();
  await node.restart();
  await check(node, state);
  await node.stop();
  await dumpAll(tools, logDirectory);

  const second = await apacheKafka(false);
  await check(second, state);
  await tale.goOn(second, 'c');
  state = await tale.state(second);
  await checkpointed();
  await second.kill();

  await node.restart();
  await check(node, state);
  await tale.goOn(node, 'd');
  state = await tale.state(node);
  // The last word has Apache Kafka, over what a kill of ours left.
  await checkpointed();
  await node.kill();

  const third = await apacheKafka(false);
  await check(third, state);
  await third.stop();
  await dumpAll(tools, logDirectory);
});
