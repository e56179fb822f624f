import type { Life } from './crash-life.ts';
import { logLife } from './log-life.ts';
import { metadataLife } from './metadata-life.ts';
import { movesLife } from './moves-life.ts';
import { topicsLife } from './topics-life.ts';

/** What is recorded and cut short. */
export const lives: readonly { readonly name: string; readonly life: Life<never> }[] = [
  { name: "a partition's log from appends to retention and clean stops", life: logLife as Life<never> },
  { name: 'a controller from formatting to snapshots that go', life: metadataLife as Life<never> },
  { name: 'logs that are moved between two directories', life: movesLife as Life<never> },
  { name: 'topics that are made, deleted and made again', life: topicsLife as Life<never> },
];
