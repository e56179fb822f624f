import type { RequestContext, Respond } from '../../controller/controller.ts';
import { errorCode } from '../../protocol/errors.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import { nullWhereBroken } from '../../protocol/null-where-broken.ts';
import { Reader } from '../../protocol/reader.ts';
import type { MessageCodec } from '../../protocol/types.ts';
import { hasErrorCode } from '../metrics/error-codes.ts';
import type { ChannelOutcome, ChannelRequest } from './controller-channel.ts';
import { envelopeVersion, openEnvelopeAnswer, type PassedOn, sealEnvelope } from './envelope.ts';

/** The controller of this very process, asked as by a listener of its own. */
export interface OwnController {
  isActive(): boolean;
  handle(apiKey: number, version: number, body: Uint8Array, context: RequestContext, respond: Respond): void;
}

/** A node without a controller. */
export const noController: OwnController = {
  isActive: () => false,
  handle: (_apiKey, _version, _body, _context, respond) => respond(null),
};

/** A request that this broker makes: it goes as it is. */
export interface BrokerRequest {
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
  readonly timeoutMs: number;
  readonly bytes: number;
  readonly context: RequestContext;
  readonly response: MessageCodec;
  encode(version: number): Uint8Array;
  done(outcome: ChannelOutcome): void;
}

export function brokerRequest(own: OwnController, request: BrokerRequest): ChannelRequest {
  const { apiKey: key, maxVersion, context, response } = request;
  return {
    ...request,
    askOwn: (respond) => {
      own.handle(key, maxVersion, request.encode(maxVersion), context, (body) => respond(maxVersion, body));
    },
    isMisdirected: (version, body, isOwn) => (!isOwn || !own.isActive()) && saysNotController(response, version, body),
  };
}

/** A client's request: an Envelope takes it to another node. `done` gets the answer to the request itself. */
export function clientRequest(
  own: OwnController,
  request: PassedOn & { readonly context: RequestContext },
  response: MessageCodec,
  timeoutMs: number,
  done: (outcome: ChannelOutcome | { readonly kind: 'failed'; readonly errorCode: number }) => void,
): ChannelRequest {
  const { apiKey: key, version, body } = request;
  return {
    apiKey: apiKey.Envelope,
    minVersion: envelopeVersion,
    maxVersion: envelopeVersion,
    bytes: body.length,
    timeoutMs,
    encode: () => sealEnvelope(request),
    askOwn: (respond) => own.handle(key, version, body, request.context, (answer) => respond(version, answer)),
    isMisdirected: (_version, answer, isOwn) => {
      if (isOwn) return !own.isActive() && saysNotController(response, version, answer);
      return openEnvelopeAnswer(answer, key, version).errorCode === errorCode.NOT_CONTROLLER;
    },
    done: (outcome) => {
      if (outcome.kind !== 'answered' || outcome.isOwn) {
        done(outcome);
        return;
      }
      const opened = openEnvelopeAnswer(outcome.body, key, version);
      if (opened.body === null) done({ kind: 'failed', errorCode: opened.errorCode });
      else done({ kind: 'answered', version, body: opened.body, isOwn: false });
    },
  };
}

/** Who answers so does not lead (any longer): the quorum's own code among them, for what Raft answers itself. */
function saysNotController(response: MessageCodec, version: number, body: Uint8Array): boolean {
  const answer = nullWhereBroken(() => response.decode(new Reader(body), version));
  // Whoever waits for one that makes no sense is told so.
  return answer !== null && hasErrorCode(answer, errorCode.NOT_CONTROLLER);
}
