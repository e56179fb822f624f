/** Voters in the log (KIP-853) of quorums of our nodes and Apache Kafka's: either adds the other, and is voted out. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { type ApacheKafka, startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { Millrace, propertiesText } from '../support/millrace.ts';
import {
  eventually,
  leaderOf,
  listTopics,
  type QuorumPlace,
  quorumClusterId,
  quorumPlaces,
  quorumProperties,
  tryCreateTopic,
} from '../support/quorum-processes.ts';
import { runCommand } from '../support/run-command.ts';
import { tempDirFor } from '../support/temp-dir.ts';

type Program = 'millrace' | 'apache';

const storageTool = join(import.meta.dirname, '../../bin/kafka-storage.sh');
const tools = new ApacheTools();
after(() => tools.close());

class Member {
  readonly place: QuorumPlace;
  readonly file: string;
  readonly #home: string;
  readonly #properties: Readonly<Record<string, string>>;

  constructor(t: TestContext, place: QuorumPlace, places: readonly QuorumPlace[]) {
    this.place = place;
    this.#home = tempDirFor(t);
    mkdirSync(this.directory);
    this.#properties = {
      ...quorumProperties(place, places, this.directory),
      'controller.quorum.voters': '',
      'controller.quorum.bootstrap.servers': places.map((each) => `127.0.0.1:${each.controllerPort}`).join(','),
      'millrace.metrics.listener': '',
      'num.io.threads': '1',
    };
    this.file = join(this.#home, 'command.properties');
    writeFileSync(this.file, propertiesText(this.#properties));
  }

  get directory(): string {
    return join(this.#home, 'data');
  }

  get directoryId(): string {
    return /directory\.id=(.*)/.exec(readFileSync(join(this.directory, 'meta.properties'), 'utf8'))![1]!;
  }

  async start(t: TestContext, program: Program, flag: '--standalone' | '--no-initial-controllers'): Promise<void> {
    const { code, stderr } = await runCommand(storageTool, ['format', '-t', quorumClusterId, '-c', this.file, flag]);
    assert.equal(code, 0, stderr);
    const { port, controllerPort } = this.place;
    if (program === 'millrace') {
      const node = new Millrace({ properties: this.#properties }, [port, controllerPort], this.#home);
      t.after(() => node[Symbol.asyncDispose]());
      await node.serving();
      return;
    }
    const running: ApacheKafka = await startApacheKafka({
      ports: [port, controllerPort],
      logDirectory: this.directory,
      properties: this.#properties,
      without: ['controller.quorum.voters'],
      format: false,
      heapMb: 256,
    });
    t.after(() => running.kill());
  }
}

/** The first is a quorum alone; the others join it, and it is voted out. */
async function story(t: TestContext, programs: readonly [Program, Program, Program]): Promise<void> {
  const places = await quorumPlaces(3);
  const members = places.map((place) => new Member(t, place, places));
  const [first, second, third] = members as [Member, Member, Member];
  await first.start(t, programs[0], '--standalone');
  await Promise.all([
    second.start(t, programs[1], '--no-initial-controllers'),
    third.start(t, programs[2], '--no-initial-controllers'),
  ]);
  const controllers = (member: Member): string[] => [
    '--bootstrap-controller',
    `127.0.0.1:${member.place.controllerPort}`,
  ];
  for (const [count, joining] of [
    [2, second],
    [3, third],
  ] as const) {
    await eventually(`node ${joining.place.id} observes`, async () => {
      const { observers } = await leaderOf(places);
      return observers.includes(joining.place.id) ? true : null;
    });
    const args = ['--command-config', joining.file, ...controllers(first), 'add-controller'];
    await tools.output(tool.metadataQuorum, args);
    const { ends } = await leaderOf(places);
    assert.equal(ends.size, count);
    await eventually('a topic', () => tryCreateTopic(joining.place.port, `with-${count}`));
  }
  assert.equal((await leaderOf(places)).leaderId, 1);
  const removed = ['--controller-id', '1', '--controller-directory-id', first.directoryId];
  await tools.output(tool.metadataQuorum, [...controllers(second), 'remove-controller', ...removed]);
  await eventually('another leader, and the first observes', async () => {
    const { leaderId, ends, observers } = await leaderOf(places);
    return leaderId !== 1 && ends.size === 2 && observers.includes(1) ? true : null;
  });
  for (const { place } of members) {
    await eventually('a topic', () => tryCreateTopic(place.port, `without-the-first-${place.id}`));
  }
  for (const { place } of members) {
    await eventually(`node ${place.id} knows all topics`, async () => {
      const topics = await listTopics(place.port);
      return ['with-2', 'with-3', ...places.map(({ id }) => `without-the-first-${id}`)].every((name) =>
        topics.includes(name),
      )
        ? true
        : null;
    });
  }
}

test('a quorum of one node of Apache Kafka takes one of ours and one of its own, and votes itself out', async (t) => {
  if (!requireApacheKafka(t)) return;
  await story(t, ['apache', 'millrace', 'apache']);
});

test('a quorum of one node of ours takes two of Apache Kafka, and votes itself out', async (t) => {
  if (!requireApacheKafka(t)) return;
  await story(t, ['millrace', 'apache', 'apache']);
});
