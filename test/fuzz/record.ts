/**
 * Records what real clients (kcat, kafkajs, Apache Kafka's tools) send to a node of ours, for the fuzzer to mutate:
 * `node test/fuzz/record.ts` writes test/fuzz/recorded-frames.txt anew. Frames that differ only in their correlation id
 * are kept once.
 */
import { writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import kafkajs from 'kafkajs';
import { apiRow } from '#engine/protocol/api-table.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { freePorts } from '../support/free-port.ts';
import { runKcat } from '../support/kcat.ts';
import { startMillrace } from '../support/millrace.ts';
import { recordedFile } from './support/recorded-frames.ts';

const largestFrameBytes = 3000;
const framesEach = 4;

class Recorder {
  /** By API and version, then the frame without its correlation id. */
  readonly frames = new Map<string, Map<string, Buffer>>();

  keep(frame: Buffer): void {
    if (frame.length > largestFrameBytes || frame.length < 8) return;
    const name = `${apiRow(frame.readInt16BE(0))?.name}-${frame.readInt16BE(2)}`;
    const kept = this.frames.get(name) ?? new Map<string, Buffer>();
    this.frames.set(name, kept);
    const plain = Buffer.from(frame);
    plain.writeInt32BE(0, 4);
    if (kept.size < framesEach) kept.set(plain.toString('hex'), plain);
  }

  /** Passes a connection on, and keeps the requests that pass. */
  relay(socket: Socket, port: number): void {
    const upstream = connect(port, '127.0.0.1');
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 4 && pending.length >= 4 + pending.readInt32BE(0)) {
        const end = 4 + pending.readInt32BE(0);
        this.keep(pending.subarray(4, end));
        pending = pending.subarray(end);
      }
    });
    socket.pipe(upstream).pipe(socket);
    for (const end of [socket, upstream]) end.on('error', () => end.destroy());
  }
}

async function kcatSession(bootstrap: string): Promise<void> {
  for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd']) {
    const produce = ['-b', bootstrap, '-P', '-t', 't0', '-p', '0', '-X', `compression.codec=${codec}`];
    await runKcat(produce, { input: 'a b c d e f g h i j k l m n o p\n'.repeat(12) });
  }
  for (const acks of ['0', '1'])
    await runKcat(['-b', bootstrap, '-P', '-t', 'orders', '-X', `acks=${acks}`], { input: 'one\ntwo\n' });
  await runKcat(['-b', bootstrap, '-P', '-t', 't1', '-X', 'enable.idempotence=true'], { input: 'one\ntwo\n' });
  await runKcat(['-b', bootstrap, '-C', '-t', 't0', '-o', 'beginning', '-e']);
  await runKcat(['-b', bootstrap, '-Q', '-t', 't0:0:-1']);
  await runKcat(['-b', bootstrap, '-L']);
}

async function kafkajsSession(bootstrap: string): Promise<void> {
  const kafka = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  for (const topic of ['t0', 'orders'])
    await producer.send({ topic, messages: [{ key: 'k', value: 'v', headers: { h: 'x' } }] });
  await producer.disconnect();
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    topics: [{ topic: 'made', numPartitions: 2, configEntries: [{ name: 'cleanup.policy', value: 'compact' }] }],
  });
  await admin.createPartitions({ topicPartitions: [{ topic: 'made', count: 3 }] });
  await admin.describeConfigs({
    includeSynonyms: true,
    resources: [
      { type: 2, name: 'made' },
      { type: 4, name: '1' },
    ],
  });
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: 2, name: 'made', configEntries: [{ name: 'retention.ms', value: '5000' }] }],
  });
  await admin.fetchTopicOffsetsByTimestamp('t0', 5);
  await admin.deleteTopicRecords({ topic: 't0', partitions: [{ partition: 0, offset: '1' }] });
  await admin.deleteTopics({ topics: ['made'] });
  await admin.disconnect();
}

async function apacheSession(bootstrap: string): Promise<void> {
  const tools = new ApacheTools();
  const to = ['--bootstrap-server', bootstrap];
  await tools.run(tool.topics, [
    ...to,
    '--create',
    '--topic',
    'late',
    '--partitions',
    '3',
    '--config',
    'retention.ms=1000',
  ]);
  await tools.run(tool.topics, [...to, '--alter', '--topic', 'late', '--partitions', '4']);
  await tools.run(tool.topics, [...to, '--describe']);
  await tools.run(tool.configs, [
    ...to,
    '--alter',
    '--entity-type',
    'topics',
    '--entity-name',
    'late',
    '--add-config',
    'retention.ms=9',
  ]);
  await tools.run(tool.configs, [...to, '--describe', '--entity-type', 'brokers', '--entity-name', '1', '--all']);
  await tools.run(tool.consoleProducer, [...to, '--topic', 't0'], { input: 'x\ny\n' });
  await tools.run(tool.getOffsets, [...to, '--topic', 't0']);
  await tools.run(tool.logDirs, [...to, '--describe']);
  await tools.run(tool.metadataQuorum, [...to, 'describe', '--status']);
  await tools.run(tool.features, [...to, 'describe']);
  await tools.run(tool.cluster, ['cluster-id', ...to]);
  await tools.run(tool.transactions, [...to, 'describe-producers', '--topic', 't0', '--partition', '0']);
  const consume = ['--topic', 't0', '--partition', '0', '--offset', 'earliest', '--timeout-ms', '3000'];
  await tools.run(tool.consoleConsumer, [...to, ...consume]);
  await tools.run(tool.topics, [...to, '--delete', '--topic', 'late']);
  tools.close();
}

const [relayPort] = await freePorts(1);
const bootstrap = `127.0.0.1:${relayPort}`;
const advertised = `PLAINTEXT://${bootstrap}`;
const node = await startMillrace({ properties: { 'advertised.listeners': advertised, 'num.partitions': '3' } });
const recorder = new Recorder();
const server = createServer((socket) => recorder.relay(socket, node.port));
await new Promise<void>((resolve) => server.listen(relayPort, '127.0.0.1', resolve));
await kcatSession(bootstrap);
await kafkajsSession(bootstrap);
await apacheSession(bootstrap);
const lines = [...recorder.frames].flatMap(([name, frames]) => [...frames.keys()].map((frame) => `${name} ${frame}`));
writeFileSync(recordedFile, `# Written by record.ts.\n${lines.sort().join('\n')}\n`);
process.stdout.write(`${lines.length} frames of ${recorder.frames.size} versions of APIs\n`);
server.close();
await node[Symbol.asyncDispose]();
process.exit(0);
