/** Takes requests to one other node, each as its body without a header. */
export interface RequestSender {
  /**
   * `answered` comes once, never within the call, with the answer's body: null where none came, and whether the node
   * acted on the request is not known.
   */
  send(
    apiKey: number,
    version: number,
    body: Uint8Array,
    timeoutMs: number,
    answered: (answer: Uint8Array | null) => void,
  ): void;
}
