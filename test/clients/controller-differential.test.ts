import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ApacheKafka, startApacheKafka } from '../support/apache-broker.ts';
import { apacheKafkaClasspath, requireApacheKafka } from '../support/apache-kafka.ts';
import { ControllerStory } from '../support/controller-story.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { controllerStories, type Story } from './controller-stories.ts';

let apache: ApacheKafka;
let millrace: Millrace;

before(async () => {
  if (apacheKafkaClasspath() === null) return;
  [apache, millrace] = await Promise.all([startApacheKafka(), startMillrace()]);
});

after(async () => {
  await Promise.all([apache?.stop(), millrace?.[Symbol.asyncDispose]()]);
});

interface Told {
  readonly told: readonly unknown[];
  readonly records: readonly unknown[];
}

/** Brokers of a story are gone when it ends, so that the next one finds none. */
async function tell(story: Story, controllerPort: number, directory: string): Promise<Told> {
  const teller = await ControllerStory.begin(controllerPort, directory);
  try {
    await story(teller);
    return { told: [...teller.told], records: await teller.records() };
  } finally {
    await teller.forget();
    teller.close();
  }
}

for (const [title, story] of Object.entries(controllerStories)) {
  test(`a controller answers and writes what Apache Kafka's does: ${title}`, async (t) => {
    if (!requireApacheKafka(t)) return;
    const theirs = await tell(story, apache.controllerPort, apache.logDirectory);
    const ours = await tell(story, millrace.controllerPort, millrace.directory);
    assert.deepEqual(ours.told, theirs.told);
    assert.deepEqual(ours.records, theirs.records);
    assert.ok(theirs.told.length > 0);
  });
}
