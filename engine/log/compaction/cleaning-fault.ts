/**
 * Why a cleaning ends early.
 * - stopped: it was told to, or what it works on is gone. - corrupt: a batch is not what its checksum says.
 * - too-large: a batch, inflated or as it lies, or what would be written, is larger than can be handled.
 */
export type CleaningFaultReason = 'stopped' | 'corrupt' | 'too-large';

export class CleaningFault extends Error {
  override readonly name = 'CleaningFault';
  readonly reason: CleaningFaultReason;

  constructor(reason: CleaningFaultReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}
