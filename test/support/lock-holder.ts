import { DirectoryLockError, lockDirectories } from '../../engine/io/directory-lock.ts';

/** A process that locks the directories it is given, says so, and holds them until its standard input ends. */
try {
  const locks = await lockDirectories(process.argv.slice(2));
  console.log('locked');
  process.stdin.on('end', () => Promise.all(locks.map((lock) => lock.release()))).resume();
} catch (error) {
  if (!(error instanceof DirectoryLockError)) throw error;
  console.error(error.message);
  process.exitCode = 3;
}
