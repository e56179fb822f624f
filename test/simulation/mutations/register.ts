/** Preloaded into a process that runs seeds with one mutation: `MILLRACE_MUTATION` is its name. */
import { registerHooks } from 'node:module';
import { mutations } from './list.ts';

const wanted = process.env.MILLRACE_MUTATION;
const mutation = mutations.find(({ name }) => name === wanted);
if (mutation === undefined) throw new Error(`no mutation is called ${wanted}`);
const { file, from, to } = mutation;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(`/${file}`)) return loaded;
    const source =
      typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source ?? undefined);
    if (source.split(from).length !== 2) throw new Error(`${file} does not hold, once: ${from}`);
    return { ...loaded, source: source.replace(from, () => to) };
  },
});
