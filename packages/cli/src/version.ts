import { readFileSync } from 'node:fs';
import { packageAsset } from '@joinery/runtime';

/** The version in this package's `package.json`. */
export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(packageAsset(import.meta.url, '../package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}
