/** Why bytes could not be read as a message, or a message could not be written in the version asked for. */
export type ProtocolErrorReason =
  /** The bytes end before the value does, or a length points past their end. */
  | 'truncated'
  /** More elements are claimed than the remaining bytes could hold. */
  | 'count-too-large'
  /** A negative length where no null is allowed, or one beyond the type's limit. */
  | 'bad-length'
  /** A variable-length integer of more bytes or bits than its type has. */
  | 'bad-varint'
  /** A null for a field that cannot be null in this version. */
  | 'unexpected-null'
  /** A tagged field that this version does not have, of a wrong size, or out of order. */
  | 'bad-tag'
  /** A version that the message does not have. */
  | 'unsupported-version'
  /** A field that this version does not have was set to something else than its default, and may not be ignored. */
  | 'field-not-in-version'
  /** An integer out of the range that its type or our engine can hold, or text that is no uuid. */
  | 'out-of-range'
  /** Bytes are left where the message should have ended. */
  | 'trailing-bytes';

export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly reason: ProtocolErrorReason;

  constructor(reason: ProtocolErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Called by generated code. */
export function refuseVersion(message: string, version: number): never {
  throw new ProtocolError('unsupported-version', `${message} has no version ${version}`);
}

/** Called by generated code. */
export function refuseField(message: string, field: string, version: number): never {
  throw new ProtocolError(
    'field-not-in-version',
    `${message} has no field ${field} in version ${version}, but it is set`,
  );
}

/** Called by generated code. */
export function refuseTag(message: string, tag: number, version: number): never {
  throw new ProtocolError('bad-tag', `${message} has no tag ${tag} in version ${version}`);
}
