import { errorCode } from '../../../engine/protocol/errors.ts';
import { Reader } from '../../../engine/protocol/reader.ts';
import type { MessageCodec } from '../../../engine/protocol/types.ts';
import { Writer } from '../../../engine/protocol/writer.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { ProcessLife } from '../world/process-life.ts';
import { codecsOf } from './codecs.ts';

/** Connections of clients come from a machine of their own. */
export const clientNodeId = 1000;
const timeoutMs = 3_000;

/** The response, or null where none came: the outcome is not known. */
export type Answered = (response: object | null) => void;

/** Asks controllers as an administrator's tool would, by the one it thinks to be active. */
export class AdminClient {
  readonly #cluster: Cluster;
  readonly #life = new ProcessLife(clientNodeId, 1);

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  ask(nodeId: number, apiKey: number, version: number, request: object, answered: Answered): void {
    const { request: requests, response: responses } = codecsOf(apiKey);
    const body = encode(requests, request, version);
    const { network, world } = this.#cluster;
    let isOver = false;
    const once: Answered = (response) => {
      if (isOver) return;
      isOver = true;
      answered(response);
    };
    world.scheduler.after(timeoutMs, () => once(null));
    const deliver = (_: ProcessLife, reply: (arrive: () => void) => void): void =>
      this.#cluster
        .node(nodeId)
        .handle(apiKey, version, body, false, (answer) =>
          reply(() => once(answer === null ? null : responses.decode(new Reader(answer), version))),
        );
    network.call(this.#life, nodeId, deliver, () => once(null));
  }
}

function encode(codec: MessageCodec, message: object, version: number): Uint8Array {
  const writer = new Writer();
  codec.encode(writer, message, version);
  return writer.toBytes();
}

export function isNotController(code: number): boolean {
  return code === errorCode.NOT_CONTROLLER;
}
