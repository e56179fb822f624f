import { controllerListenerLimits, limits } from '../../base/limits.ts';
import type { IngressMemory } from '../../net/ingress-memory.ts';

const noChunk = -1;

/**
 * Plain buffers for requests to the controller: few and small, so an arena would be dear. Only the landing place is
 * kept; every request lies in a buffer of its own, which grows with what has come and counts against one budget.
 */
export class HeapIngress implements IngressMemory {
  readonly bytes = new Uint8Array(limits.sharedLandingBytes);
  readonly landingStart = 0;
  readonly landingBytes: number = limits.sharedLandingBytes;
  readonly largestChunkBytes = 0;
  private readonly budgetBytes: number;
  private readonly requestTurn: () => void;
  private usedBytes = 0;
  private wasFreed = false;
  private waiting: (() => void)[] = [];

  constructor(budgetBytes: number, requestTurn: () => void) {
    this.budgetBytes = budgetBytes > 0 ? budgetBytes : controllerListenerLimits.requestBytes;
    this.requestTurn = requestTurn;
  }

  /** Bytes of requests that have come and are not handled. */
  get usedHeapBytes(): number {
    return this.usedBytes;
  }

  allocate(): number {
    return noChunk;
  }

  hold(): void {}

  release(): void {}

  isSole(): boolean {
    return false;
  }

  startOf(): number {
    return 0;
  }

  sizeOf(): number {
    return 0;
  }

  /** Granted while anything is left, so that one request larger than the budget can still pass. */
  reserveHeap(bytes: number): boolean {
    if (this.usedBytes >= this.budgetBytes) return false;
    this.usedBytes += bytes;
    return true;
  }

  unreserveHeap(bytes: number): void {
    this.usedBytes -= bytes;
    this.wasFreed = true;
    if (this.waiting.length > 0) this.requestTurn();
  }

  whenFreed(retry: () => void): void {
    this.waiting.push(retry);
  }

  countCopied(_bytes: number): void {
    // What the controller copies is no part of the figure that brokers are measured by.
  }

  /** Connections that wait for memory try again, once some has been given back. */
  retryWaiting(): void {
    if (!this.wasFreed || this.waiting.length === 0) return;
    this.wasFreed = false;
    const waiting = this.waiting;
    this.waiting = [];
    for (const retry of waiting) retry();
  }
}
