/** The sink: a broker of C that stores nothing. See sink.c. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../test/support/free-port.ts';
import { endWithUs } from '../children.ts';
import { compile } from '../compile.ts';
import { type FrameSet, writeNumbered } from '../load/frames.ts';
import { collect, type Target, target } from '../target.ts';

/** With `storedIn` it writes all that it reads to files there. */
export async function startSink(frames: FrameSet, storedIn: string | null = null): Promise<Target> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-sink-'));
  const answers = join(directory, 'answers');
  writeNumbered(
    answers,
    frames.answers.map((bytes, number) => ({ number, bytes })),
  );
  const port = await freePort();
  const command = compile('sink/sink.c');
  const args = [answers, String(port), String(availableParallelism()), ...(storedIn === null ? [] : [storedIn])];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  endWithUs(child, directory);
  const output = collect(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () => reject(new Error(`the sink did not start: ${output()}`)));
  });
  return target({ name: 'sink', command, args, port, directory }, child, output, null);
}
