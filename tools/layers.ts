import { importsOf, layerOf, readSource } from './source-files.ts';

export interface LayerTable {
  /** Folders that know no Node, no wall clock and no chance. */
  readonly pure: readonly string[];
  /** Folder → folders that it may import; `engine/*` stands for all of the engine. */
  readonly mayImport: Readonly<Record<string, readonly string[]>>;
}

export function readLayerTable(): LayerTable {
  return JSON.parse(readSource('tools/layers.json')) as LayerTable;
}

/** One line for each import that the table does not allow. */
export function layerViolations(table: LayerTable, paths: readonly string[], read = readSource): string[] {
  const violations: string[] = [];
  for (const path of paths) {
    const layer = layerOf(path);
    const allowed = table.mayImport[layer];
    if (allowed === undefined || !/\.(ts|js)$/.test(path)) continue;
    const pure = table.pure.includes(layer);
    for (const { specifier, target } of importsOf(path, read(path))) {
      if (target === undefined) {
        if (pure) violations.push(`${path}: the pure folder ${layer} imports ${specifier}`);
        continue;
      }
      const targetLayer = layerOf(target);
      if (targetLayer !== layer && !isAllowed(allowed, targetLayer)) {
        violations.push(`${path}: ${layer} may not import ${targetLayer} (${specifier})`);
      }
    }
  }
  return violations;
}

function isAllowed(allowed: readonly string[], layer: string): boolean {
  return allowed.some((entry) => entry === layer || (entry.endsWith('/*') && layer.startsWith(entry.slice(0, -1))));
}
