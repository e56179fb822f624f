import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseDirectory, type LogDirectory } from '../../../../engine/replica/log-directory.ts';
import { SimulatedDisk } from '../../../support/simulated-disk.ts';

function directories(...counts: number[]): LogDirectory[] {
  return counts.map((count) => ({ disk: new SimulatedDisk(), isClean: true, logs: Int32Array.of(count) }));
}

const none = (): boolean => false;

test('a new log goes to the directory with the fewest, the first of equals', () => {
  assert.equal(chooseDirectory(directories(3, 1, 2), none), 1);
  assert.equal(chooseDirectory(directories(1, 1), none), 0);
});

test('directories that are offline get none, cordoned ones only where there is no other', () => {
  const three = directories(0, 1, 2);
  three[0]!.disk.fail('test');
  assert.equal(chooseDirectory(three, none), 1);
  const byDisk = directories(0, 5);
  let asked = 0;
  const firstOnly = (): boolean => asked++ === 0;
  assert.equal(chooseDirectory(byDisk, firstOnly), 1);
  assert.equal(
    chooseDirectory(byDisk, () => true),
    0,
  );
  for (const { disk } of three) disk.fail('test');
  assert.equal(chooseDirectory(three, none), -1);
});
