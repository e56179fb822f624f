import type { RealFile } from './real-file.ts';

/** The named files of one disk by their directory, so that a rename finds those that it moves. */
export class FileNames {
  readonly #byDirectory = new Map<string, Set<RealFile>>();

  add(file: RealFile): void {
    const directory = directoryOf(file.path);
    let files = this.#byDirectory.get(directory);
    if (files === undefined) {
      files = new Set();
      this.#byDirectory.set(directory, files);
    }
    files.add(file);
  }

  remove(file: RealFile): void {
    const directory = directoryOf(file.path);
    const files = this.#byDirectory.get(directory);
    if (files === undefined) return;
    files.delete(file);
    if (files.size === 0) this.#byDirectory.delete(directory);
  }

  /** A file or directory has a new name: what was named by the old one or under it follows. */
  moved(from: string, to: string): void {
    const moving: RealFile[] = [];
    for (const file of this.#byDirectory.get(directoryOf(from)) ?? []) if (file.path === from) moving.push(file);
    for (const [directory, files] of this.#byDirectory) {
      if (directory === from || directory.startsWith(`${from}/`)) moving.push(...files);
    }
    for (const file of moving) {
      this.remove(file);
      file.path = to + file.path.slice(from.length);
      this.add(file);
    }
  }
}

function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
