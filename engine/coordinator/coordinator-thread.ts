import type { ToController } from '../node/controller-channel/to-controller.ts';
import { type LinkDescription, Mesh, type MessageCodec } from '../node/mesh.ts';
import type { ControlMessage, ForwardReply } from '../node/messages.ts';
import type { ThreadMemory } from '../node/thread-memory.ts';
import { Turn } from '../node/turn.ts';
import { Arena } from '../ring/arena.ts';
import { Sleeper } from '../ring/wait.ts';

export interface CoordinatorThreadOptions {
  readonly memory: ThreadMemory;
  readonly codec: MessageCodec;
  readonly toController: Pick<ToController, 'forward'>;
  readonly defer: (run: () => void) => void;
  readonly fatal: (error: unknown) => void;
}

/** The coordinator's end of the rings: requests that shards pass on to the controller, and its answers. */
export class CoordinatorThread {
  private readonly options: CoordinatorThreadOptions;
  private readonly mesh: Mesh;
  private readonly turn: Turn;
  /** Waiting on the doorbell does not keep an event loop alive; this does. */
  private readonly keepAlive = setInterval(() => this.turn.request(), 1000);

  constructor(options: CoordinatorThreadOptions) {
    this.options = options;
    const { memory, codec, defer, fatal } = options;
    const view = (buffer: SharedArrayBuffer): Uint8Array => new Uint8Array(buffer);
    const { self, doorbells } = memory.mesh;
    const arena = new Arena({
      ...memory.arenaLimits,
      holders: memory.threads,
      self,
      buffer: memory.arena.buffer,
      view,
    });
    const onControl = (thread: number, message: unknown): void => this.receive(thread, message as ControlMessage);
    this.mesh = new Mesh(memory.mesh, { arena, codec, view, onControl });
    const sleeper = new Sleeper(doorbells, self, () => this.turn.request());
    this.turn = new Turn(this.mesh, sleeper, defer, [], fatal);
    this.turn.request();
  }

  renewLink(link: LinkDescription): void {
    this.mesh.renew(link);
    this.turn.request();
  }

  close(): void {
    clearInterval(this.keepAlive);
  }

  private receive(thread: number, message: ControlMessage): void {
    if (message.type !== 'forward') throw new Error(`the coordinator got a message of type ${message.type}`);
    const asker = this.mesh.link(thread);
    const answered = (body: Uint8Array | null): void => {
      // Its successor's requests bear the same numbers.
      if (asker.isDead) return;
      const sent = this.mesh.sendControl(thread, { type: 'forwardReply', id: message.id, body } satisfies ForwardReply);
      if (!sent)
        this.mesh.sendControl(thread, { type: 'forwardReply', id: message.id, body: null } satisfies ForwardReply);
    };
    this.options.toController.forward(message, answered);
  }
}
