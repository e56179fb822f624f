import { diskLimits } from '../../engine/base/limits.ts';
import { SpeedPolicy } from '../../engine/io/disk/speed-policy.ts';
import { DiskCalls } from './disk-calls.ts';
import { realDisk } from './real-disk.ts';

/**
 * Writes 16 KiB in a process that may make files of 8 KiB only (`ulimit -f`), through the pool and synchronously, and
 * prints what became of each write.
 */
process.on('SIGXFSZ', () => {
  // The kernel's way to tell of the limit; without a listener it ends the process.
});
const policy = new SpeedPolicy({ ...diskLimits.speed, promoteAfterOperations: 2 });
const calls = new DiskCalls(realDisk(process.argv[2]!, { policy }));
for (const name of ['pooled', 'direct']) {
  const file = calls.disk.file(name);
  await calls.write(file, 0, new Uint8Array(100));
  const outcome = await calls.write(file, 0, new Uint8Array(10_000), new Uint8Array(6384)).then(
    (written) => `wrote ${written}`,
    (error: { code: string }) => error.code,
  );
  console.log(name, outcome, calls.disk.isOnline());
  policy.pooled(0, 0, 0);
}
