import type { ThreadIndex } from '../base/brands.ts';
import type { ArenaLimits, RingLimits } from '../base/limits.ts';
import { type ArenaDescription, allocateArena } from '../ring/arena.ts';
import { createDoorbells } from '../ring/doorbell.ts';
import { createRing } from '../ring/ring.ts';
import type { MeshDescription } from './mesh.ts';
import { allocateOversize } from './oversize.ts';

/** What one thread is given of the shared memory. */
export interface ThreadMemory {
  readonly mesh: MeshDescription;
  readonly arena: ArenaDescription;
  readonly arenaLimits: ArenaLimits;
  readonly threads: number;
}

/**
 * The rings, arenas and doorbells of a process: shards 0 … N-1 and the coordinator, N. A shard that died gets new rings
 * and a new arena; what is in the old ones is lost with it.
 */
export class ProcessMemory {
  readonly threads: number;
  readonly coordinator: ThreadIndex;
  private readonly ringLimits: RingLimits;
  private readonly arenaLimits: readonly ArenaLimits[];
  private readonly arenas: ArenaDescription[];
  private readonly oversize: SharedArrayBuffer[];
  private readonly doorbells: SharedArrayBuffer;
  /** By sender, then receiver. */
  private readonly rings: (SharedArrayBuffer | undefined)[][];
  /** By thread: how often it died. Two threads' rings are renewed with each death of either. */
  private readonly deaths: number[];

  constructor(shards: number, ringLimits: RingLimits, shardArena: ArenaLimits, coordinatorArena: ArenaLimits) {
    this.threads = shards + 1;
    this.coordinator = shards;
    this.ringLimits = ringLimits;
    this.arenaLimits = Array.from({ length: this.threads }, (_, thread) =>
      thread === shards ? coordinatorArena : shardArena,
    );
    this.arenas = this.arenaLimits.map((arena) => allocateArena(arena));
    this.oversize = this.arenas.map(() => allocateOversize());
    this.doorbells = createDoorbells(this.threads);
    this.deaths = new Array<number>(this.threads).fill(0);
    this.rings = Array.from({ length: this.threads }, (_, from) =>
      Array.from({ length: this.threads }, (_, to) => (from === to ? undefined : createRing(ringLimits.slots))),
    );
  }

  of(thread: ThreadIndex): ThreadMemory {
    const links = [];
    for (let peer = 0; peer < this.threads; peer++) {
      if (peer !== thread) links.push(this.link(thread, peer));
    }
    const { credits, controlSlots } = this.ringLimits;
    return {
      mesh: { self: thread, doorbells: this.doorbells, credits, controlSlots, links, oversize: this.oversize[thread]! },
      arena: this.arenas[thread]!,
      arenaLimits: this.arenaLimits[thread]!,
      threads: this.threads,
    };
  }

  /** What `thread` needs of `peer`. */
  link(thread: ThreadIndex, peer: ThreadIndex): MeshDescription['links'][number] {
    return {
      thread: peer,
      outbound: this.rings[thread]![peer]!,
      inbound: this.rings[peer]![thread]!,
      arena: this.arenas[peer]!,
      oversize: this.oversize[peer]!,
      epoch: this.deaths[thread]! + this.deaths[peer]!,
    };
  }

  /** New rings and a new arena for a thread whose last incarnation is dead. */
  renew(thread: ThreadIndex): void {
    this.deaths[thread]! += 1;
    this.oversize[thread] = allocateOversize();
    this.arenas[thread] = allocateArena(this.arenaLimits[thread]!);
    for (let peer = 0; peer < this.threads; peer++) {
      if (peer === thread) continue;
      this.rings[thread]![peer] = createRing(this.ringLimits.slots);
      this.rings[peer]![thread] = createRing(this.ringLimits.slots);
    }
  }
}
