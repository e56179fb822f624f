/**
 * fast-check, with the same cases in every run, as of everything else that tests draw: what is found is found by whoever
 * changed something, and not by chance. `MILLRACE_SEED` draws others.
 */
import fc from 'fast-check';

const seed = Number(process.env.MILLRACE_SEED ?? 1);

fc.configureGlobal({ seed });

export default fc;
