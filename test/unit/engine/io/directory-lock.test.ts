import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { type DirectoryLockError, lockDirectories, lockDirectory } from '../../../../engine/io/directory-lock.ts';
import { holderIn } from '../../../../engine/io/file-lock.ts';
import { findProgram } from '../../../support/find-program.ts';
import { skipForWant } from '../../../support/skip.ts';
import { tempDirFor } from '../../../support/temp-dir.ts';

const support = join(import.meta.dirname, '../../../support');

interface Holder {
  readonly child: ChildProcess;
  /** First line of its output; of its errors if it ended without one. */
  readonly word: string;
}

async function start(t: TestContext, command: string, args: string[]): Promise<Holder> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const [first] = (await Promise.race([once(child.stdout, 'data'), once(child, 'close')])) as unknown[];
  return { child, word: first instanceof Buffer ? first.toString().trim() : errors.trim() };
}

const ours = (t: TestContext, ...directories: string[]) =>
  start(t, process.execPath, [join(support, 'lock-holder.ts'), ...directories]);
const javas = (t: TestContext, directory: string) =>
  start(t, 'java', [join(support, 'java/LockHolder.java'), join(directory, '.lock')]);

it('refuses a second start in one line, and leaves no trace but .lock', async (t) => {
  const directory = tempDirFor(t);
  const other = tempDirFor(t);
  const first = await ours(t, directory);
  assert.equal(first.word, 'locked');
  const second = await ours(t, other, directory);
  assert.match(second.word, /^log directory \S+ is in use by (another process|process \d+ \(.+\))$/);
  assert.ok(second.word.includes(directory));
  assert.ok(process.platform !== 'linux' || second.word.includes(`process ${first.child.pid}`));
  assert.equal(second.child.exitCode, 3);
  assert.deepEqual(readdirSync(directory), ['.lock']);
  const [lock] = await lockDirectories([other]);
  await lock!.release();
});

it('is free again after release, after the end and after kill -9', async (t) => {
  const directory = tempDirFor(t);
  const released = await lockDirectory(directory);
  await released.release();
  const ended = await ours(t, directory);
  assert.equal(ended.word, 'locked');
  ended.child.stdin!.end();
  await once(ended.child, 'close');
  const killed = await ours(t, directory);
  assert.equal(killed.word, 'locked');
  killed.child.kill('SIGKILL');
  await once(killed.child, 'close');
  const again = await ours(t, directory);
  assert.equal(again.word, 'locked');
});

it('refuses the same directory twice in one process, and gives back those taken before', async (t) => {
  const directory = tempDirFor(t);
  const held = (error: DirectoryLockError) => error.reason === 'held' && /^log directory/.test(error.message);
  await assert.rejects(lockDirectories([directory, directory]), held);
  const lock = await lockDirectory(directory);
  await assert.rejects(lockDirectory(directory), held);
  await lock.release();
});

it('says what is wrong with a directory that is not there', async (t) => {
  await assert.rejects(
    lockDirectory(join(tempDirFor(t), 'absent')),
    (error: DirectoryLockError) => error.reason === 'unavailable' && /ENOENT/.test(error.message),
  );
});

it('and the lock of Apache Kafka refuse each other', async (t) => {
  if (findProgram('java') === null && !skipForWant(t, 'Java')) return;
  const directory = tempDirFor(t);
  const java = await javas(t, directory);
  assert.equal(java.word, 'locked');
  await assert.rejects(lockDirectory(directory), (error: DirectoryLockError) => error.reason === 'held');
  java.child.stdin!.end();
  await once(java.child, 'close');
  const lock = await lockDirectory(directory);
  assert.equal((await javas(t, directory)).word, 'refused');
  await lock.release();
  assert.equal((await javas(t, directory)).word, 'locked');
});

it('finds the holder in the list of the kernel', () => {
  const locks = [
    '1: FLOCK  ADVISORY  WRITE 7 fe:00:42 0 EOF',
    '2: POSIX  ADVISORY  WRITE 8 fe:00:421 0 EOF',
    '3: POSIX  ADVISORY  WRITE 9 fe:00:42 1073741824 1073742335',
    '3: -> POSIX  ADVISORY  WRITE 10 fe:00:43 0 EOF',
  ].join('\n');
  assert.equal(holderIn(locks, 42n), 9);
  assert.equal(holderIn(locks, 43n), null);
  assert.equal(holderIn('', 42n), null);
});
