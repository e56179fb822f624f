/** Control messages between the coordinator and the shards. Plain data, encoded by the mesh's codec. */

/** A request that the controller decides, as its shard received it or made it. */
export interface ForwardMessage {
  readonly type: 'forward';
  readonly id: number;
  readonly apiKey: number;
  readonly version: number;
  readonly clientId: string | null;
  readonly principal: string;
  readonly host: string;
  /** The listener by which the request came. */
  readonly listener: string;
  /** The broker makes it itself, on nobody's behalf. */
  readonly isOfBroker: boolean;
  readonly body: Uint8Array;
}

/** The answer to a forwarded request: a response body in the request's version. */
export interface ForwardReply {
  readonly type: 'forwardReply';
  readonly id: number;
  /** Null: the request could not be read, and its connection is to be closed; of the broker's own: nobody answered. */
  readonly body: Uint8Array | null;
}

/** A question to the thread that owns something; answered by `answer` with the same id. */
export interface AskMessage {
  readonly type: 'ask';
  readonly id: number;
  readonly question: object;
}

export interface AnswerMessage {
  readonly type: 'answer';
  readonly id: number;
  readonly answer: unknown;
}

/** Nobody waits for the answer to a question any longer. */
export interface CancelMessage {
  readonly type: 'cancel';
  readonly id: number;
}

export type ControlMessage = ForwardMessage | ForwardReply | AskMessage | AnswerMessage | CancelMessage;
