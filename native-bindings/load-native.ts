import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** MILLRACE_NATIVE=off makes every binding its plain twin. */
const isWanted = process.env.MILLRACE_NATIVE !== 'off';

/** Why natives are missing, one line each: said at start. */
const missing: string[] = [];

/** A native package, or null where it is not installed for this platform or not wanted. */
export function loadNative<T>(name: string): T | null {
  if (!isWanted) return null;
  try {
    return require(name) as T;
  } catch (error) {
    missing.push(`${name}: ${(error as Error).message.split('\n', 1)[0]}`);
    return null;
  }
}

export function missingNatives(): readonly string[] {
  return missing;
}
