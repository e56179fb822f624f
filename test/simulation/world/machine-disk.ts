import type { Disk } from '../../../engine/base/disk.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
import { type DiskOperation, type Fault, SimulatedDisk } from '../../support/simulated-disk.ts';
import { SimulatedStore } from '../../support/simulated-store.ts';
import type { ProcessLife } from './process-life.ts';
import { RotDisk } from './rot-disk.ts';
import type { Scheduler } from './scheduler.ts';

export interface DiskProfile {
  readonly operationMs: number;
  readonly syncMs: number;
}

/** A machine's disk: it outlives the processes that use it, and keeps what they had made durable. */
export class MachineDisk {
  isFull = false;
  /** How many operations from now on fail with EIO. */
  errorsDue = 0;
  /** How many reads from now on have a bit turned. */
  rotDue = 0;
  slowness = 1;
  readonly #scheduler: Scheduler;
  readonly #random: SeededRandom;
  readonly #profile: DiskProfile;
  readonly #root: string;
  readonly #hit: (what: 'disk full' | 'disk error' | 'bit flip') => void;
  #store = new SimulatedStore({ files: {}, directories: [] });
  #inUse: SimulatedDisk | null = null;

  constructor(
    root: string,
    scheduler: Scheduler,
    random: SeededRandom,
    profile: DiskProfile,
    hit: (what: 'disk full' | 'disk error' | 'bit flip') => void,
  ) {
    this.#root = root;
    this.#scheduler = scheduler;
    this.#random = random;
    this.#profile = profile;
    this.#hit = hit;
  }

  /** The disk as a process uses it. What it has in flight when it dies does not happen. */
  open(life: ProcessLife): Disk {
    const disk = new SimulatedDisk({
      root: this.#root,
      store: this.#store,
      defer: (operation, run) => {
        this.#scheduler.after(this.#latencyMs(operation), () => life.enter(run));
      },
      fault: (operation) => this.#faultOf(operation),
    });
    this.#inUse = disk;
    return new RotDisk(disk, (into) => this.#rot(into));
  }

  /** For what happens before the simulation begins: at once, and durable. */
  openAtOnce(): Disk {
    return new SimulatedDisk({ root: this.#root, store: this.#store });
  }

  /** Every file as seen now. */
  contents(): Readonly<Record<string, Uint8Array>> {
    return this.#store.image().files;
  }

  /** What was not durable is lost by chance, and writes are torn. @returns how many changes were lost or in doubt. */
  losePower(): number {
    const pending = this.#inUse?.pendingChanges().length ?? this.#store.pendingChanges().length;
    const crashed =
      this.#inUse === null
        ? this.#store.crashed({ random: this.#random })
        : this.#inUse.crashImage({ random: this.#random });
    this.#store = new SimulatedStore(crashed);
    this.#inUse = null;
    return pending;
  }

  heal(): void {
    this.isFull = false;
    this.errorsDue = 0;
    this.rotDue = 0;
    this.slowness = 1;
  }

  /** A fault was made and its effect may still be to come, or to be felt. */
  get isFaulty(): boolean {
    return this.isFull || this.errorsDue > 0 || this.rotDue > 0;
  }

  #latencyMs({ kind }: DiskOperation): number {
    const { operationMs, syncMs } = this.#profile;
    const durable = kind === 'sync' || kind === 'replaceFile' || kind === 'rename' || kind === 'makeDirectory';
    const typicalMs = (durable ? syncMs : operationMs) * this.slowness;
    return typicalMs * (0.2 + this.#random.below(1000) / 500);
  }

  #faultOf({ kind, bytes }: DiskOperation): Fault | null {
    if (this.isFull && (kind === 'write' || kind === 'replaceFile')) {
      this.#hit('disk full');
      return { code: 'ENOSPC', writtenBytes: this.#random.below(Math.max(1, bytes)) };
    }
    if (this.errorsDue > 0 && (kind === 'write' || kind === 'sync' || kind === 'read')) {
      this.errorsDue--;
      this.#hit('disk error');
      return { code: 'EIO', writtenBytes: this.#random.below(Math.max(1, bytes)) };
    }
    return null;
  }

  #rot(into: Uint8Array): void {
    if (this.rotDue === 0 || into.length === 0) return;
    this.rotDue--;
    this.#hit('bit flip');
    const at = this.#random.below(into.length);
    into[at] = into[at]! ^ (1 << this.#random.below(8));
  }
}
