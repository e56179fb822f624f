export interface Skippable {
  skip(message?: string): void;
}

/**
 * Skips a test because a program is not installed, and says which; answers false, for the test to return. With
 * MILLRACE_REQUIRE_PEERS=1 the test fails instead.
 */
export function skipForWant(t: Skippable, program: string): false {
  if (process.env.MILLRACE_REQUIRE_PEERS === '1') throw new Error(`${program} is required here and not installed`);
  t.skip(`${program} is not installed: nothing was checked against it`);
  return false;
}
