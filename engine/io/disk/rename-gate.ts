/**
 * Keeps opening by name apart from renaming: an open that runs while its path moves would miss the file, or make an
 * empty one in the old place. Opens go together; a rename waits for the opens that run, and later opens wait for it.
 */
export class RenameGate {
  #opens = 0;
  #renaming = false;
  #waitingOpens: (() => void)[] = [];
  #waitingRenames: (() => void)[] = [];

  enterOpen(go: () => void): void {
    if (this.#renaming || this.#waitingRenames.length > 0) {
      this.#waitingOpens.push(go);
      return;
    }
    this.#opens++;
    go();
  }

  leaveOpen(): void {
    this.#opens--;
    this.#advance();
  }

  enterRename(go: () => void): void {
    this.#waitingRenames.push(go);
    this.#advance();
  }

  leaveRename(): void {
    this.#renaming = false;
    this.#advance();
  }

  #advance(): void {
    if (this.#renaming) return;
    if (this.#waitingRenames.length > 0) {
      if (this.#opens > 0) return;
      this.#renaming = true;
      this.#waitingRenames.shift()!();
      return;
    }
    const opens = this.#waitingOpens;
    this.#waitingOpens = [];
    this.#opens += opens.length;
    for (const go of opens) go();
  }
}
