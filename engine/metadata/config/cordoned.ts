import type { ConfigValues } from './values.ts';

/** Whether a log directory takes no new replicas (cordoned.log.dirs; `*` stands for all). */
export function isCordoned(values: ConfigValues, path: string): boolean {
  const cordoned = values.list('cordoned.log.dirs');
  return cordoned.includes('*') || cordoned.includes(path);
}
