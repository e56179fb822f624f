/** What a shard has around it when there are no threads: the same for every test that runs shards on its own. */
import { builtInProperties, parseBrokerConfig } from '../../engine/metadata/config/broker-config.ts';
import { decodeTopicConfig } from '../../engine/metadata/topic-config-bytes.ts';
import { ConnectionCounts } from '../../engine/net/connection-counts.ts';
import { Mesh } from '../../engine/node/mesh.ts';
import type { ControlMessage, ForwardMessage, ForwardReply } from '../../engine/node/messages.ts';
import { CleanerSlots } from '../../engine/node/partitions/cleaner-slots.ts';
import { MoveShares } from '../../engine/node/partitions/move-shares.ts';
import { allocateReplicationRates } from '../../engine/node/partitions/replication-quotas.ts';
import { Pulse } from '../../engine/node/pulse.ts';
import { HeapBudget } from '../../engine/node/shard-ingress.ts';
import type { ProcessMemory } from '../../engine/node/thread-memory.ts';
import { Turn } from '../../engine/node/turn.ts';
import { Arena } from '../../engine/ring/arena.ts';
import { Sleeper } from '../../engine/ring/wait.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { compression } from '../../native-bindings/compression.ts';
import { recordWalk } from '../../native-bindings/record-walk.ts';
import { controlCodec } from '../../workers/control-codec.ts';

const nodeConfig = parseBrokerConfig(new Map([...builtInProperties(), ['node.id', '1']])).values;

/** Of a shard's start: what all shards of a node share. */
export function sharedByShards(shards: number) {
  return {
    heapBudget: HeapBudget.allocate(shards),
    cleanerSlots: CleanerSlots.allocate(),
    replicationRates: allocateReplicationRates(shards, nodeConfig),
    moveShares: MoveShares.allocate(shards),
    connectionCounts: ConnectionCounts.allocate(shards),
    connectionCeiling: 100_000,
    pulses: Pulse.allocate(shards),
  };
}

/** Of a shard's environment: what does not depend on the test. */
export function codecsOfShard() {
  return {
    checksum,
    recordWalk,
    compression,
    codec: controlCodec(),
    decodeOverrides: decodeTopicConfig,
    view: (buffer: SharedArrayBuffer) => new Uint8Array(buffer),
  };
}

export interface CoordinatorEnd {
  /** Runs a function in one of the next turns. */
  readonly defer: (run: () => void) => void;
  /** A request that a shard passes on to the active controller. The message is the receiver's own. */
  readonly forward: (message: ForwardMessage, answered: (body: Uint8Array | null) => void) => void;
  readonly failed: (error: unknown) => void;
}

/** The coordinator's end of the rings, on the same thread. */
export function startCoordinatorEnd(memory: ProcessMemory, { defer, forward, failed }: CoordinatorEnd): void {
  const { mesh: description, arena, arenaLimits, threads } = memory.of(memory.coordinator);
  const { self } = description;
  const mesh: Mesh = new Mesh(description, {
    arena: new Arena({ ...arenaLimits, holders: threads, self, buffer: arena.buffer }),
    codec: controlCodec(),
    view: (buffer) => new Uint8Array(buffer),
    onControl: (thread, received) => {
      const message = received as ControlMessage;
      if (message.type !== 'forward') return;
      forward({ ...message, body: message.body.slice() }, (body) => {
        mesh.sendControl(thread, { type: 'forwardReply', id: message.id, body } satisfies ForwardReply);
        turn.request();
      });
    },
  });
  const sleeper = new Sleeper(description.doorbells, self, () => turn.request());
  const turn: Turn = new Turn(mesh, sleeper, defer, [], failed);
  turn.request();
}
