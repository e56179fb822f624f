import { limits } from '../base/limits.ts';
import { IngressBlock, type IngressMemory } from './ingress-memory.ts';

/**
 * What a connection has received and not yet cut into requests, and where its next read lands.
 *
 * An idle connection points at the thread's shared landing place; what came there is copied to a chunk of its size. A
 * connection that fills the landing place reads into a chunk of its own next, whose size it earns by filling the one
 * before: nothing is sized by what a frame claims. A partial frame at a chunk's end moves to the next chunk, and a frame
 * beyond the largest chunk to the heap, which doubles as bytes come.
 *
 * The kernel's next read goes to the memory that was named right after the last read, however much later it comes. So
 * `planLanding`, called at the end of each read and nowhere else, decides, and what it chose is kept until the next read.
 */
export class IngressBuffer {
  private readonly memory: IngressMemory;
  private landsInBlock = false;
  private earnedBytes: number = limits.firstChunkBytes;
  private largestFrameBytes = 0;
  block: IngressBlock | undefined;
  /** Positions in `block.bytes` of the first byte not yet cut, and after the last one received. */
  start = 0;
  end = 0;

  constructor(memory: IngressMemory) {
    this.memory = memory;
  }

  get available(): number {
    return this.end - this.start;
  }

  /** The size field of the frame at `start`; needs 4 available bytes. */
  frameSize(): number {
    const bytes = this.block!.bytes;
    const at = this.start;
    return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }

  /** The frame at `start` was taken. */
  consume(frameBytes: number): void {
    this.start += frameBytes;
    if (frameBytes > this.largestFrameBytes) this.largestFrameBytes = frameBytes;
  }

  landing(): Uint8Array {
    if (this.landsInBlock) return this.block!.bytes.subarray(this.end, this.landingEnd());
    const { bytes, landingStart, landingBytes } = this.memory;
    return bytes.subarray(landingStart, landingStart + landingBytes);
  }

  /**
   * A large frame ends its read: what comes after it would be copied when the block is full in its midst. One of which
   * nothing has come is taken to be like those before.
   */
  private landingEnd(): number {
    const { end } = this.block!;
    const frameBytes = this.available < 4 ? this.largestFrameBytes : this.frameSize() + 4;
    const frameEnd = this.start + frameBytes;
    return frameBytes >= limits.largeFrameBytes && frameEnd > this.end ? Math.min(end, frameEnd) : end;
  }

  received(length: number): void {
    if (this.landsInBlock) {
      this.end += length;
      return;
    }
    const { memory } = this;
    const left = this.available;
    if (this.block === undefined || this.block.end - this.end < length || left === 0) this.moveTo(left + length, true);
    const block = this.block!;
    if (block.chunk === -1) {
      block.bytes.set(memory.bytes.subarray(memory.landingStart, memory.landingStart + length), this.end);
    } else {
      memory.bytes.copyWithin(this.end, memory.landingStart, memory.landingStart + length);
    }
    memory.countCopied(length);
    this.end += length;
  }

  /**
   * Decides where the read after one of `length` bytes lands. `blocked`: a whole frame waits and can't start. False:
   * reading must pause (and what comes after the pause lands in the shared place).
   */
  planLanding(length: number, blocked: boolean): boolean {
    const { memory } = this;
    this.landsInBlock = false;
    if (this.available === 0) {
      if (length < memory.landingBytes / 2) {
        this.release();
        return true;
      }
      this.rewindOrRenew(length);
      this.landsInBlock = this.block !== undefined;
      return true;
    }
    const room = this.block!.end - this.end;
    if (room >= limits.smallestLandingBytes) {
      this.landsInBlock = true;
      return true;
    }
    if (blocked) return false;
    // A trickle goes on in the shared place: its block grows by what came, not by what it may earn.
    if (length < memory.landingBytes / 2 && this.block!.size < limits.firstChunkBytes) return true;
    // A peer that sends little by little holds little: its bytes are copied to a larger chunk when they outgrow theirs.
    const little = memory.landingBytes / 4;
    if (length < little && this.available < little) return true;
    if (this.available + this.memory.landingBytes <= this.block!.size && length < memory.landingBytes) return true;
    this.earn(this.earnedBytes * 4);
    const { largestChunkBytes } = memory;
    const wanted = Math.max(Math.min(this.earnedBytes, largestChunkBytes), this.available * 2);
    // What still fits a chunk with room to land in stays in the arena; beyond, it goes to the heap.
    const fits = this.available + limits.smallestLandingBytes <= largestChunkBytes;
    this.landsInBlock = this.moveTo(fits ? Math.min(wanted, largestChunkBytes) : wanted, false);
    return this.landsInBlock;
  }

  /** Before reading goes on after a pause for want of memory: what lands in the shared place must find room. False: none. */
  makeRoom(): boolean {
    const { available, block, memory } = this;
    if (available === 0 || block!.end - this.end >= memory.landingBytes) return true;
    return this.moveTo(available + Math.max(available, memory.landingBytes), false);
  }

  release(): void {
    this.block?.release();
    this.block = undefined;
    this.start = 0;
    this.end = 0;
    this.landsInBlock = false;
  }

  /** A chunk was filled: the next may be larger, up to what its frames need to be copied seldom: large ones never are. */
  private earn(bytes: number): void {
    const frames = this.largestFrameBytes >= limits.largeFrameBytes ? 1 : limits.framesPerChunk;
    const useful = Math.max(this.largestFrameBytes * frames, limits.firstChunkBytes);
    this.earnedBytes = Math.max(this.earnedBytes, Math.min(bytes, useful, limits.earnedChunkBytes));
  }

  /** Nothing is left in the block: start again at its first byte, still in the processor's cache, or take another. */
  private rewindOrRenew(length: number): void {
    const block = this.block;
    const size = block?.size ?? 0;
    if (length * 2 >= size) this.earn(size * 4);
    if (block !== undefined && block.chunk !== -1 && block.isSole() && size >= this.earnedBytes) {
      this.start = block.start;
      this.end = block.start;
      return;
    }
    this.release();
    const next = IngressBlock.inArena(this.memory, this.earnedBytes);
    if (next === undefined) return;
    this.block = next;
    this.start = next.start;
    this.end = next.start;
  }

  private onHeap(minBytes: number, force: boolean): IngressBlock | undefined {
    const { memory, available } = this;
    if (force) {
      // Twice what had come: bytes that come one by one would be copied with every one of them.
      const doubled = Math.max(minBytes, available * 2);
      return IngressBlock.onHeap(memory, doubled, doubled, this.block, true);
    }
    const frameBytes = available >= 4 ? Math.max(this.frameSize() + 4, available) : minBytes;
    // Doubling stops at the frame's end, but for the room that a read needs.
    const bytes = Math.min(minBytes, Math.max(frameBytes, available + memory.landingBytes));
    return IngressBlock.onHeap(memory, bytes, Math.max(frameBytes, bytes), this.block, false);
  }

  /** Moves what is left to a block of at least `minBytes`. False: there is no memory for it. */
  private moveTo(minBytes: number, force: boolean): boolean {
    const { memory } = this;
    const next =
      IngressBlock.inArena(memory, minBytes) ??
      (force || minBytes > memory.largestChunkBytes ? this.onHeap(minBytes, force) : undefined);
    if (next === undefined) return false;
    const left = this.available;
    const old = this.block;
    if (old !== undefined && left > 0) {
      if (old.bytes === next.bytes) next.bytes.copyWithin(next.start, this.start, this.end);
      else next.bytes.set(old.bytes.subarray(this.start, this.end), next.start);
      memory.countCopied(left);
    }
    old?.release();
    this.block = next;
    this.start = next.start;
    this.end = next.start + left;
    return true;
  }
}
