/** A command that ends with status 1 and these words on standard error. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** A command line that makes no sense; the usage is shown with it. */
export class UsageError extends CommandError {
  readonly usage: string;

  constructor(usage: string, message: string) {
    super(message);
    this.usage = usage;
  }
}
