export type BindFailure = 'address-in-use' | 'permission-denied' | 'address-not-available' | 'other';

/** A listener that could not be bound, said in one line. */
export class BindError extends Error {
  override readonly name = 'BindError';
  readonly reason: BindFailure;

  constructor(host: string, port: number, cause: NodeJS.ErrnoException) {
    const reason = reasonOf(cause.code);
    super(`cannot listen on ${host}:${port}: ${reason === 'other' ? cause.message : sentence[reason]}`, { cause });
    this.reason = reason;
  }
}

const sentence = {
  'address-in-use': 'the port is in use by another process',
  'permission-denied': 'permission denied',
  'address-not-available': 'the address does not belong to this machine',
} as const;

function reasonOf(code: string | undefined): BindFailure {
  if (code === 'EADDRINUSE') return 'address-in-use';
  if (code === 'EACCES' || code === 'EPERM') return 'permission-denied';
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'address-not-available';
  return 'other';
}
