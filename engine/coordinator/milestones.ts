interface Expected {
  left: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** What a start or a stop waits for before its next step, by name. */
export class Milestones {
  private readonly waiting = new Map<string, Expected>();

  /** Resolves when `count` notes of a kind have come. */
  expect(kind: string, count: number): Promise<void> {
    return new Promise((resolve, reject) => this.waiting.set(kind, { left: count, resolve, reject }));
  }

  note(kind: string): void {
    const expected = this.waiting.get(kind);
    if (expected === undefined) return;
    expected.left -= 1;
    if (expected.left > 0) return;
    this.waiting.delete(kind);
    expected.resolve();
  }

  /** It will never come. False: nobody waits for it. */
  fail(kind: string, error: Error): boolean {
    const expected = this.waiting.get(kind);
    expected?.reject(error);
    return expected !== undefined;
  }
}
