import type { Finding, History } from '../history.ts';
import { duplicates } from './duplicates.ts';
import { losses } from './losses.ts';
import { offsets } from './offsets.ts';
import { order } from './order.ts';
import { phantoms } from './phantoms.ts';
import { polls } from './polls.ts';
import { replicas } from './replicas.ts';

/** What Jepsen's Kafka workload looks for outside transactions, and what only files tell. */
export function checkHistory(history: History): Finding[] {
  return [losses, duplicates, offsets, order, polls, phantoms, replicas].flatMap((check) => check(history));
}
