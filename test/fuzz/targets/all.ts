import type { FuzzTarget } from '../support/target.ts';
import { batchesTarget } from './batches.ts';
import { logFilesTarget } from './log-files.ts';
import { metadataFilesTarget } from './metadata-files.ts';
import { requestsTarget } from './requests.ts';
import { smallFilesTarget } from './small-files.ts';

export const fuzzTargets: readonly FuzzTarget[] = [
  requestsTarget('broker', 38),
  requestsTarget('controller', 10),
  batchesTarget,
  smallFilesTarget,
  logFilesTarget,
  metadataFilesTarget,
];
