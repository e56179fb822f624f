import type { Logger } from '../base/logger.ts';
import type { Controller } from '../controller/controller.ts';
import { describeQuorumApi } from '../node/describe-quorum.ts';
import { type LinkDescription, Mesh, type MessageCodec } from '../node/mesh.ts';
import type { ControlMessage, ForwardMessage, ForwardReply } from '../node/messages.ts';
import type { RaftDriver } from '../node/raft-driver.ts';
import type { ThreadMemory } from '../node/thread-memory.ts';
import { Turn } from '../node/turn.ts';
import { apiKey } from '../protocol/generated/api-rows.js';
import { Arena } from '../ring/arena.ts';
import { Sleeper } from '../ring/wait.ts';

export interface CoordinatorThreadOptions {
  readonly memory: ThreadMemory;
  readonly codec: MessageCodec;
  readonly controller: Controller;
  readonly raft: RaftDriver;
  readonly defer: (run: () => void) => void;
  readonly logger: Logger;
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
    if (message.apiKey === apiKey.DescribeQuorum) this.describeQuorum(message, answered);
    else this.decide(message, answered);
  }

  private decide(message: ForwardMessage, answered: (body: Uint8Array | null) => void): void {
    const { apiKey: key, version, body, principal, clientId } = message;
    this.options.controller.handle(key, version, body, { principal, clientId, listener: message.listener }, answered);
  }

  private describeQuorum(message: ForwardMessage, answered: (body: Uint8Array | null) => void): void {
    describeQuorumApi(this.options.raft, message.version, message.body).then(answered, (error: unknown) => {
      this.options.logger.error({ err: error }, 'DescribeQuorum failed');
      answered(null);
    });
  }
}
