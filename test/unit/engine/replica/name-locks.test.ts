import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NameLocks } from '../../../../engine/replica/name-locks.ts';

test('tasks of one name run one at a time and in order, those of others are not held up', () => {
  const locks = new NameLocks();
  const ran: string[] = [];
  const releases = new Map<string, () => void>();
  const run = (name: string, task: string): void =>
    locks.run(name, (release) => {
      ran.push(task);
      releases.set(task, release);
    });
  run('a', 'a1');
  run('a', 'a2');
  run('b', 'b1');
  run('a', 'a3');
  assert.deepEqual(ran, ['a1', 'b1']);
  releases.get('a1')!();
  assert.deepEqual(ran, ['a1', 'b1', 'a2']);
  releases.get('b1')!();
  releases.get('a2')!();
  releases.get('a3')!();
  run('a', 'a4');
  assert.deepEqual(ran, ['a1', 'b1', 'a2', 'a3', 'a4']);
});

test('a task that releases at once lets the next one run', () => {
  const locks = new NameLocks();
  const ran: number[] = [];
  locks.run('a', (release) => {
    locks.run('a', (next) => {
      ran.push(2);
      next();
    });
    ran.push(1);
    release();
  });
  assert.deepEqual(ran, [1, 2]);
});
