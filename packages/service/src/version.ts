import { readFileSync } from 'node:fs';
import { packageAsset } from '@joinery/runtime';

/** The version of this package, which the database keeps beside every migration. */
export const version = readVersion();

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(packageAsset(import.meta.url, '../package.json'), 'utf8'));
  const known =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return typeof known === 'string' ? known : '0.0.0';
}
