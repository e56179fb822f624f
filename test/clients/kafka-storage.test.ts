/** bin/kafka-storage.sh does and says what Apache Kafka's storage tool does, and each starts what the other formatted. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { propertiesText, startMillrace } from '../support/millrace.ts';
import { runCommand } from '../support/run-command.ts';
import { runScript } from '../support/run-script.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const clusterId = 'MkU3OEVBNTcwNTJENDM2Qg';
const directoryId = 'JEXY6aqzQY-32P5TStzaFg';
const otherDirectoryId = 'MvDxzVmcRsaTz33bUuRU6A';
const storageTool = 'kafka.tools.StorageTool';

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
type Run = (args: readonly string[]) => Promise<Ran>;

const ours: Run = (args) => runScript('kafka-storage.sh', args);

function properties(home: string, changes: Readonly<Record<string, string | null>>): Record<string, string> {
  const all: Record<string, string | null> = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.bootstrap.servers': 'localhost:9093',
    listeners: 'PLAINTEXT://localhost:9092,CONTROLLER://localhost:9093',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': `${home}/a,${home}/b`,
    ...changes,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
}

const staticVoters = { 'controller.quorum.bootstrap.servers': null, 'controller.quorum.voters': '1@localhost:9093' };
const brokerOnly = { 'process.roles': 'broker', listeners: 'PLAINTEXT://localhost:9092', 'node.id': '2' };

interface Story {
  readonly changes?: Readonly<Record<string, string | null>>;
  readonly calls: readonly string[];
}

/** Calls one after the other on the same directories; `-c FILE` is put behind those of `info` and `format`. */
const stories: Readonly<Record<string, Story>> = {
  'alone, and again': {
    calls: [
      'info',
      `format -t ${clusterId}`,
      `format -t ${clusterId} --standalone`,
      'info',
      `format -t ${clusterId} -s`,
      `format -t ${clusterId} -s -g`,
      'format -t otherIDxxxxxxxxxxxxxxxx -s -g',
    ],
  },
  'without initial controllers': { calls: [`format -t ${clusterId} -N`, 'info'] },
  'voters of the configuration': {
    changes: staticVoters,
    calls: [`format -t ${clusterId} -s`, `format -t ${clusterId} -f kraft.version=1`, `format -t ${clusterId}`],
  },
  'one of two initial controllers': {
    calls: [`format -t ${clusterId} -I 1@localhost:9093:${directoryId},2@localhost:9095:${otherDirectoryId}`, 'info'],
  },
  'not among the initial controllers': {
    calls: [`format -t ${clusterId} -I 2@localhost:9095:${otherDirectoryId}`],
  },
  'a broker': { changes: brokerOnly, calls: [`format -t ${clusterId} -s`, `format -t any -r 3.9`, 'info'] },
  'metadata elsewhere': {
    changes: { 'metadata.log.dir': 'HOME/m' },
    calls: [`format -t ${clusterId} -s -f group.version=0 -f share.version=0`, 'info'],
  },
  'an older release': { calls: [`format -t ${clusterId} -s -r 3.8`] },
  refusals: {
    calls: [
      `format -t ${clusterId} -s -r 9.9`,
      `format -t ${clusterId} -s -f foo=1`,
      `format -t ${clusterId} -s -f kraft.version=0`,
      `format -t ${clusterId} -s -f kraft.version=2`,
      `format -t ${clusterId} -s -f group.version=9`,
      `format -t ${clusterId} -s -f group.version`,
      `format -t ${clusterId} -s -f group.version=x`,
      `format -t ${clusterId} -s -f metadata.version=99`,
      `format -t ${clusterId} -s -f metadata.version=31`,
      `format -t ${clusterId} -s -r 3.7 -f metadata.version=20`,
      `format -t ${clusterId} -s -r 3.9 -f eligible.leader.replicas.version=1`,
      `format -t ${clusterId} -I bogus`,
      `format -t ${clusterId} -I 1@localhost:9093`,
      `format -t ${clusterId} -I 1@localhost:9093:${directoryId},1@localhost:9094:${otherDirectoryId}`,
    ],
  },
  'without a node': {
    calls: [
      'version-mapping',
      'version-mapping -r 3.9-IV0',
      'version-mapping -r 4.4',
      'version-mapping -r 4.4-IV0',
      'feature-dependencies -f transaction.version=2',
      'feature-dependencies -f eligible.leader.replicas.version=1',
      'feature-dependencies -f metadata.version=17 -f group.version=9',
      'feature-dependencies -f foo=1',
      'feature-dependencies -f metadata.version=99',
    ],
  },
};

async function tell(story: Story, run: Run, home: string): Promise<string[]> {
  const file = join(home, 'server.properties');
  const written = propertiesText(properties(home, story.changes ?? {})).replaceAll('HOME', home);
  writeFileSync(file, written);
  const told: string[] = [];
  for (const call of story.calls) {
    const words = call.split(' ');
    if (words[0] === 'info' || words[0] === 'format') words.push('-c', file);
    const ran = await run(words);
    told.push(`$ ${call}`, `status ${ran.code}`, ...comparable(ran, home), ...filesIn(home));
  }
  return told;
}

/** The lines without stack traces, paths and chance; directories are formatted in any order. */
function comparable({ stdout, stderr }: Ran, home: string): string[] {
  const lines = `${stdout}\n${stderr}`
    .replaceAll(home, 'HOME')
    .split('\n')
    .filter((line) => !/^\tat |^\s*$|^Caused by|^SLF4J|log4j/i.test(line))
    .map((line) => line.replace(/^(Exception in thread "main" )?java\.[\w.]+: /, ''))
    .map((line) => line.replace(/directory\.id=[^,}]{22}/, 'directory.id=D'))
    // Of several directories Apache Kafka names the first by the hashes of their names, and these are chance.
    .map((line) => line.replace(/^(Log directory HOME\/|Invalid cluster\.id in: HOME\/)\w+/, '$1x'));
  return [
    ...lines.filter((line) => !line.startsWith('Formatting ')),
    ...lines.filter((line) => line.startsWith('Formatting ')).sort(),
  ];
}

function filesIn(home: string): string[] {
  const names = readdirSync(home, { recursive: true }).map(String).sort();
  return names.filter((name) => name !== 'server.properties' && name !== 'log');
}

test('the storage tool says, answers and leaves what that of Apache Kafka does', async (t) => {
  if (!requireApacheKafka(t)) return;
  const tools = new ApacheTools();
  t.after(() => tools.close());
  for (const [name, story] of Object.entries(stories)) {
    const [a, b] = [tempDirFor(t), tempDirFor(t)];
    const theirs = await tell(story, (args) => tools.run(storageTool, args), a);
    assert.deepEqual(await tell(story, ours, b), theirs, name);
  }
});

async function dump(tools: ApacheTools, file: string): Promise<string> {
  const text = await tools.output(tool.dumpLogSegments, ['--cluster-metadata-decoder', '--files', file]);
  return text
    .replace(/^Dumping .*$/gm, '')
    .replace(/CreateTime: \d+/g, 'CreateTime: T')
    .replace(/crc: \d+/g, 'crc: C')
    .replace(/"lastContainedLogTimestamp":[1-9]\d*/g, '"lastContainedLogTimestamp":T');
}

test('checkpoints of initial controllers hold the records that those of Apache Kafka do', async (t) => {
  if (!requireApacheKafka(t)) return;
  const tools = new ApacheTools();
  t.after(() => tools.close());
  const voters = `1@127.0.0.1:9093:${directoryId},2@localhost:9095:${otherDirectoryId},3@c.example:9:${clusterId}`;
  const story = { calls: [`format -t ${clusterId} -r 4.0 -f share.version=1 -I ${voters}`] };
  const [a, b] = [tempDirFor(t), tempDirFor(t)];
  await tell(story, (args) => tools.run(storageTool, args), a);
  await tell(story, ours, b);
  for (const name of ['bootstrap.checkpoint', '__cluster_metadata-0/00000000000000000000-0000000000.checkpoint']) {
    const theirs = await dump(tools, join(a, 'a', name));
    assert.match(theirs, /isvalid: true/);
    assert.equal(await dump(tools, join(b, 'a', name)), theirs);
  }
  const owner = (home: string) => /directory\.id=(.*)/.exec(readFileSync(join(home, 'a/meta.properties'), 'utf8'))?.[1];
  assert.equal(owner(b), directoryId);
  assert.equal(owner(a), directoryId);
});

const formats: Readonly<Record<string, readonly string[]>> = {
  standalone: ['--standalone'],
  'initial controllers': ['--initial-controllers', `1@127.0.0.1:29093:${directoryId}`],
};

/** The properties file with which a directory is formatted; the node that starts on it listens on ports of its own. */
function nodeFile(t: TestContext): { readonly file: string; readonly data: string } {
  const home = tempDirFor(t);
  const data = join(home, 'data');
  const file = join(home, 'server.properties');
  writeFileSync(file, propertiesText(properties(home, { 'log.dirs': data })));
  return { file, data };
}

test('a directory that Apache Kafka formatted starts here', async (t) => {
  if (!requireApacheKafka(t)) return;
  const tools = new ApacheTools();
  t.after(() => tools.close());
  for (const flags of Object.values(formats)) {
    const { file, data } = nodeFile(t);
    await tools.output(storageTool, ['format', '-t', clusterId, '-c', file, ...flags]);
    const node = await startMillrace({ directory: data }, t);
    assert.ok(node.output().includes(`node 1 of cluster ${clusterId}`), node.output());
    await node.stop();
  }
});

test('a directory that was formatted here starts under Apache Kafka', async (t) => {
  if (!requireApacheKafka(t)) return;
  for (const flags of Object.values(formats)) {
    const { file, data } = nodeFile(t);
    const formatted = await ours(['format', '-t', clusterId, '-c', file, ...flags]);
    assert.equal(formatted.code, 0, formatted.stderr);
    const broker = await startApacheKafka({ logDirectory: data, format: false });
    try {
      assert.match(readFileSync(join(data, 'meta.properties'), 'utf8'), new RegExp(`cluster.id=${clusterId}`));
    } finally {
      await broker.stop();
    }
  }
});

test('scripts run from any directory and through links', async (t) => {
  const home = tempDirFor(t);
  symlinkSync(join(import.meta.dirname, '../../bin/kafka-storage.sh'), join(home, 'one'));
  symlinkSync('one', join(home, 'two'));
  const ran = await runCommand(join(home, 'two'), ['random-uuid'], { cwd: home });
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stdout, /^[\w][\w-]{21}\n$/);
});

test('SCRAM credentials are refused, and nothing is formatted', async (t) => {
  const home = tempDirFor(t);
  const file = join(home, 'server.properties');
  writeFileSync(file, propertiesText(properties(home, {})));
  const args = ['format', '-t', clusterId, '-s', '-c', file, '-S', 'SCRAM-SHA-256=[name=alice,password=x]'];
  const ran = await ours(args);
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /^--add-scram is refused: /);
  assert.deepEqual(filesIn(home), []);
});
