/** The resident task of a shard, with the means to make it fail: what the tests' node is given in place of workers/shard.ts. */
import { BroadcastChannel } from 'node:worker_threads';
import { ProduceRouter } from '#engine/node/produce/produce-router.ts';
import type { ShardTask } from '#engine/node/shard-task.ts';
import runShard from '#workers/shard.ts';

/** What is to become of a shard. */
export interface Fault {
  readonly shard: number;
  readonly kind: 'throw' | 'heap' | 'block' | 'throwInRequest';
  /** Of a block. */
  readonly forMs?: number;
}

export const faultChannel = 'millrace-faults';

export default function faultyShard(task: ShardTask): Promise<void> {
  const channel = new BroadcastChannel(faultChannel);
  channel.onmessage = (message: unknown) => {
    const fault = (message as { data: Fault }).data;
    if (fault.shard === task.start.memory.mesh.self) inflict(fault);
  };
  channel.unref();
  return runShard(task);
}

function inflict({ kind, forMs = 0 }: Fault): void {
  if (kind === 'throw') {
    setImmediate(() => {
      throw new Error('a fault that a test asked for');
    });
  } else if (kind === 'heap') {
    overflow();
  } else if (kind === 'block') {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
  } else {
    const { start } = ProduceRouter.prototype;
    ProduceRouter.prototype.start = () => {
      ProduceRouter.prototype.start = start;
      throw new Error('a fault in a request that a test asked for');
    };
  }
}

/** In small steps: V8 gives a thread the chance to end, and not the process, only where an allocation is not a leap. */
function overflow(): void {
  let kept: unknown;
  for (let number = 0; ; number++) kept = { kept, number, text: `${number}` };
}
