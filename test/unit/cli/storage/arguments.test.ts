import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../../../../cli/command-error.ts';
import { parseStorageArguments } from '../../../../cli/storage/arguments.ts';

test('flags are taken in their long and short forms', () => {
  const short = parseStorageArguments(['format', '-c', 'f', '-t', 'id', '-g', '-f', 'a=1', '-f', 'b=2', '-N']);
  const long = parseStorageArguments([
    'format',
    '--config=f',
    '--cluster-id',
    'id',
    '--ignore-formatted',
    '--feature=a=1',
    '--feature',
    'b=2',
    '--no-initial-controllers',
  ]);
  assert.deepEqual(short, long);
  assert.ok(typeof short === 'object');
  assert.deepEqual(short.features, ['a=1', 'b=2']);
  assert.equal(short.standalone, false);
});

test('command lines that make no sense are refused with their usage', () => {
  const refused: readonly (readonly [string[], RegExp])[] = [
    [[], /too few arguments/],
    [['bogus'], /invalid choice: 'bogus'/],
    [['format', '-c', 'f'], /argument --cluster-id\/-t is required/],
    [['format', '-t', 'x'], /argument --config\/-c is required/],
    [['format', '-c', 'f', '-t', 'x', '-s', '-N'], /argument --no-initial-controllers: not allowed with argument --st/],
    [['info', '-c', 'f', '--bogus'], /--bogus/],
    [['random-uuid', 'more'], /more/],
    [['feature-dependencies'], /argument --feature\/-f is required/],
  ];
  for (const [args, words] of refused) {
    assert.throws(
      () => parseStorageArguments(args),
      (error) => error instanceof UsageError && words.test(error.message) && error.usage.startsWith('usage: '),
      args.join(' '),
    );
  }
  assert.match(String(parseStorageArguments(['format', '-h'])), /--initial-controllers/);
});
