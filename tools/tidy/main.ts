import { readLayerTable } from '../layers.ts';
import { layerOf, listFiles, readSource } from '../source-files.ts';
import { type Complaint, tidy } from './rules.ts';

/** Sources that the rules hold for: ours, not the generated ones. */
export function tidyFiles(): string[] {
  return listFiles().filter(
    (path) => path.endsWith('.ts') && !path.includes('/generated/') && path !== 'tools/tidy/rules.ts',
  );
}

/** Complaints about the tree, less those in the list of exceptions, which may only shrink. */
export function tidyTree(): Complaint[] {
  const exceptions = JSON.parse(readSource('tools/tidy/exceptions.json')) as string[];
  const pure = new Set(readLayerTable().pure);
  return tidyFiles()
    .flatMap((path) => tidy(path, readSource(path), pure.has(layerOf(path))))
    .filter((complaint) => !exceptions.includes(complaint.path));
}
