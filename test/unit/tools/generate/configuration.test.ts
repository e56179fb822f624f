import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { configurationPage, renderConfiguration } from '../../../../tools/generate/configuration.ts';

test('docs/configuration.md is what the tables of keys say', () => {
  assert.equal(readFileSync(configurationPage, 'utf8'), renderConfiguration());
});
