/** A broken invariant: our own bug. It ends the failure domain in which it happened and is never answered to a client. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

export function unreachable(value: never): never {
  throw new InvariantError(`unreachable value ${String(value)}`);
}
