#!/usr/bin/env node
/**
 * Starts the broker: from dist/ while that was bundled of the sources that are here (`npm ci` does it, or `npm run
 * build`), else from the sources themselves. Plain JavaScript, for loading what strips types takes longer than a start.
 */
import { readFileSync } from 'node:fs';
import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { sourceStamp } from './source-stamp.js';

// Before anything else is loaded: compiled code is kept between starts, by the threads that are still to come too.
enableCompileCache();
const cacheDirectory = getCompileCacheDir();
if (cacheDirectory !== undefined) process.env.NODE_COMPILE_CACHE ??= cacheDirectory;

const root = join(import.meta.dirname, '..');

/** What dist/ was bundled of; undefined where there is none. */
function bundledStamp() {
  try {
    return readFileSync(join(root, 'dist/stamp'), 'utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
}

await import(bundledStamp() === sourceStamp(root) ? '../dist/bin/main.js' : './main.ts');
