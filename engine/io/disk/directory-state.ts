/**
 * One word of shared memory a log directory: all threads see at once that it went offline. It never comes back while
 * the process lives.
 */
export class DirectoryState {
  readonly #word: Int32Array;

  /** `word[0]` must lie in a SharedArrayBuffer where more than one thread uses the directory. */
  constructor(word: Int32Array = new Int32Array(new SharedArrayBuffer(4))) {
    this.#word = word;
  }

  isOnline(): boolean {
    return Atomics.load(this.#word, 0) === 0;
  }

  /** True for the one caller, over all threads, that took it offline. */
  takeOffline(): boolean {
    return Atomics.compareExchange(this.#word, 0, 0, 1) === 0;
  }
}
