import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences, generate, readSchema } from '../../../../tools/generate/output.ts';

test('the generated codecs are what the schemas say', () => {
  assert.deepEqual(differences(generate(readSchema())), [], 'run `npm run generate`');
});

test('a change of a schema is noticed', () => {
  const files = generate(readSchema());
  files.set('fetch-request.js', `${files.get('fetch-request.js')}// changed\n`);
  files.delete('vote-request.js');
  files.set('new-request.js', '');
  assert.deepEqual(differences(files).sort(), [
    'fetch-request.js is out of date',
    'new-request.js is missing',
    'vote-request.js belongs to no schema',
  ]);
});
