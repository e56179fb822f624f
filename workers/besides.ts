/**
 * The address of another module of ours that a thread begins with, named as its source is, by its place beside the module
 * that `importer` (its `import.meta.url`) is: JavaScript where that was bundled. Modules that call this must be entries of
 * the bundle, or be part of one alone, to keep their place (tools/bundle.ts).
 */
export function besides(source: string, importer: string): URL {
  return new URL(importer.endsWith('.js') ? source.replace(/\.ts$/, '.js') : source, importer);
}
