import type { Transport, TransportEvents } from '../../engine/base/transport.ts';

/** What a transport tells, kept; reads land in shared memory of `landingBytes`. */
export class MemoryEvents implements TransportEvents {
  readonly landingPlace: Uint8Array;
  readonly chunks: Uint8Array[] = [];
  receivedBytes = 0;
  landings = 0;
  drainedCount = 0;
  hasEnded = false;
  closedWith: { readonly error: Error | undefined } | null = null;
  /** Called after each event. */
  onEvent: () => void = () => {};

  constructor(landingBytes = 64 * 1024) {
    this.landingPlace = new Uint8Array(new SharedArrayBuffer(landingBytes));
  }

  landing(): Uint8Array {
    this.landings++;
    return this.landingPlace;
  }

  received(length: number): void {
    this.chunks.push(Uint8Array.from(this.landingPlace.subarray(0, length)));
    this.receivedBytes += length;
    this.onEvent();
  }

  drained(): void {
    this.drainedCount++;
    this.onEvent();
  }

  ended(): void {
    this.hasEnded = true;
    this.onEvent();
  }

  closed(error: Error | undefined): void {
    if (this.closedWith !== null) throw new Error('closed was told twice');
    this.closedWith = { error };
    this.onEvent();
  }

  bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  /** Waits until something holds, looked at after each event. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        this.onEvent = () => {};
        resolve();
      };
      this.onEvent = look;
      look();
    });
  }
}

/** Counts how often each write was told done, and how. */
export class WriteLedger {
  readonly outcomes: boolean[][] = [];

  write(transport: Transport, bytes: Uint8Array): void {
    const outcome: boolean[] = [];
    this.outcomes.push(outcome);
    transport.write(bytes, (failed) => outcome.push(failed));
  }

  /** True when every write was told exactly once. */
  isComplete(): boolean {
    return this.outcomes.every((outcome) => outcome.length === 1);
  }

  get failures(): number {
    return this.outcomes.filter((outcome) => outcome[0] === true).length;
  }
}
