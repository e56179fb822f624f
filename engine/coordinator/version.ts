import { createRequire } from 'node:module';

/** The version of this program, as its package says. */
export function millraceVersion(): string {
  const manifest: { readonly version: string } = createRequire(import.meta.url)('#package.json');
  return manifest.version;
}
