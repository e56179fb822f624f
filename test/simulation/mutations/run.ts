/** `node test/simulation/mutations/run.ts [part of a name]`: each mutation must be found by a seed. */
import { findMutation } from './find-mutation.ts';
import { mutations } from './list.ts';

const part = process.argv[2] ?? '';
const waiting = mutations.filter(({ name }) => name.includes(part));
let missed = 0;

async function work(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { mutation, seeds, how } = await findMutation(next);
    if (seeds === null) missed++;
    const result = seeds === null ? `NOT FOUND by ${mutation.seeds} seeds` : `seed ${seeds}: ${how}`;
    process.stdout.write(`${mutation.name}\n    ${result}\n`);
  }
}

await Promise.all([work(), work()]);
process.stdout.write(`${missed} of ${mutations.length} mutations were not found\n`);
process.exitCode = missed === 0 ? 0 : 1;
