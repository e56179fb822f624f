import type { Disk, DiskFile, Done } from '../../../engine/base/disk.ts';
import { type ForwardedOperation, ForwardingDisk } from '../../support/forwarding-disk.ts';

/** Batches of the metadata log are checked by whoever reads or is sent them. */
function isChecked(path: string): boolean {
  return path.startsWith('__cluster_metadata-0/') && path.endsWith('.log');
}

/** A disk whose reads may not give what was written. */
export class RotDisk extends ForwardingDisk {
  readonly #rot: (into: Uint8Array) => void;

  constructor(inner: Disk, rot: (into: Uint8Array) => void) {
    super(inner);
    this.#rot = rot;
  }

  protected override forward(_operation: ForwardedOperation, run: () => void): void {
    run();
  }

  override read(file: DiskFile, positionBytes: number, into: Uint8Array, recent: boolean, done: Done<number>): void {
    this.inner.read(file, positionBytes, into, recent, (error, read) => {
      if (error === null && isChecked(file.path)) this.#rot(into.subarray(0, read));
      done(error, read);
    });
  }
}
