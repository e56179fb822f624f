import type { Life } from './crash-life.ts';
import { logLife } from './log-life.ts';

/** What is recorded and cut short. */
export const lives: readonly { readonly name: string; readonly life: Life<never> }[] = [
  { name: "a partition's log from appends to retention and clean stops", life: logLife as Life<never> },
];
