import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** MILLRACE_NATIVE=off makes every binding its plain twin. */
const isWanted = process.env.MILLRACE_NATIVE !== 'off';

/** Why natives are missing, one line each: said at start. */
const missing: string[] = [];

/**
 * A native package that is loaded at its first use, which most nodes never come to: each costs memory and a part of the
 * start. Here it is only looked for. `load` answers null where it is there and does not work, and that is warned of.
 */
export function laterNative<T>(name: string): { readonly load: () => T | null } | null {
  if (!isWanted) return null;
  try {
    require.resolve(name);
  } catch (error) {
    missing.push(reasonOf(name, error));
    return null;
  }
  let loaded: T | null | undefined;
  const load = (): T | null => {
    if (loaded !== undefined) return loaded;
    loaded = loadNative<T>(name);
    if (loaded === null) process.emitWarning(`plain code stands in for a native package: ${missing.at(-1)}`);
    return loaded;
  };
  return { load };
}

function reasonOf(name: string, error: unknown): string {
  return `${name}: ${(error as Error).message.split('\n', 1)[0]}`;
}

/** A native package, or null where it is not installed for this platform or not wanted. */
export function loadNative<T>(name: string): T | null {
  if (!isWanted) return null;
  try {
    return require(name) as T;
  } catch (error) {
    missing.push(reasonOf(name, error));
    return null;
  }
}

export function missingNatives(): readonly string[] {
  return missing;
}
