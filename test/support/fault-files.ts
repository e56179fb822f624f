import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { DiskErrorCode } from '../../engine/base/disk.ts';

/** `write`, `sync`: these fail with EIO or what else is said; `stalls`: the directory answers nothing for 500 ms of every 2 s. */
export type Fault = 'write' | 'sync' | 'stalls';

/** The file whose existence makes a directory of a faulty node (faulty-disk-node.ts) misbehave. */
export function faultFile(directory: string, fault: Fault): string {
  return `${directory}.fault-${fault}`;
}

export function setFault(directory: string, fault: Fault, isOn: boolean, code: DiskErrorCode = 'EIO'): void {
  if (isOn) writeFileSync(faultFile(directory, fault), code);
  else rmSync(faultFile(directory, fault), { force: true });
}

/** With what an operation is to fail now; null: with nothing. */
export function faultNow(directory: string, fault: Fault): DiskErrorCode | null {
  const file = faultFile(directory, fault);
  return existsSync(file) ? (readFileSync(file, 'utf8') as DiskErrorCode) : null;
}
