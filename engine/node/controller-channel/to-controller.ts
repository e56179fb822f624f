import type { Offset } from '../../base/brands.ts';
import type { Clock } from '../../base/clock.ts';
import { controllerChannelLimits as limits } from '../../base/limits.ts';
import type { Logger } from '../../base/logger.ts';
import { loadCall } from '../../controller/api-calls.ts';
import type { RequestContext } from '../../controller/controller.ts';
import { WaitingRequests } from '../../controller/waiting-requests.ts';
import { type ApiRow, apiRow } from '../../protocol/api-table.ts';
import { encodeAnswer } from '../../protocol/encode-answer.ts';
import { errorCode, errorName } from '../../protocol/errors.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import { nullWhereBroken } from '../../protocol/null-where-broken.ts';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import { Reader } from '../../protocol/reader.ts';
import type { MessageCodec } from '../../protocol/types.ts';
import { Writer } from '../../protocol/writer.ts';
import type { ForwardMessage } from '../messages.ts';
import { brokerRequest, clientRequest, type OwnController } from './channel-requests.ts';
import type { ChannelOutcome, ControllerChannel } from './controller-channel.ts';
import { ownOrigin } from './forwarder.ts';
import { leaderHighWatermark } from './leader-high-watermark.ts';

export interface ToControllerOptions {
  /** One connection for each purpose: none of them waits behind another's slow answer. */
  readonly heartbeats: ControllerChannel;
  readonly forwarding: ControllerChannel;
  readonly replication: ControllerChannel;
  readonly own: OwnController;
  /** As whom this broker asks its own controller. */
  readonly context: RequestContext;
  /** How long a heartbeat is tried: the next one says more. */
  readonly heartbeatMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly failed: (error: unknown) => void;
}

/** Requests and responses as messages. A request may depend on the version that the controller speaks. Null: no answer. */
export type Ask = (
  apiKey: number,
  request: object | ((version: number) => object),
  done: (response: object | null) => void,
) => void;

/** Answers to what is only looked up tell of no change. */
const lookups: ReadonlySet<number> = new Set([apiKey.DescribeQuorum, apiKey.ListPartitionReassignments]);

/** The ways to the active controller: this broker's own requests, and those of its clients. */
export class ToController {
  readonly #options: ToControllerOptions;
  readonly #waitingForImage: WaitingRequests;
  #publishedOffset: Offset = -1;

  constructor(options: ToControllerOptions) {
    this.#options = options;
    this.#waitingForImage = new WaitingRequests(options.clock);
  }

  /** Registrations and heartbeats of this node. */
  readonly ask: Ask = (key, request, done) => {
    const row = apiRow(key);
    if (row === undefined) {
      done(null);
      return;
    }
    Promise.all([row.loadRequest(), row.loadResponse()]).then(([requests, responses]) => {
      this.#ask(row, requests, responses, request, done);
    }, this.#options.failed);
  };

  /** What a shard passes on. Null: it could not be read, or for a request of the broker's own also: nobody answered. */
  forward(message: ForwardMessage, answered: (body: Uint8Array | null) => void): void {
    const row = apiRow(message.apiKey);
    if (row === undefined) {
      answered(null);
      return;
    }
    const send = message.isOfBroker ? this.#sendOwn : this.#sendClients;
    row.loadResponse().then((response) => send.call(this, row, message, response, answered), this.#options.failed);
  }

  /** A request of this broker's own, in one version. Null: nobody answered. */
  sendOwn(key: number, version: number, body: Uint8Array, answered: (body: Uint8Array | null) => void): void {
    this.forward({ type: 'forward', id: 0, apiKey: key, version, ...ownOrigin, isOfBroker: true, body }, answered);
  }

  /** Every shard has acted on the image up to and including `imageOffset`. */
  published(imageOffset: Offset): void {
    this.#publishedOffset = imageOffset;
    this.#waitingForImage.published(imageOffset);
  }

  leaderChanged(): void {
    const { heartbeats, forwarding, replication } = this.#options;
    for (const channel of [heartbeats, replication, forwarding]) channel.leaderChanged();
  }

  close(): void {
    const { heartbeats, forwarding, replication } = this.#options;
    for (const channel of [heartbeats, replication, forwarding]) channel.close();
    this.#waitingForImage.resigned();
  }

  #ask(
    row: ApiRow,
    requests: MessageCodec,
    response: MessageCodec,
    request: object | ((version: number) => object),
    done: (response: object | null) => void,
  ): void {
    const { heartbeats, own, context, heartbeatMs } = this.#options;
    const encode = (version: number): Uint8Array => {
      const writer = new Writer();
      requests.encode(writer, typeof request === 'function' ? request(version) : request, version);
      return writer.toBytes();
    };
    const finished = (outcome: ChannelOutcome): void => {
      if (outcome.kind === 'answered') done(this.#decoded(row, response, outcome.version, outcome.body));
      else done(outcome.kind === 'unsupported' ? { errorCode: errorCode.UNSUPPORTED_VERSION } : null);
    };
    const { key, stableMinVersion: minVersion, stableMaxVersion: maxVersion } = row;
    const timeoutMs = key === apiKey.BrokerHeartbeat ? heartbeatMs : limits.attemptMs;
    const bytes = encode(maxVersion).length;
    const asked = { apiKey: key, minVersion, maxVersion, timeoutMs, bytes, context, response, encode, done: finished };
    heartbeats.send(brokerRequest(own, asked));
  }

  /** A request that the broker makes itself, in one version. */
  #sendOwn(
    row: ApiRow,
    message: ForwardMessage,
    response: MessageCodec,
    answered: (body: Uint8Array | null) => void,
  ): void {
    const { replication, own, context, logger } = this.#options;
    const { version, body } = message;
    const done = (outcome: ChannelOutcome): void => {
      if (outcome.kind !== 'answered') logger.debug({ api: row.name, outcome: outcome.kind }, 'no controller answered');
      answered(outcome.kind === 'answered' ? outcome.body : null);
    };
    const asked = { apiKey: row.key, minVersion: version, maxVersion: version, timeoutMs: limits.attemptMs };
    replication.send(brokerRequest(own, { ...asked, bytes: body.length, context, response, encode: () => body, done }));
  }

  #sendClients(
    row: ApiRow,
    message: ForwardMessage,
    response: MessageCodec,
    answered: (body: Uint8Array | null) => void,
  ): void {
    const { principal, clientId, listener } = message;
    const request = { ...message, context: { principal, clientId, listener } };
    const { forwarding, own } = this.#options;
    forwarding.send(
      clientRequest(own, request, response, limits.forwardingMs, (outcome) => {
        if (outcome.kind !== 'answered') this.#refuse(row, message, response, outcome, answered);
        else if (outcome.isOwn || lookups.has(row.key)) answered(outcome.body);
        else this.#whenSeenHere(outcome.body, answered);
      }),
    );
  }

  /** Answers when this broker has seen what the leader had committed: then a client finds here what it made. */
  #whenSeenHere(body: Uint8Array, answered: (body: Uint8Array | null) => void): void {
    const { forwarding, own, failed } = this.#options;
    const seen = (highWatermark: Offset | null): void => {
      if (highWatermark === null || highWatermark - 1 <= this.#publishedOffset) answered(body);
      else this.#waitingForImage.wait(highWatermark - 1, limits.imageWaitMs, () => answered(body));
    };
    leaderHighWatermark(forwarding, own, seen, failed);
  }

  #refuse(
    row: ApiRow,
    message: ForwardMessage,
    response: MessageCodec,
    outcome: Exclude<ChannelOutcome, { kind: 'answered' }> | { readonly kind: 'failed'; readonly errorCode: number },
    answered: (body: Uint8Array | null) => void,
  ): void {
    const { logger, failed } = this.#options;
    const code = refusalCode(outcome);
    logger.info(
      { api: row.name, outcome: outcome.kind, error: code === null ? null : errorName(code) },
      'not passed on',
    );
    if (code === null) {
      answered(null);
      return;
    }
    refusal(row, message, response, code).then(answered, failed);
  }

  #decoded(row: ApiRow, response: MessageCodec, version: number, body: Uint8Array): object | null {
    try {
      return response.decode(new Reader(body), version);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#options.logger.warn({ api: row.name, version, error: error.message }, 'an answer makes no sense');
      return null;
    }
  }
}

/** As Apache Kafka tells clients what came of passing their request on; null: nothing, their connection goes. */
function refusalCode(
  outcome: Exclude<ChannelOutcome, { kind: 'answered' }> | { readonly kind: 'failed'; readonly errorCode: number },
): number | null {
  switch (outcome.kind) {
    case 'timed-out':
    case 'refused':
      return errorCode.REQUEST_TIMED_OUT;
    case 'unsupported':
      return errorCode.UNKNOWN_SERVER_ERROR;
    case 'malformed':
      return null;
    case 'failed':
      // The client chose a version that this broker named, and the controller has not: it is to ask anew.
      return outcome.errorCode === errorCode.UNSUPPORTED_VERSION ? null : errorCode.UNKNOWN_SERVER_ERROR;
  }
}

async function refusal(
  row: ApiRow,
  { version, body }: ForwardMessage,
  response: MessageCodec,
  code: number,
): Promise<Uint8Array | null> {
  const [call, requests] = await Promise.all([loadCall(row.key), row.loadRequest()]);
  return nullWhereBroken(() => {
    const writer = new Writer();
    const request = requests.decode(new Reader(body), version) as never;
    const answer = call === null ? { errorCode: code } : call.refuse(request, code, null, version);
    encodeAnswer(response, writer, answer, version);
    return writer.toBytes();
  });
}
