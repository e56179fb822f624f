import type { ChangedResource } from '../metadata/delta.ts';

/** Configs of groups and client metrics subscriptions, as deltas tell of them: each that has any, by type and name. */
export class ResourceConfigs {
  private readonly byType = new Map<number, Map<string, ReadonlyMap<string, string>>>();

  ofType(type: number): ReadonlyMap<string, ReadonlyMap<string, string>> {
    return this.byType.get(type) ?? noConfigs;
  }

  /** `full`: what is not named is gone. */
  apply(changed: readonly ChangedResource[], full: boolean): void {
    if (full) this.byType.clear();
    for (const { type, name, values } of changed) {
      const known = this.byType.get(type) ?? new Map<string, ReadonlyMap<string, string>>();
      this.byType.set(type, known);
      if (values === null) known.delete(name);
      else known.set(name, new Map(values));
    }
  }
}

const noConfigs: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map();
