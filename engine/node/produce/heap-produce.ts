import type { ThreadIndex } from '../../base/brands.ts';
import { limits } from '../../base/limits.ts';
import { produceEntry, produceEntryWords } from '../../base/produce-entry.ts';
import type { ProduceCall } from '../../broker/ports.ts';
import { errorCode } from '../../protocol/errors.ts';
import { arenaClass, type ChunkRef } from '../../ring/arena.ts';
import type { Link, Mesh } from '../mesh.ts';
import { oversizeChunk } from '../oversize.ts';

const noChunk = -1;

/** Entries of one owner that go out with one descriptor. */
interface Piece {
  readonly thread: ThreadIndex;
  readonly entries: number[];
  bytes: number;
}

/** Writes the descriptor of a piece; a credit is there. */
export type SendPiece = (
  link: Link,
  call: ProduceCall,
  entries: readonly number[],
  chunk: ChunkRef,
  list: ChunkRef,
) => void;

/**
 * A Produce request that lies on the heap, for it is larger than any chunk: its batches go to their owners in pieces that
 * fit chunks, as credits and memory allow, and a batch that fits none by the oversize region. While it is under way, no
 * other request of this thread starts, so that none overtakes it.
 */
export class HeapProduce {
  private readonly mesh: Mesh;
  private readonly call: ProduceCall;
  private readonly pieces: Piece[] = [];

  constructor(mesh: Mesh, call: ProduceCall, remote: ReadonlyMap<ThreadIndex, readonly number[]>) {
    this.mesh = mesh;
    this.call = call;
    const { largestBytes } = mesh.arena.description;
    for (const [thread, entries] of remote) {
      let piece: Piece | undefined;
      for (const index of entries) {
        const bytes = call.words[index * produceEntryWords + produceEntry.length]!;
        if (piece === undefined || piece.bytes + bytes > largestBytes) {
          piece = { thread, entries: [], bytes: 0 };
          this.pieces.push(piece);
        }
        piece.entries.push(index);
        piece.bytes += bytes;
      }
    }
  }

  /** Sends what can be sent now. True: that was the last of it. */
  pump(send: SendPiece): boolean {
    while (this.pieces.length > 0) {
      if (!this.sendPiece(this.pieces[0]!, send)) return false;
      this.pieces.shift();
    }
    return true;
  }

  private sendPiece({ thread, entries, bytes }: Piece, send: SendPiece): boolean {
    const { mesh, call } = this;
    const { arena, self, oversize } = mesh;
    if (bytes > limits.oversizeBytes) {
      call.appended(entries[0]!, errorCode.MESSAGE_TOO_LARGE, -1, -1, undefined);
      return true;
    }
    const link = mesh.link(thread);
    const { credits } = link.sender;
    if (credits.outstanding === credits.capacity) return false;
    if (bytes > arena.description.largestBytes) {
      if (!oversize.isFree) return false;
      const at = entries[0]! * produceEntryWords;
      const from = call.words[at + produceEntry.from]!;
      oversize.put(link, call.bytes.subarray(from, from + bytes));
      call.words[at + produceEntry.from] = 0;
      send(link, call, entries, oversizeChunk, noChunk);
      return true;
    }
    const chunk = arena.alloc(bytes, arenaClass.ingress);
    if (chunk === noChunk) return false;
    const list =
      entries.length === 1 ? noChunk : arena.alloc(entries.length * produceEntryWords * 4, arenaClass.ingress);
    if (list === noChunk && entries.length > 1) {
      arena.release(chunk, self);
      return false;
    }
    this.moveTo(arena.offsetOf(chunk), entries);
    send(link, call, entries, chunk, list);
    arena.release(chunk, self);
    return true;
  }

  private moveTo(start: number, entries: readonly number[]): void {
    const { words, bytes } = this.call;
    let to = start;
    for (const index of entries) {
      const at = index * produceEntryWords;
      const from = words[at + produceEntry.from]!;
      const length = words[at + produceEntry.length]!;
      this.mesh.arena.bytes.set(bytes.subarray(from, from + length), to);
      words[at + produceEntry.from] = to;
      to += length;
    }
  }
}
