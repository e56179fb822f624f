import fs from 'node:fs';
import type { DescriptorCache } from './descriptor-cache.ts';
import { errnoOf } from './errors.ts';
import type { RealFile } from './real-file.ts';
import type { RenameGate } from './rename-gate.ts';

const permissions = 0o644;

/** Opens the files of one disk when they are first used, each once at a time, and never while a rename runs. */
export class FileOpener {
  readonly #root: string;
  readonly #gate: RenameGate;
  readonly #descriptors: DescriptorCache;

  constructor(root: string, gate: RenameGate, descriptors: DescriptorCache) {
    this.#root = root;
    this.#gate = gate;
    this.#descriptors = descriptors;
  }

  /** Calls `done` at once where the file is open. The caller holds the file in flight, so that it stays open. */
  open(file: RealFile, create: boolean, done: (error: Error | null) => void): void {
    if (file.fd >= 0) {
      done(null);
      return;
    }
    if (file.openWaiters !== null) {
      // The open that runs may fail where this one, which may create the file, would not.
      file.openWaiters.push(() => this.open(file, create, done));
      return;
    }
    file.openWaiters = [];
    this.#gate.enterOpen(() => {
      const flags = create ? fs.constants.O_RDWR | fs.constants.O_CREAT : fs.constants.O_RDWR;
      this.#openOrEvict(`${this.#root}/${file.path}`, flags, true, (error, fd) => {
        this.#gate.leaveOpen();
        const waiters = file.openWaiters ?? [];
        file.openWaiters = null;
        if (error === null) {
          file.fd = fd;
          this.#descriptors.add(file);
        }
        done(error);
        for (const waiter of waiters) waiter();
      });
    });
  }

  #openOrEvict(path: string, flags: number, again: boolean, done: (error: Error | null, fd: number) => void): void {
    fs.open(path, flags, permissions, (error, fd) => {
      const exhausted = errnoOf(error) === 'EMFILE' || errnoOf(error) === 'ENFILE';
      if (exhausted && again && this.#descriptors.evictOne()) this.#openOrEvict(path, flags, false, done);
      else done(error, fd);
    });
  }
}
