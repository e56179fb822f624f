/** Chance as an argument: seeded in tests and simulation, from the system's source otherwise. */
export interface Random {
  /** An integer in [0, bound). */
  below(bound: number): number;
  /** Fills `into` with random bytes. */
  fill(into: Uint8Array): void;
}
