import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ApacheKafka, startApacheKafka } from '../support/apache-broker.ts';
import { apacheKafkaClasspath, requireApacheKafka } from '../support/apache-kafka.ts';
import { tellStory } from '../support/controller-story.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { controllerStories } from './controller-stories.ts';

/** No session is over before its story is. */
const properties = { 'broker.session.timeout.ms': '600000' };
let apache: ApacheKafka;
let millrace: Millrace;

before(async () => {
  if (apacheKafkaClasspath() === null) return;
  [apache, millrace] = await Promise.all([startApacheKafka({ properties }), startMillrace({ properties })]);
});

after(async () => {
  await Promise.all([apache?.stop(), millrace?.[Symbol.asyncDispose]()]);
});

for (const [title, story] of Object.entries(controllerStories)) {
  test(`a controller answers and writes what Apache Kafka's does: ${title}`, async (t) => {
    if (!requireApacheKafka(t)) return;
    const theirs = await tellStory(story, apache.controllerPort, apache.logDirectory);
    const ours = await tellStory(story, millrace.controllerPort, millrace.directory);
    assert.deepEqual(ours.told, theirs.told);
    assert.deepEqual(ours.records, theirs.records);
    assert.ok(theirs.told.length > 0);
  });
}
