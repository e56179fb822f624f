import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandError } from '../../../../cli/command-error.ts';
import { parseInitialControllers } from '../../../../cli/storage/initial-controllers.ts';

const one = 'JEXY6aqzQY-32P5TStzaFg';
const two = 'MvDxzVmcRsaTz33bUuRU6A';

test('voters are read with their directories', () => {
  const voter = (id: number, host: string, port: number, directoryId: string) => ({
    id,
    directoryId,
    endpoints: [{ name: 'CONTROLLER', host, port }],
    minKraftVersion: 0,
    maxKraftVersion: 1,
  });
  assert.deepEqual(parseInitialControllers(` 1@host:9093:${one} , 2@[::1]:0:${two},`, 'CONTROLLER'), [
    voter(1, 'host', 9093, one),
    voter(2, '::1', 0, two),
  ]);
});

test('what is no voter is refused in the words of Apache Kafka', () => {
  const refused: Readonly<Record<string, string>> = {
    '': 'No voters given.',
    '1': 'No @ found in dynamic voter string.',
    [`@h:1:${one}`]: 'Invalid @ at beginning of dynamic voter string.',
    [`x@h:1:${one}`]: 'Failed to parse node id in dynamic voter string.',
    [`-1@h:9:${one}`]: 'Invalid negative node id -1 in dynamic voter string.',
    [`2147483648@h:9:${one}`]: 'Failed to parse node id in dynamic voter string.',
    '1@h': 'No colon following hostname could be found.',
    '1@h:9': 'No colon following port could be found.',
    [`1@h:x:${one}`]: 'Failed to parse port in dynamic voter string.',
    [`1@h:99999:${one}`]: 'Invalid port 99999 in dynamic voter string.',
    '1@h:9:bad': 'Failed to parse directory ID in dynamic voter string.',
    '1@[::1': 'Hostname began with left bracket, but no right bracket was found.',
    [`1@[::1]9:${one}`]: 'Port section must start with a colon.',
    [`1@h:9:${one},1@g:9:${two}`]: 'Node id 1 was specified more than once.',
  };
  for (const [text, message] of Object.entries(refused)) {
    assert.throws(
      () => parseInitialControllers(text, 'CONTROLLER'),
      (error) => error instanceof CommandError && error.message === message,
      text,
    );
  }
});
