import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();
let watching = false;

/** Makes an empty directory under the system's temporary one, or under `parent`. It is removed when the process ends, if not before. */
export function makeTempDir(prefix = 'millrace-', parent = tmpdir()): string {
  const path = mkdtempSync(join(parent, prefix));
  made.add(path);
  if (!watching) {
    watching = true;
    process.on('exit', removeAll);
  }
  return path;
}

/** Removes a directory made by `makeTempDir`, with all that is in it. */
export function removeTempDir(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  made.delete(path);
}

/** A directory for the time of one test. */
export function tempDirFor(t: { after(run: () => void): void }, prefix = 'millrace-'): string {
  const path = makeTempDir(prefix);
  t.after(() => removeTempDir(path));
  return path;
}

function removeAll(): void {
  for (const path of made) rmSync(path, { recursive: true, force: true });
}
