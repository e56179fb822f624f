import { rmSync, writeFileSync } from 'node:fs';

/** `write`, `sync`: these fail with EIO; `stalls`: the directory answers nothing for 500 ms of every 2 s. */
export type Fault = 'write' | 'sync' | 'stalls';

/** The file whose existence makes a directory of a faulty node (faulty-disk-node.ts) misbehave. */
export function faultFile(directory: string, fault: Fault): string {
  return `${directory}.fault-${fault}`;
}

export function setFault(directory: string, fault: Fault, isOn: boolean): void {
  if (isOn) writeFileSync(faultFile(directory, fault), '');
  else rmSync(faultFile(directory, fault), { force: true });
}
