import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where what runs comes from. */
const folders = ['bin', 'engine', 'native-bindings', 'workers'];

/**
 * Names, sizes and times of all sources, as a digest: another one when any of them was changed. Their contents are not
 * read, for this is part of every start (some milliseconds).
 *
 * @param {string} root
 */
export function sourceStamp(root) {
  const hash = createHash('sha1');
  for (const folder of folders) stampFolder(root, folder, hash);
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {import('node:crypto').Hash} hash
 */
function stampFolder(root, folder, hash) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) stampFolder(root, path, hash);
    else if (/\.(ts|js)$/.test(entry.name)) {
      const { size, mtimeMs } = statSync(join(root, path));
      hash.update(`${path} ${size} ${mtimeMs}\n`);
    }
  }
}
